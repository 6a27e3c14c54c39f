"""What a comparison found, counted and said in one French sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TypeAlias

from hemicycle.texts.article_labels import label_of
from hemicycle.texts.change import CELLS, TEXTS, Change, Comparison
from hemicycle.texts.word_changes import BOUNDARY

#: (singular, plural, ending of what agrees with it)
_Noun: TypeAlias = tuple[str, str, str]

_COLUMN: _Noun = ("colonne", "colonnes", "e")
_ARTICLE: _Noun = ("article", "articles", "")
_NOUNS: dict[str, _Noun] = {
    "article": _ARTICLE,
    "paragraph": ("paragraphe", "paragraphes", ""),
    "heading": ("titre", "titres", ""),
    "bulletList": ("liste", "listes", "e"),
    "orderedList": ("liste", "listes", "e"),
    "listItem": ("élément de liste", "éléments de liste", ""),
    "blockquote": ("citation", "citations", "e"),
    "table": ("tableau", "tableaux", ""),
    "column": _COLUMN,
    "tableRow": ("ligne de tableau", "lignes de tableau", "e"),
    "tableCell": ("cellule", "cellules", "e"),
    "tableHeader": ("cellule", "cellules", "e"),
    "image": ("image", "images", "e"),
}
_ALSO = " and changed"
_VERBS = {
    "changed": "modifié",
    "split": "scindé",
    "split" + _ALSO: "scindé et modifié",
    "merged": "réuni",
    "merged" + _ALSO: "réuni et modifié",
    "added": "ajouté",
    "removed": "supprimé",
    "moved": "déplacé",
    "moved" + _ALSO: "déplacé et modifié",
    "renumbered": "renuméroté",
    "restyled": "remis",
}
#: Articles named one by one; beyond, they are counted.
_NAMED = 3


def summary(comparison: Comparison) -> str:
    """« 2 paragraphes modifiés, 1 déplacé ; article 3 ajouté »; an empty string where nothing changed."""
    counts: Counter[tuple[_Noun, str]] = Counter()
    articles: dict[str, list[str]] = {}
    for change in comparison.changes:
        for noun, kind, number in _counted(change, inside=""):
            if noun == _ARTICLE:
                articles.setdefault(kind, []).append(number)
            else:
                counts[noun, kind] += 1
        if change.kind == "merged":
            joined = sum(s.text.count(BOUNDARY[0]) for s in change.segments if s.fate != "added")
            counts[_NOUNS["paragraph"], _fate(change)] += joined
    said = [*_articles(articles), *(_sentence(noun, counts) for noun in dict.fromkeys(_NOUNS.values()))]
    return " ; ".join(part for part in said if part)


def _counted(change: Change, inside: str) -> Iterator[tuple[_Noun, str, str]]:
    node = change.node
    if change.kind in ("same", "moved_away", "unseen"):
        return
    kind = _fate(change)
    label = label_of(node)
    if label is not None and not inside:
        yield _ARTICLE, kind, " → ".join(change.article) if change.article else label.number
        return
    noun = _NOUNS[inside or node["type"]]
    if node["type"] in (*TEXTS, *CELLS, "image") or change.kind in ("added", "removed", "moved"):
        yield noun, kind, ""
        return
    yield from ((_COLUMN, came, "") for came, _ in change.columns)
    own = any(segment.fate != "kept" for segment in change.segments)
    if own or (not change.columns and all(child.kind == "same" for child in change.children)):
        yield noun, kind, ""
    for child in change.children:
        whole = child.node["type"] in CELLS and child.kind in ("added", "removed") and node["type"] == "tableRow"
        if not whole:
            holder = "listItem" if node["type"] == "listItem" and child.node["type"] in TEXTS else ""
            yield from _counted(child, holder)


def _fate(change: Change) -> str:
    """Its kind; what moved, was cut or joined may also have had its words changed."""
    if change.kind not in ("moved", "split", "merged"):
        return change.kind
    words = any(s.fate != "kept" and re.search(r"\w", s.text) for s in change.segments)
    inside = any(child.kind not in ("same", "restyled") for child in change.children)
    return change.kind + (_ALSO if words or inside else "")


def _articles(found: dict[str, list[str]]) -> Iterator[str]:
    """« article 3 ajouté, articles 4 et 5 modifiés, 6 articles renumérotés »."""
    parts: list[str] = []
    for kind, verb in _VERBS.items():
        numbers = found.get(kind, [])
        many = "s" if len(numbers) > 1 else ""
        done = _agreed(verb, "", len(numbers))
        if len(numbers) > _NAMED:
            parts.append(f"{len(numbers)} articles {done}")
        elif numbers:
            parts.append(f"article{many} {_listed(numbers)} {done}")
    yield ", ".join(parts)


def _listed(words: list[str]) -> str:
    return " et ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _sentence(noun: _Noun, counts: Counter[tuple[_Noun, str]]) -> str:
    one, several, feminine = noun
    parts: list[str] = []
    for kind, verb in _VERBS.items():
        if number := counts[noun, kind]:
            named = f"{several if number > 1 else one} " if not parts else ""
            parts.append(f"{number} {named}{_agreed(verb, feminine, number)}")
    return ", ".join(parts)


def _agreed(verb: str, feminine: str, number: int) -> str:
    if verb == "remis":
        return f"remis{feminine}{'s' if feminine and number > 1 else ''} en forme"
    return " et ".join(f"{word}{feminine}{'s' if number > 1 else ''}" for word in verb.split(" et "))
