"""A comparison as HTML: <ins> and <del>, which are also said in words to those who do not see them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from hemicycle.texts import presentation
from hemicycle.texts.change import CELLS, TEXTS, Change, Comparison
from hemicycle.texts.html import block_html, container_element, marked_html, row_scope, text_element
from hemicycle.texts.revisions import excerpt
from hemicycle.texts.tree import lines
from hemicycle.texts.word_changes import BOUNDARY, Fate, Segment

_ELEMENTS: dict[Fate, tuple[str, str]] = {"added": ("ins", "ajouté"), "removed": ("del", "supprimé")}
_NOTES = {
    "split": "Paragraphe scindé",
    "merged": "Paragraphes réunis",
}
_UNSEEN = {
    "tableRow": ("ligne inchangée", "lignes inchangées"),
    "listItem": ("élément inchangé", "éléments inchangés"),
}


@dataclass(frozen=True, kw_only=True)
class Steps:
    """The changes of a page, numbered over all its texts, for those who go from one to the next."""

    #: Number of the first change of this text.
    first: int
    #: Changes of the whole page.
    total: int


def to_html(comparison: Comparison, *, heading_shift: int = 1, steps: Steps | None = None) -> str:
    """The new text with what was added and, in its place, what was removed.

    Classes for the page's style sheet: change-moved, change-moved-away, change-restyled, change-note, change-break,
    gap, visually-hidden; with `steps`, change (id « changement-3 », data-line) and change-steps. Words are never
    carried by colour alone.
    """
    if steps is None:
        return "".join(_change(change, heading_shift) for change in comparison.changes)
    parts: list[str] = []
    number = steps.first
    for changed, run in groupby(comparison.changes, key=_is_stop):
        shown = "".join(_change(change, heading_shift) for change in run)
        parts.append(_stop(shown, number, steps.total) if changed else shown)
        number += changed
    return "".join(parts)


def stops(comparison: Comparison) -> int:
    """How many stretches of changed blocks there are to go through."""
    return sum(changed for changed, _ in groupby(comparison.changes, key=_is_stop))


def _is_stop(change: Change) -> bool:
    return change.kind not in ("same", "unseen")


def _stop(shown: str, number: int, total: int) -> str:
    said = f"Changement {number} sur {total}"
    before = f'<a href="#changement-{number - 1}">précédent</a>' if number > 1 else ""
    after = f'<a href="#changement-{number + 1}">suivant</a>' if number < total else ""
    links = " ".join(link for link in (before, after) if link)
    steps = f'<p class="change-steps"><span>{said}</span> {links}</p>'.replace(" </p>", "</p>")
    # A line for the keys j and k too, as those of a list.
    return f'<div class="change" id="changement-{number}" data-line>{steps}{shown}</div>'


def _added(inner: str) -> str:
    return _marked("added", inner)


def _removed(inner: str) -> str:
    return _marked("removed", inner)


def _marked(fate: Fate, inner: str) -> str:
    element, word = _ELEMENTS[fate]
    return f"<{element}>{_hidden(f'[{word} : ')}{inner}{_hidden(']')}</{element}>"


def _hidden(words: str) -> str:
    return f'<span class="visually-hidden">{words}</span>'


def _note(words: str) -> str:
    return f'<span class="change-note">{escape(words)}</span>'


def _change(change: Change, shift: int, scope: str = "row") -> str:
    match change.kind:
        case "same":
            return block_html(change.node, shift, scope=scope)
        case "added" | "removed":
            return _alone(change, shift, scope)
        case "unseen":
            return _unseen(change)
        case "moved_away":
            return _moved_away(change)
        case "moved":
            return _moved(change, shift)
        case "split" | "merged":
            return _regrouped(change)
    return _whole(change, shift, scope)


def _alone(change: Change, shift: int, scope: str) -> str:
    shown = block_html(change.node, shift, _added if change.kind == "added" else _removed, scope)
    if change.node["type"] != "image":
        return shown
    said = "Image ajoutée" if change.kind == "added" else "Image supprimée"
    return f'<div class="change-noted">{_note(f"{said} : ")}{shown}</div>'


def _whole(change: Change, shift: int, scope: str = "row", note: str = "") -> str:
    node = change.node
    note += _facts(change)
    if node["type"] == "table":
        return (f"<p>{note}</p>" if note else "") + _table(change, shift)
    if node["type"] == "image":
        shown = f"<p>{_segments(change.segments)}</p>" if change.segments else ""
        return f'<div class="change-noted">{note}{block_html(node, shift)}{shown}</div>'
    if node["type"] in TEXTS:
        return text_element(node, note + _inside(change, shift), shift)
    if node["type"] in ("bulletList", "orderedList") and note:
        return f"<p>{note}</p>" + container_element(node, _inside(change, shift), scope)
    return container_element(node, note + _inside(change, shift), scope)


def _facts(change: Change) -> str:
    said = [*change.facts]
    if change.kind == "renumbered" and change.article:
        said.insert(0, f"article renuméroté, auparavant {change.article[0]}")
    said += [f"colonne « {name or 'sans titre'} » {_FATES[came]}" for came, name in change.columns]
    together = " ; ".join(said)
    return _note(f"{together[0].upper()}{together[1:]} : ") if said else ""


_FATES = {"added": "ajoutée", "removed": "supprimée"}


def _inside(change: Change, shift: int) -> str:
    """The inside of a changed node, its own element left out."""
    if change.segments and change.node["type"] in TEXTS:
        return _segments(change.segments)
    children = change.children
    if not children:
        return _bare(change, shift)
    only = children[0]
    if change.node["type"] in (*CELLS, "listItem") and len(children) == 1 and only.node["type"] == "paragraph":
        if only.kind == "same":
            return _bare(change, shift)
        if only.segments and only.kind in ("changed", "restyled"):
            return _segments(only.segments)
    return "".join(_change(child, shift, row_scope(change.node)) for child in children)


def _bare(change: Change, shift: int) -> str:
    """The inside of an unchanged node."""
    whole = block_html(change.node, shift)
    return whole[whole.index(">") + 1 : whole.rindex("<")]


def _segments(segments: tuple[Segment, ...]) -> str:
    grouped = groupby(segments, key=lambda segment: segment.fate)
    return "".join(_run(fate, list(run)) for fate, run in grouped)


def _run(fate: Fate, segments: list[Segment]) -> str:
    """Neighbours of one fate together: one <ins>, whatever the emphasis inside."""
    if fate == "kept":
        return "".join(_kept(segment) for segment in segments)
    inner = "".join(_words(segment) for segment in segments)
    return _marked(fate, inner)


def _words(segment: Segment) -> str:
    return marked_html(escape(segment.text).replace("\n", "<br>"), segment.marks)


def _kept(segment: Segment) -> str:
    if segment.before is None or not segment.text.strip():
        return _words(segment)
    said = presentation.marks_changed(segment.before, segment.marks)
    if not said:
        return _words(segment)
    inner = f"{_hidden(f'[{said} : ')}{_words(segment)}{_hidden(']')}"
    return f'<span class="change-restyled" title="{said}">{inner}</span>'


def _regrouped(change: Change) -> str:
    """Paragraphs cut or joined: the new ones, and where the old ones met."""
    paragraphs = [""]
    for segment in change.segments:
        for place, piece in enumerate(segment.text.split(BOUNDARY[0])):
            if place and segment.fate == "removed":
                paragraphs[-1] += f'<del class="change-break">{_hidden("[réunis ici]")}¶</del> '
            elif place:
                cut = f'<ins class="change-break">{_hidden("[coupé ici]")}¶</ins>'
                paragraphs[-1] += cut if segment.fate == "added" else ""
                paragraphs.append("")
            if piece.strip(" ") or segment.fate == "kept":
                paragraphs[-1] += _run(segment.fate, [replace(segment, text=piece)])
    note = _note(f"{_NOTES[change.kind]} : ")
    return f"<p>{note}" + "</p><p>".join(paragraphs) + "</p>"


def _table(change: Change, shift: int) -> str:
    caption = f"<caption>{_segments(change.segments)}</caption>" if change.segments else ""
    return f"<table>{caption}<tbody>{''.join(_change(row, shift) for row in change.children)}</tbody></table>"


def _unseen(change: Change) -> str:
    node, count = change.node, change.count
    one, several = _UNSEEN.get(node["type"], ("passage inchangé", "passages inchangés"))
    said = f"{count} {several if count > 1 else one}"
    if node["type"] == "tableRow":
        width = sum(cell["attrs"]["colspan"] for cell in node["content"])
        return f'<tr class="gap"><td colspan="{width}">{said}</td></tr>'
    element = "li" if node["type"] == "listItem" else "p"
    return f'<{element} class="gap">{said}</{element}>'


def _moved(change: Change, shift: int) -> str:
    note = _note(f"Déplacé ici (était {change.place}) : ")
    kind = change.node["type"]
    if kind == "tableRow":
        return _moved_row(change, shift)
    if kind == "listItem":
        return f'<li class="change-moved">{note}{_inside(change, shift)}</li>'
    whole = _whole(change, shift) if change.segments or change.children else block_html(change.node, shift)
    return f'<div class="change-moved">{note}{whole}</div>'


def _moved_row(change: Change, shift: int) -> str:
    row = _whole(change, shift) if change.children else block_html(change.node, shift)
    note = _note("Ligne déplacée : ")
    start = row.index(">", row.index(">") + 1) + 1
    return f'<tr class="change-moved">{row[4:start]}{note}{row[start:]}'


def _moved_away(change: Change) -> str:
    node = change.node if change.old is None else change.old
    words = escape(excerpt(" ".join(lines(node))))
    note = _note(f"Passage déplacé {change.place.split(',')[0]} : ") + f"«\u00a0{words}\u00a0»"
    if node["type"] == "tableRow":
        width = sum(cell["attrs"]["colspan"] for cell in node["content"])
        return f'<tr class="change-moved-away"><td colspan="{width}">{note}</td></tr>'
    element = "li" if node["type"] == "listItem" else "p"
    return f'<{element} class="change-moved-away">{note}</{element}>'
