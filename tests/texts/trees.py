"""Small makers of text trees, and hypothesis strategies for whole ones."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from hemicycle.texts.tree import clean

Node = dict[str, Any]


def text(content: str, *marks: str) -> Node:
    return {"type": "text", "text": content, "marks": [{"type": mark} for mark in marks]}


def link(content: str, href: str) -> Node:
    return {"type": "text", "text": content, "marks": [{"type": "link", "attrs": {"href": href}}]}


BREAK: Node = {"type": "hardBreak"}


def _inline(parts: tuple[str | Node, ...]) -> list[Node]:
    return [text(part) if isinstance(part, str) else part for part in parts]


def p(*parts: str | Node) -> Node:
    return {"type": "paragraph", "content": _inline(parts)}


def h(level: int, *parts: str | Node) -> Node:
    return {"type": "heading", "attrs": {"level": level}, "content": _inline(parts)}


def item(*blocks: str | Node) -> Node:
    return {"type": "listItem", "content": [p(b) if isinstance(b, str) else b for b in blocks]}


def bullets(*items: str | Node) -> Node:
    return {"type": "bulletList", "content": [item(i) if isinstance(i, str) else i for i in items]}


def numbers(*items: str | Node, start: int = 1) -> Node:
    content = [item(i) if isinstance(i, str) else i for i in items]
    return {"type": "orderedList", "attrs": {"start": start}, "content": content}


def quote(*blocks: str | Node) -> Node:
    return {"type": "blockquote", "content": [p(b) if isinstance(b, str) else b for b in blocks]}


def cell(
    *blocks: str | Node, header: bool = False, colspan: int = 1, rowspan: int = 1, align: str | None = None
) -> Node:
    return {
        "type": "tableHeader" if header else "tableCell",
        "attrs": {"colspan": colspan, "rowspan": rowspan, "align": align},
        "content": [p(b) if isinstance(b, str) else b for b in blocks],
    }


def table(*rows: list[str | Node], header: list[str] | None = None, caption: str = "") -> Node:
    lines: list[list[Node]] = [[cell(c, header=True) for c in header]] if header else []
    lines += [[cell(c) if isinstance(c, str) else c for c in row] for row in rows]
    content = [{"type": "tableRow", "content": row} for row in lines]
    return {"type": "table", "attrs": {"caption": caption}, "content": content}


def note(*parts: str | Node) -> Node:
    return {"type": "footnote", "content": _inline(parts)}


def image(alt: str = "Plan de situation", *, width: int = 100, sha256: str = "ab" * 32) -> Node:
    return {"type": "image", "attrs": {"sha256": sha256, "alt": alt, "width": width}}


def raw(*blocks: str | Node) -> Node:
    return {"type": "doc", "content": [p(b) if isinstance(b, str) else b for b in blocks]}


def doc(*blocks: str | Node) -> Node:
    return clean(raw(*blocks))


_LETTERS = st.sampled_from("aéœ1 2-+*_^~#>|[](){}\\.!<br¶\u00a0\u202f’\n&\"'")
_WORDS = st.one_of(
    st.sampled_from(["Article", "1er", "12 000,00 €", "**", "- ", "1. ", "# ", "{droite}", "](", "---", "Vu"]),
    st.text(_LETTERS, min_size=1, max_size=12),
)
_MARK = st.one_of(
    st.sampled_from(["bold", "italic", "underline", "superscript", "subscript"]).map(lambda name: {"type": name}),
    st.sampled_from(["https://exemple.test/a", "https://exemple.test/b_(c)?d=e&f", "mailto:a@b.test"]).map(
        lambda href: {"type": "link", "attrs": {"href": href}}
    ),
)
_TEXT = st.builds(
    lambda content, marks: {"type": "text", "text": content, "marks": marks},
    _WORDS,
    st.lists(_MARK, max_size=3),
)
inlines = st.lists(st.one_of(_TEXT, _TEXT, st.just(BREAK)), max_size=6)
_NOTES = st.lists(_TEXT, max_size=3).map(lambda content: {"type": "footnote", "content": content})
paragraphs = st.lists(st.one_of(_TEXT, _TEXT, _TEXT, st.just(BREAK), _NOTES), max_size=6).map(
    lambda content: {"type": "paragraph", "content": content}
)
images = st.builds(
    lambda digit, alt, width: {"type": "image", "attrs": {"sha256": digit * 64, "alt": alt, "width": width}},
    st.sampled_from("0a"),
    st.sampled_from(["Plan du carrefour", "Graphique : dépenses « 2026 »", "x"]),
    st.integers(10, 100),
)
headings = st.builds(
    lambda level, content: {"type": "heading", "attrs": {"level": level}, "content": content},
    st.integers(1, 4),
    inlines,
)


def _tables(blocks: st.SearchStrategy[list[Node]], spans: int) -> st.SearchStrategy[Node]:
    cells = st.builds(
        lambda kind, colspan, rowspan, align, content: {
            "type": kind,
            "attrs": {"colspan": colspan, "rowspan": rowspan, "align": align},
            "content": content,
        },
        st.sampled_from(["tableCell", "tableCell", "tableHeader"]),
        st.integers(1, spans),
        st.integers(1, spans),
        st.sampled_from([None, "left", "right", "center"]),
        blocks,
    )
    rows = st.lists(cells, max_size=4).map(lambda content: {"type": "tableRow", "content": content})
    return st.builds(
        lambda caption, content: {"type": "table", "attrs": {"caption": caption}, "content": content},
        st.one_of(st.just(""), _WORDS),
        st.lists(rows, max_size=4),
    )


def _nested(blocks: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(blocks, max_size=3)
    items = st.lists(several.map(lambda content: {"type": "listItem", "content": content}), max_size=3)
    return st.one_of(
        items.map(lambda content: {"type": "bulletList", "content": content}),
        st.builds(
            lambda start, content: {"type": "orderedList", "attrs": {"start": start}, "content": content},
            st.integers(0, 12),
            items,
        ),
        several.map(lambda content: {"type": "blockquote", "content": content}),
        _tables(several, spans=3),
        _tables(paragraphs.map(lambda only: [only]), spans=2),
    )


_blocks = st.recursive(st.one_of(paragraphs, paragraphs, headings, images), _nested, max_leaves=12)


def _office_lists(items: st.SearchStrategy[list[Node]]) -> st.SearchStrategy[Node]:
    content = st.lists(items.map(lambda blocks: {"type": "listItem", "content": blocks}), min_size=1, max_size=3)
    return st.one_of(
        content.map(lambda made: {"type": "bulletList", "content": made}),
        st.builds(
            lambda start, made: {"type": "orderedList", "attrs": {"start": start}, "content": made},
            st.integers(1, 12),
            content,
        ),
    )


_written = paragraphs.filter(lambda node: bool(clean({"type": "doc", "content": [node]})["content"]))
_inner_lists = _office_lists(st.lists(_written, min_size=1, max_size=2))
#: What reports and deliberations are made of, and word processors can say.
office_docs = st.lists(
    st.one_of(
        paragraphs,
        headings,
        images,
        st.lists(paragraphs, max_size=3).map(lambda content: {"type": "blockquote", "content": content}),
        _office_lists(st.tuples(_written, st.one_of(_written, _inner_lists)).map(list)),
        _tables(st.lists(paragraphs, min_size=1, max_size=2), spans=3),
    ),
    max_size=6,
).map(lambda content: clean({"type": "doc", "content": content}))
raw_docs = st.lists(_blocks, max_size=5).map(lambda content: {"type": "doc", "content": content})
docs = raw_docs.map(clean)


def _without_notes_and_images(node: Node) -> Node:
    if "content" not in node:
        return node
    kept = [child for child in node["content"] if child["type"] not in ("image", "footnote")]
    return {**node, "content": [_without_notes_and_images(child) for child in kept]}


plain_docs = raw_docs.map(_without_notes_and_images).map(clean)
