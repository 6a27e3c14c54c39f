"""Tracked changes: what the reader settled, told to the author."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from lxml import etree

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"

#: Changes told one by one; beyond, their number is told.
MAX_TOLD = 40
MAX_EXCERPT = 80

_SETTLED = {"insertion": "acceptée", "deletion": "appliquée"}
_NAMES = {"insertion": "Insertion", "deletion": "Suppression"}


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One tracked change, as its author left it."""

    kind: Literal["insertion", "deletion"]
    author: str
    text: str


def told(revisions: list[Revision]) -> list[str]:
    """The sentences that tell the author which changes were settled: the count first, then each of them."""
    revisions = [revision for revision in revisions if revision.text.strip()]
    if not revisions:
        return []
    kinds: Counter[str] = Counter(revision.kind for revision in revisions)
    counts = " et ".join(
        _counted(kinds[kind], word)
        for kind, word in (("insertion", "insertion acceptée"), ("deletion", "suppression appliquée"))
        if kinds[kind]
    )
    authors = ", ".join(sorted({revision.author for revision in revisions}))
    sentences = [f"Suivi des modifications : {counts} ({authors})."]
    sentences += [_sentence(revision) for revision in revisions[:MAX_TOLD]]
    if len(revisions) > MAX_TOLD:
        sentences.append(f"… et {len(revisions) - MAX_TOLD} autres modifications suivies.")
    return sentences


def _counted(number: int, words: str) -> str:
    return f"{number} {words}" if number == 1 else f"{number} " + " ".join(f"{w}s" for w in words.split())


def _sentence(revision: Revision) -> str:
    name, settled = _NAMES[revision.kind], _SETTLED[revision.kind]
    return f"{name} de {revision.author} {settled} : « {excerpt(revision.text)} »."


def excerpt(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_EXCERPT else line[: MAX_EXCERPT - 1].rstrip() + "…"


def in_opendocument(content: etree._Element) -> list[Revision]:
    """The tracked insertions and deletions of a content.xml (OpenDocument 1.3, part 3, § 5.5)."""
    authors: dict[str, str] = {}
    found: list[Revision] = []
    for region in content.iter(f"{_TEXT}changed-region"):
        author = next((e.text or "" for e in region.iter(f"{_DC}creator")), "").strip() or "auteur inconnu"
        deletion = region.find(f"{_TEXT}deletion")
        if deletion is not None:
            found.append(Revision(kind="deletion", author=author, text=_deleted_text(deletion)))
        elif region.find(f"{_TEXT}insertion") is not None:
            authors[region.get(f"{_TEXT}id") or ""] = author
    inserted = _inserted_texts(content)
    found += [
        Revision(kind="insertion", author=author, text=inserted.get(identifier, ""))
        for identifier, author in authors.items()
    ]
    return found


def _deleted_text(deletion: etree._Element) -> str:
    paragraphs = (child for child in deletion if child.tag != f"{_OFFICE}change-info")
    return " ".join("".join(str(text) for text in paragraph.itertext()) for paragraph in paragraphs)


def _inserted_texts(content: etree._Element) -> dict[str, str]:
    """The text between the start and the end of each insertion, by identifier."""
    texts: dict[str, list[str]] = {}
    open_now: set[str] = set()
    for event, element in etree.iterwalk(content, events=("start", "end")):
        identifier = str(element.get(f"{_TEXT}change-id") or "")
        if event == "start":
            if element.tag == f"{_TEXT}change-start":
                open_now.add(identifier)
            elif element.tag == f"{_TEXT}change-end":
                open_now.discard(identifier)
            read = element.text
        else:
            read = element.tail
        if element.tag in (f"{_TEXT}p", f"{_TEXT}h", f"{_TEXT}s", f"{_TEXT}tab"):
            read = " " + (read or "")
        for key in open_now if read else ():
            texts.setdefault(key, []).append(read or "")
    return {key: "".join(pieces) for key, pieces in texts.items()}
