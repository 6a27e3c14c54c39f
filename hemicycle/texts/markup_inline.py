"""The light markup inside a line: **gras**, *italique*, __souligné__, ^exposant^, ~indice~, [texte](adresse).

Each sign switches its mark on, then off. A sign with a space on both sides, or one that nothing closes, is
itself; so is any sign after a backslash.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from hemicycle.texts.inline import BREAK, Mark, Marks, Run, in_order, link_target
from hemicycle.texts.refusal import TextRefused

_SIGNS = {"bold": "**", "italic": "*", "underline": "__", "superscript": "^", "subscript": "~"}
_SWITCHES: dict[str, tuple[str, ...]] = {
    "*": ("italic",),
    "**": ("bold",),
    "***": ("bold", "italic"),
    "__": ("underline",),
    "^": ("superscript",),
    "~": ("subscript",),
}
_TOKEN = re.compile(
    r"\\(?P<escaped>[^\w\s]|_)"
    r"|(?P<link>\]\((?P<href>(?:\\.|[^\\()\s])+)\))"
    r"|(?P<open>\[)"
    r"|(?P<sign>\*+|_{2,}|\^+|~+)"
    r"|(?P<break>\n|<br>)"
    r"|(?P<text>[^\\\]\[*_^~\n<]+|.)",
    re.S,
)
_SPECIAL = re.compile(r"[\\*^~\[\]]|_(?=_|$)|(?<=_)_|^_|<(?=br>)")


@dataclass(kw_only=True)
class _Piece:
    """A token of a line; `switches` is empty for what is only text."""

    text: str
    switches: tuple[str, ...] = ()
    kind: str = "text"
    href: str = ""


def read_runs(source: str) -> list[Run]:
    """The runs that the markup of one paragraph, heading or cell stands for. Every source has a reading."""
    pieces = [_piece(found, source) for found in _TOKEN.finditer(source)]
    _make_literal_what_is_not_closed(pieces)
    _pair_links(pieces)
    return list(_runs(pieces))


def _piece(found: re.Match[str], source: str) -> _Piece:
    if found["escaped"]:
        return _Piece(text=found["escaped"])
    if found["break"]:
        return _Piece(text="\n", kind="break")
    if found["open"]:
        return _Piece(text="[", kind="open")
    if found["link"]:
        return _Piece(text=found[0], kind="link", href=re.sub(r"\\(.)", r"\1", found["href"]))
    if found["sign"]:
        before = source[found.start() - 1 : found.start()]
        after = source[found.end() : found.end() + 1]
        apart = before in ("", " ", "\n") and after in ("", " ", "\n")
        return _Piece(text=found[0], switches=() if apart else _SWITCHES.get(found[0], ()))
    return _Piece(text=found[0])


def _make_literal_what_is_not_closed(pieces: list[_Piece]) -> None:
    """Each mark must be switched an even number of times: the last odd sign is only a sign."""
    for _ in _SIGNS:
        counts = Counter(name for piece in pieces for name in piece.switches)
        odd = [name for name, count in counts.items() if count % 2]
        if not odd:
            return
        last = next(piece for piece in reversed(pieces) if odd[0] in piece.switches)
        last.switches = ()


def _pair_links(pieces: list[_Piece]) -> None:
    """Give each "[" its address; a bracket without one is a bracket, and so is the other way round."""
    opened: _Piece | None = None
    for piece in pieces:
        if piece.kind == "open":
            opened = piece
        elif piece.kind == "link":
            href = _acceptable(piece.href)
            if opened is not None and href:
                opened.href = piece.href = href
            else:
                piece.kind = "text"
            opened = None


def _acceptable(href: str) -> str:
    try:
        return link_target(href)
    except TextRefused:
        return ""


def _runs(pieces: list[_Piece]) -> Iterator[Run]:
    on: set[str] = set()
    href = ""
    for piece in pieces:
        if piece.kind == "open" and piece.href:
            href = piece.href
        elif piece.kind == "link":
            href = ""
        elif piece.kind == "break":
            yield BREAK
        elif piece.switches:
            on ^= set(piece.switches)
        else:
            marks: list[Mark] = [(name, "") for name in on]
            yield piece.text, in_order([*marks, *([("link", href)] if href else [])])


def write_runs(runs: list[Run], line_break: str) -> str:
    """The markup of clean runs; `line_break` is what a hard break is written as."""
    written: list[str] = []
    on: Marks = ()
    for run in [*runs, ("", ())]:
        if run == BREAK:
            written += [_switch(on, ()), line_break]
            on = ()
            continue
        text, marks = run
        written.append(_switch(on, marks))
        written.append(_SPECIAL.sub(r"\\\g<0>", text))
        on = marks
    return "".join(written)


def _switch(before: Marks, after: Marks) -> str:
    """The signs that lead from some marks to others: a link is closed first and opened last."""
    was, becomes = dict(before), dict(after)
    closing = opening = ""
    if was.get("link") != becomes.get("link"):
        closing = f"]({_escaped_href(was['link'])})" if "link" in was else ""
        opening = "[" if "link" in becomes else ""
    signs = "".join(sign for name, sign in _SIGNS.items() if (name in was) != (name in becomes))
    return closing + signs + opening


def _escaped_href(href: str) -> str:
    return re.sub(r"[\\()]", r"\\\g<0>", href)
