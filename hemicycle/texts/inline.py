"""Runs of text: the inline content of a paragraph, a heading or a cell, brought to one canonical form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from hemicycle.texts.refusal import TextRefused

Node: TypeAlias = dict[str, Any]
#: A mark as a comparable value: ("bold", "") or ("link", "https://…").
Mark: TypeAlias = tuple[str, str]
Marks: TypeAlias = tuple[Mark, ...]
#: Text and its marks; the text "\n" alone stands for a hard break. A footnote is the runs of its text between
#: NOTE_OPENS and NOTE_CLOSES, so that whoever joins the texts of the runs reads « mot [note : …] ».
Run: TypeAlias = tuple[str, Marks]

BREAK: Run = ("\n", ())
NOTE = "footnote"
NOTE_OPENS: Run = (" [note\u00a0: ", ((NOTE, "opens"),))
NOTE_CLOSES: Run = ("]", ((NOTE, "closes"),))
#: A whole footnote while its paragraph is tidied: private characters are read out of every other run.
_FOLDED = "\ue000"
#: In the order in which they are written.
MARKS = ("bold", "italic", "underline", "superscript", "subscript", "link")
LINK_SCHEMES = frozenset({"http", "https", "mailto"})
MAX_HREF = 2_000

NBSP = "\u00a0"
NARROW_NBSP = "\u202f"
_EDGES = " " + NBSP + NARROW_NBSP
_LINE_BREAKERS = frozenset("\t\n\r\x0b\x0c\x85\u2028\u2029")
# Figure and thin spaces stand inside amounts, where a line must not break.
_NARROW = frozenset("\u2007\u2009")
_PLAIN = re.compile(r"[ -~à-öø-ÿÀ-ÖØ-ß’«»–—…€œŒ\u00a0\u202f]*")
_SPACES = re.compile(" +")


def readable(text: str) -> str:
    """The text without controls, bidirectional overrides, zero-width and private characters.

    No-break spaces stay; the other spaces become ordinary ones; the result is NFC.
    """
    if _PLAIN.fullmatch(text):
        return text
    return unicodedata.normalize("NFC", "".join(_characters(text)))


def _characters(text: str) -> Iterator[str]:
    for char in text:
        if char in _LINE_BREAKERS:
            yield " "
        elif char in _NARROW:
            yield NARROW_NBSP
        elif char in (NBSP, NARROW_NBSP):
            yield char
        else:
            category = unicodedata.category(char)
            if category == "Zs":
                yield " "
            elif category not in ("Cc", "Cf", "Cs", "Co") and not _is_noncharacter(char):
                yield char


def _is_noncharacter(char: str) -> bool:
    point = ord(char)
    return point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF


def link_target(href: object) -> str:
    """The address of a link, if it is one that may leave a public act. Raises TextRefused."""
    address = readable(str(href)).strip() if isinstance(href, str) else ""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    whole = bool(parts.netloc) or (parts.scheme == "mailto" and "@" in parts.path)
    if parts.scheme.lower() not in LINK_SCHEMES or not whole or " " in address or len(address) > MAX_HREF:
        shown = address[:60] or "vide"
        raise TextRefused(
            f"L’adresse de lien « {shown} » n’est pas acceptée : elle doit commencer par https://, http:// ou mailto:."
        )
    return address


def in_order(marks: Iterable[Mark]) -> Marks:
    """Marks without repetition, in the canonical order; one link at most, the first given."""
    chosen: dict[str, Mark] = {}
    for mark in marks:
        chosen.setdefault(mark[0], mark)
    return tuple(chosen[name] for name in MARKS if name in chosen)


def runs_of(content: Iterable[Node]) -> list[Run]:
    """The runs of inline nodes already clean."""
    runs: list[Run] = []
    for node in content:
        if node["type"] == NOTE:
            runs += [NOTE_OPENS, *runs_of(node["content"]), NOTE_CLOSES]
        else:
            runs.append(_run_of(node))
    return runs


def _run_of(node: Node) -> Run:
    if node["type"] == "hardBreak":
        return BREAK
    marks = tuple((m["type"], m["attrs"]["href"] if m["type"] == "link" else "") for m in node.get("marks", ()))
    return node["text"], marks


def opens_note(run: Run) -> bool:
    """Whether the text of a footnote begins after this run."""
    return run[1] == NOTE_OPENS[1]


def closes_note(run: Run) -> bool:
    """Whether the text of a footnote ends before this run."""
    return run[1] == NOTE_CLOSES[1]


def nodes_of(runs: Iterable[Run]) -> list[Node]:
    """The inline nodes of runs; a footnote that nothing closes goes to the end."""
    nodes: list[Node] = []
    into = nodes
    for run in runs:
        if opens_note(run):
            into = []
            nodes.append({"type": NOTE, "content": into})
        elif closes_note(run):
            into = nodes
        else:
            into.append(_node_of(run))
    return nodes


def _node_of(run: Run) -> Node:
    text, marks = run
    if run == BREAK:
        return {"type": "hardBreak"}
    if not marks:
        return {"type": "text", "text": text}
    return {
        "type": "text",
        "text": text,
        "marks": [
            {"type": name, "attrs": {"href": value}} if name == "link" else {"type": name} for name, value in marks
        ],
    }


def tidy(runs: Iterable[Run]) -> list[Run]:
    """Runs in canonical form: equal neighbours merged, spaces collapsed, breaks only between words.

    A space between two words keeps only the marks that both words and the space itself bear: "**a **b" and
    "**a** b" are the same text and must have the same digest. Between two words of one link, it is of the link.
    """
    notes: list[list[Run]] = []
    lines: list[list[Run]] = [[]]
    for run in _folded(runs, notes):
        if run == BREAK:
            lines.append([])
        else:
            lines[-1].append(run if run[0] == _FOLDED else (readable(run[0]), run[1]))
    tidied: list[Run] = []
    for line in lines:
        kept = _tidy_line(line)
        if kept:
            tidied += [BREAK, *kept] if tidied else kept
    return list(_unfolded(tidied, notes))


def _folded(runs: Iterable[Run], notes: list[list[Run]]) -> Iterator[Run]:
    """The runs with one character for each footnote, whose own runs, tidied, go to `notes`; empty ones are dropped."""
    inside: list[Run] | None = None
    for run in runs:
        if opens_note(run):
            # A note inside a note is more of its text.
            inside = inside or []
        elif closes_note(run):
            yield from _fold(inside or [], notes)
            inside = None
        elif inside is not None:
            # A footnote is one paragraph on one line.
            inside.append((" ", ()) if run == BREAK else run)
        else:
            yield run
    yield from _fold(inside or [], notes)


def _fold(inside: list[Run], notes: list[list[Run]]) -> Iterator[Run]:
    if inside and (kept := tidy(inside)):
        yield _FOLDED, ((NOTE, str(len(notes))),)
        notes.append(kept)


def _unfolded(runs: list[Run], notes: list[list[Run]]) -> Iterator[Run]:
    for run in runs:
        if run[0] == _FOLDED:
            yield from (NOTE_OPENS, *notes[int(run[1][0][1])], NOTE_CLOSES)
        else:
            yield run


def _tidy_line(line: list[Run]) -> list[Run]:
    merged = _merged(line)
    if len(merged) == 1:
        text = _SPACES.sub(" ", merged[0][0]).strip(_EDGES)
        return [(text, merged[0][1])] if text else []
    return _merged(_spaced(merged))


def _merged(runs: Iterable[Run]) -> list[Run]:
    pieces: list[tuple[list[str], Marks]] = []
    for text, marks in runs:
        if not text:
            continue
        if pieces and pieces[-1][1] == marks:
            pieces[-1][0].append(text)
        else:
            pieces.append(([text], marks))
    return [(unicodedata.normalize("NFC", "".join(texts)), marks) for texts, marks in pieces]


def _spaced(runs: list[Run]) -> Iterator[Run]:
    """Each stretch of spaces as one space of its own; none at either end."""
    pieces = [(piece, marks) for text, marks in runs for piece in re.split("( +)", text) if piece]
    while pieces and not pieces[0][0].strip(_EDGES):
        pieces.pop(0)
    while pieces and not pieces[-1][0].strip(_EDGES):
        pieces.pop()
    before: Marks = ()
    gap: list[Marks] = []
    for index, (piece, marks) in enumerate(pieces):
        if not piece.strip(" "):
            gap.append(marks)
            continue
        if gap:
            # Two stretches with one address are one link: Pandoc leaves the space of some outside.
            one_link = {mark for mark in before if mark[0] == "link" and mark in marks}
            yield " ", in_order(one_link.union(set(before).intersection(marks, *gap)))
            gap = []
        text = piece.lstrip(_EDGES) if index == 0 else piece
        yield (text.rstrip(_EDGES) if index == len(pieces) - 1 else text), marks
        before = marks
