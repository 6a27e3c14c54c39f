"""What a page asks of its reader, and the buttons that answer."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Gesture:
    """A button (posted with its hidden fields) or a link."""

    label: str
    url: str
    post: bool = False
    #: Classes of the button; empty: the one filled button of the page.
    css: str = ""
    hidden: dict[str, str] = field(default_factory=dict)
    #: The visa's own key goes there.
    visa: bool = False
    #: One sentence that says what it will do; shown beside the gestures that are put apart.
    what: str = ""


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One thing expected: a sentence, its strong part first, and what can be done about it."""

    strong: str
    text: str = ""
    gestures: tuple[Gesture, ...] = ()
    #: What may be done besides, behind « Autres gestes ».
    others: tuple[Gesture, ...] = ()
    #: « late » overdue, « calm » nothing expected of the reader, empty otherwise.
    tone: str = ""
    #: In whose absence the reader is asked; empty in one's own name.
    absent: str = ""
