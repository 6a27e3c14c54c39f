"""What a PDF shows, reduced to prints that can be compared: pages, annotations, fields, signature frames, the rest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf

__all__ = ["Contents", "Mark", "TooMuch", "read"]

#: Objects visited in one file; an act has some hundreds, a book of 10,000 pages some hundreds of thousands.
VISITS = 2_000_000
_REFERENCE = re.compile(rb"(\d+) (\d+) R\b")
#: Keys of the catalog that a signature, its proofs or its metadata write (ISO 32000-2 §12.8, ETSI EN 319 142-1 §5.4).
_FREE = {
    "/AcroForm",
    "/DSS",
    "/Extensions",
    "/Pages",
    "/Metadata",
    "/Version",
    "/Names",
    "/StructTreeRoot",
    "/MarkInfo",
}
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_HIDDEN = 2 | 32


class TooMuch(ValueError):
    """More objects than can be compared."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """The frame of a signature field."""

    field: str
    #: From 1; 0 when it is on no page.
    page: int
    #: It has a size and an appearance, and is not hidden.
    visible: bool
    signed: bool
    #: The print of its appearance.
    look: str


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The prints of one state of a file."""

    pages: tuple[str, ...]
    #: By page, the prints of its annotations, frames and fields of forms aside.
    annotations: tuple[tuple[str, ...], ...]
    fields: dict[str, str]
    marks: dict[str, Mark]
    rest: dict[str, str]


def read(data: bytes) -> Contents:
    """The contents of a file, opened strictly. Raises pikepdf.PdfError when it is irregular, TooMuch."""
    with pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
        return _Reading(pdf).contents()


@dataclass(frozen=True, kw_only=True)
class _Field:
    name: str
    node: pikepdf.Object
    widgets: tuple[pikepdf.Object, ...]
    of_signature: bool
    signed: bool


class _Reading:
    """One file being read; prints of objects are taken once."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.pages = [page.obj for page in pdf.pages]
        self.visits = 0
        self.seen: dict[tuple[int, int], tuple[bytes, list[tuple[int, int]]]] = {}
        self.tree = {page.objgen for page in self.pages} | {node.objgen for p in self.pages for node in _above(p)}
        self.inner: set[tuple[int, int]] = set()
        self.fields = list(self._walk_fields())
        self.stops = self.tree | self.inner | {pdf.Root.objgen}

    def contents(self) -> Contents:
        in_form = {w.objgen for f in self.fields for w in f.widgets if w.get("/Subtype") in (None, "/Widget")}
        return Contents(
            pages=tuple(self._page(page) for page in self.pages),
            annotations=tuple(self._annotations(page, in_form) for page in self.pages),
            fields={f.name: self._print([f.node, *f.widgets]) for f in self.fields if not f.of_signature},
            marks={f.name: self._mark(f) for f in self.fields if f.of_signature},
            rest=dict(self._rest()),
        )

    def _page(self, page: pikepdf.Object) -> str:
        left_out = ("/Annots", "/Parent", "/StructParents", "/Tabs")
        values = {key: value for key, value in page.items() if key not in left_out}
        for node in _above(page):
            for key in _INHERITED:
                if key not in values and key in node:
                    values[key] = node[key]
        return self._print(values[key] for key in sorted(values))

    def _annotations(self, page: pikepdf.Object, in_form: set[tuple[int, int]]) -> tuple[str, ...]:
        found = page.get("/Annots")
        listed = list(found) if isinstance(found, pikepdf.Array) else []
        return tuple(self._print([a]) for a in listed if not (a.is_indirect and a.objgen in in_form))

    def _mark(self, found: _Field) -> Mark:
        visible, looks = False, []
        for widget in found.widgets:
            looks += [widget[key] for key in ("/AP", "/Rect", "/MK") if key in widget]
            shown = not int(widget.get("/F", 0)) & _HIDDEN
            visible = visible or (shown and "/AP" in widget and _has_size(widget))
        where = {w.objgen for w in found.widgets}
        page = next((n for n, p in enumerate(self.pages, start=1) if where & _objgens(p.get("/Annots"))), 0)
        return Mark(field=found.name, page=page, visible=visible, signed=found.signed, look=self._print(looks))

    def _rest(self) -> Iterator[tuple[str, str]]:
        root = self.pdf.Root
        for key, value in root.items():
            if key not in _FREE:
                yield key, self._print([value])
        for holder, left_out in (("/Names", ()), ("/AcroForm", ("/Fields", "/SigFlags", "/DR", "/DA"))):
            inside = root.get(holder)
            for key, value in inside.items() if isinstance(inside, pikepdf.Dictionary) else ():
                if key not in left_out:
                    yield key, self._print([value])

    def _walk_fields(self) -> Iterator[_Field]:
        form = self.pdf.Root.get("/AcroForm")
        listed = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
        roots = list(listed) if isinstance(listed, pikepdf.Array) else []
        stack: list[tuple[pikepdf.Object, str, pikepdf.Object | None]] = [(node, "", None) for node in reversed(roots)]
        met: set[tuple[int, int]] = set()
        while stack:
            node, above, kind = stack.pop()
            if not isinstance(node, pikepdf.Dictionary) or (node.is_indirect and node.objgen in met):
                continue
            met.add(node.objgen)
            name = ".".join(part for part in (above, str(node.get("/T", ""))) if part)
            kind = node.get("/FT", kind)
            kids = [k for k in (node.get("/Kids") or []) if isinstance(k, pikepdf.Dictionary)]
            if any("/T" in kid for kid in kids):
                self.inner.add(node.objgen)
                stack += [(kid, name, kind) for kid in reversed(kids)]
                continue
            signature = kind == "/Sig"
            yield _Field(
                name=name, node=node, widgets=(*kids, node), of_signature=signature, signed=signature and "/V" in node
            )

    def _print(self, roots: Iterable[pikepdf.Object]) -> str:
        """The print of values and of every object they lead to, pages, fields' ancestors and the catalog aside."""
        digest, todo = hashlib.sha256(), []
        for value in roots:
            text = value.unparse()
            digest.update(b"\0" + text)
            todo += _references(text)
        known: set[tuple[int, int]] = set()
        while todo:
            reference = todo.pop()
            if reference in known or reference in self.stops:
                continue
            known.add(reference)
            own, children = self._object(reference)
            digest.update(b"%d %d " % reference + own)
            todo += children
        return digest.hexdigest()

    def _object(self, reference: tuple[int, int]) -> tuple[bytes, list[tuple[int, int]]]:
        self.visits += 1
        if self.visits > VISITS:
            raise TooMuch
        if reference not in self.seen:
            value = self.pdf.get_object(reference)
            raw = b""
            if isinstance(value, pikepdf.Stream):
                raw = hashlib.sha256(value.read_raw_bytes()).digest()
                text = value.stream_dict.unparse()
            else:
                text = value.unparse(resolved=True)
            self.seen[reference] = (hashlib.sha256(text + raw).digest(), _references(text))
        return self.seen[reference]


def _references(text: bytes) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for a, b in _REFERENCE.findall(text)]


def _above(page: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The nodes of the page tree over a page, nearest first."""
    node = page.get("/Parent")
    for _ in range(50):
        if not isinstance(node, pikepdf.Dictionary):
            return
        yield node
        node = node.get("/Parent")


def _objgens(array: pikepdf.Object | None) -> set[tuple[int, int]]:
    return {item.objgen for item in array if item.is_indirect} if isinstance(array, pikepdf.Array) else set()


def _has_size(widget: pikepdf.Object) -> bool:
    corners = [float(n) for n in widget.get("/Rect", [])]
    return len(corners) == 4 and corners[0] != corners[2] and corners[1] != corners[3]
