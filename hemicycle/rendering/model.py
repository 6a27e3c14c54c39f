"""The model of a document: its words, the order of its blocks, its logo. Data, never a template.

What a person writes in a model is text wherever it lands: fields are replaced here, and the result travels to the
typesetter as JSON, never as source.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hemicycle.rendering.pictures import Picture as Image
from hemicycle.rendering.pictures import Pictures, file_name

#: A field of a model's words: « {objet} ».
FIELD = re.compile(r"\{ *([a-z_]{1,40}) *\}")
#: What a name between braces looks like, right or wrong.
BRACES = re.compile(r"\{([^{}\n]{0,80})\}|[{}]")


@dataclass(frozen=True, kw_only=True)
class Words:
    """One text of a model."""

    key: str
    label: str
    #: What is printed as long as nobody wrote anything else.
    origin: str = ""
    #: More than one line: each is a paragraph.
    lines: int = 1
    help: str = ""
    #: Letters at most.
    most: int = 200
    #: Why it may not be left empty; none when it may.
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One block of a document, in the order of origin."""

    key: str
    label: str
    #: Why it cannot be left out, with the article where there is one; empty when it may be.
    why: str = ""
    #: Always where it is.
    fixed: bool = False


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One block comes before another."""

    first: str
    then: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of document: what of it a model may say."""

    key: str
    label: str
    words: tuple[Words, ...]
    parts: tuple[Part, ...]
    rules: tuple[Rule, ...] = ()
    #: The fields that its words may name, and what each stands for.
    fields: Mapping[str, str] = field(default_factory=dict)

    def text(self, key: str) -> Words:
        return next(words for words in self.words if words.key == key)

    def part(self, key: str) -> Part:
        return next(part for part in self.parts if part.key == key)


@dataclass(frozen=True, kw_only=True)
class Logo:
    """A picture at the head of the document, on the left: the right is kept for the stamp (documents.md, B5)."""

    data: bytes
    media_type: str
    #: Read aloud in its place (ISO 14289-1, 7.3).
    alt: str
    #: Millimetres.
    height: int = 16

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Model:
    """What differs from the origin; the origin itself says nothing."""

    texts: Mapping[str, str] = field(default_factory=dict)
    #: The blocks printed, in order; empty: all of them, as in the origin.
    parts: tuple[str, ...] = ()
    logo: Logo | None = None

    def pictures(self) -> dict[str, Image]:
        """The logo, for the typesetter."""
        if self.logo is None:
            return {}
        return {self.logo.sha256: Image(data=self.logo.data, media_type=self.logo.media_type)}


ORIGIN = Model()


def text_of(kind: Kind, model: Model, key: str) -> str:
    """A text as it is written in the model, fields and all."""
    return model.texts.get(key, kind.text(key).origin)


def parts_of(kind: Kind, model: Model) -> tuple[str, ...]:
    """The blocks printed, in order."""
    return model.parts or tuple(part.key for part in kind.parts)


def filled(text: str, fields: Mapping[str, str]) -> str:
    """The words with each field replaced; a field that has no value here leaves nothing, and no double space."""
    said = FIELD.sub(lambda found: fields.get(found[1], ""), text)
    return "\n".join(" ".join(line.split(" ")).strip() for line in re.sub(r" {2,}", " ", said).split("\n"))


def lines_of(kind: Kind, model: Model, key: str, fields: Mapping[str, str]) -> list[str]:
    """A text of several lines, filled, without its empty ones."""
    return [line for line in filled(text_of(kind, model, key), fields).split("\n") if line]


def modelled(kind: Kind, model: Model, data: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    """The data of a document with the words, the blocks and the logo of its model."""
    words = {text.key: filled(text_of(kind, model, text.key), fields) for text in kind.words}
    parts = parts_of(kind, model)
    made = {**data, "words": words, "parts": list(parts)}
    head = {**data["letterhead"], "overline": words["overline"]}
    head["more"] = [line for line in words["letterhead"].split("\n") if line]
    if model.logo is not None:
        image = Image(data=model.logo.data, media_type=model.logo.media_type)
        name = file_name(model.logo.sha256, image)
        head["logo"] = {"file": name, "alt": model.logo.alt, "height": model.logo.height}
    made["letterhead"] = head
    made["document"] = {**data["document"], "footer": words["footer"]}
    if "sections" in data:
        named = {section["part"]: section for section in data["sections"]}
        made["sections"] = [named[part] for part in parts if part in named]
    return made


def with_logo(pictures: Pictures, model: Model) -> dict[str, Image]:
    """The images of a text and that of its model."""
    return {**pictures, **model.pictures()}


def signed(signature: dict[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    """A signature block with the words of the model above the capacity, and its mention where there is one."""
    mention = words.get("mention", signature["mention"]) if signature["mention"] else ""
    return {**signature, "above": words.get("above_signature", ""), "mention": mention}
