"""What can have happened while drafting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class DossierOpened:
    name: ClassVar[str] = "drafting.dossier_opened"
    number: str
    object: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class DossierDescribed:
    """The fields were changed: old and new value of each."""

    name: ClassVar[str] = "drafting.dossier_described"
    changes: dict[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class TextSaved:
    name: ClassVar[str] = "drafting.text_saved"
    #: « report » or « deliberation ».
    text: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class TextImported:
    name: ClassVar[str] = "drafting.text_imported"
    text: str
    file: str
    sha256: str
    digest: str
    #: What the reading settled: tracked changes, notes, images (in French).
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class WritingTakenOver:
    """Somebody writes a text in the place of whoever was writing it."""

    name: ClassVar[str] = "drafting.writing_taken_over"
    text: str
    #: Who was writing it.
    of: str


@dataclass(frozen=True, kw_only=True)
class AnnexAttached:
    name: ClassVar[str] = "drafting.annex_attached"
    title: str
    file: str
    sha256: str
    to_control: bool


@dataclass(frozen=True, kw_only=True)
class AnnexReplaced:
    """A file took the place of another, with its rank and its flags; the old one is kept."""

    name: ClassVar[str] = "drafting.annex_replaced"
    title: str
    file: str
    sha256: str
    #: The content that was there.
    replaced: str
    replaced_file: str


@dataclass(frozen=True, kw_only=True)
class AnnexDescribed:
    """Title, flags or type of piece were changed: old and new value of each."""

    name: ClassVar[str] = "drafting.annex_described"
    title: str
    sha256: str
    changes: dict[str, list[str | bool]]


@dataclass(frozen=True, kw_only=True)
class AnnexInfected:
    """The antivirus found something: the file is kept aside, handed to nobody."""

    name: ClassVar[str] = "drafting.annex_infected"
    title: str
    file: str
    sha256: str
    #: What the antivirus calls it.
    threat: str


@dataclass(frozen=True, kw_only=True)
class AnnexRemoved:
    name: ClassVar[str] = "drafting.annex_removed"
    title: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class AnnexesOrdered:
    name: ClassVar[str] = "drafting.annexes_ordered"
    titles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CommentWritten:
    """A word on the dossier or a reply; the text of an internal one is not told."""

    name: ClassVar[str] = "drafting.comment_written"
    version: int
    text: str
    comment: int = 0
    #: « sur le rapport, paragraphe 3 »; empty for the whole dossier.
    place: str = ""
    #: The comment it answers; 0 for the first of a thread.
    answers: int = 0
    #: The unit it is internal to; empty when every reader reads it.
    internal_to: str = ""


@dataclass(frozen=True, kw_only=True)
class CommentHandled:
    name: ClassVar[str] = "drafting.comment_handled"
    comment: int
    author: str
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class CommentReopened:
    name: ClassVar[str] = "drafting.comment_reopened"
    comment: int
    author: str
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class DossierWithdrawn:
    name: ClassVar[str] = "drafting.dossier_withdrawn"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ActTypeSaved:
    """A type of act was declared or renamed."""

    name: ClassVar[str] = "drafting.act_type_saved"
    act_type: str
    #: Its former name; empty when it is new.
    before: str


@dataclass(frozen=True, kw_only=True)
class ActTypeSwitched:
    name: ClassVar[str] = "drafting.act_type_switched"
    act_type: str
    active: bool


@dataclass(frozen=True, kw_only=True)
class CustomFieldSaved:
    """A custom field was declared or changed: as it is now."""

    name: ClassVar[str] = "drafting.custom_field_saved"
    key: str
    label: str
    kind: str
    #: Name of the type of act; empty: asked of every dossier.
    act_type: str
    required: bool


@dataclass(frozen=True, kw_only=True)
class CustomFieldSwitched:
    name: ClassVar[str] = "drafting.custom_field_switched"
    label: str
    active: bool


@dataclass(frozen=True, kw_only=True)
class CustomFieldsOrdered:
    name: ClassVar[str] = "drafting.custom_fields_ordered"
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ModelSaved:
    name: ClassVar[str] = "drafting.model_saved"
    model: str
    number: int
    digest: str
    note: str


@dataclass(frozen=True, kw_only=True)
class ModelSwitched:
    name: ClassVar[str] = "drafting.model_switched"
    model: str
    active: bool


@dataclass(frozen=True, kw_only=True)
class ModelApplied:
    """The text starts from that version of a model, its fields filled."""

    name: ClassVar[str] = "drafting.model_applied"
    text: str
    model: str
    number: int
    digest: str
    #: The version that keeps the text replaced; 0 when there was none.
    replaced: int


@dataclass(frozen=True, kw_only=True)
class DeliberationAdded:
    """On the lead: one more deliberation shares its report."""

    name: ClassVar[str] = "drafting.deliberation_added"
    number: str
    object: str


@dataclass(frozen=True, kw_only=True)
class DossierDuplicated:
    """On the new dossier: where its texts come from."""

    name: ClassVar[str] = "drafting.dossier_duplicated"
    origin: str


@dataclass(frozen=True, kw_only=True)
class DossierLinked:
    name: ClassVar[str] = "drafting.dossier_linked"
    #: « fait suite à », « modifie », « abroge ».
    kind: str
    #: Number of the act or of the dossier, or the reference of an act that is not in the program.
    to: str


@dataclass(frozen=True, kw_only=True)
class DossierUnlinked:
    name: ClassVar[str] = "drafting.dossier_unlinked"
    kind: str
    to: str


@dataclass(frozen=True, kw_only=True)
class TextRestored:
    """Texts of an older version became the working ones again."""

    name: ClassVar[str] = "drafting.text_restored"
    version: int
    #: « report », « deliberation ».
    texts: tuple[str, ...]
    #: The version in which what was replaced is kept; 0 when some version already had it.
    kept: int
    digests: tuple[str, ...]
