"""The comments of a dossier as its page shows them: in the margin of the texts, under the annexes, or all together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.safestring import SafeString

from hemicycle.accounts.models import Agent, Unit
from hemicycle.chain.drafting.actions.write_comment import MAX_COMMENT, MAX_PAGE
from hemicycle.chain.drafting.comments import Thread, threads_of
from hemicycle.chain.drafting.passages import Finder
from hemicycle.chain.drafting.queries import Detail
from hemicycle.dossier.models import Comment
from hemicycle.web.act_text import act_passages

#: Text of a dossier → the tab that shows it.
TABS = {"report": "rapport", "deliberation": "deliberation"}
#: Characters of a passage shown with its comment.
SHOWN = 240


class CommentForm(forms.Form):
    """A comment; what it bears on travels hidden, as the page that offered the form showed it."""

    text = forms.CharField(label="Votre commentaire", max_length=MAX_COMMENT, widget=forms.Textarea(attrs={"rows": 4}))
    call = forms.CharField(
        label="Appeler quelqu’un",
        required=False,
        max_length=160,
        help_text="Un nom parmi ceux qui lisent le dossier ; dans le texte, « @Prénom Nom » fait de même.",
        widget=forms.TextInput(attrs={"list": "lecteurs", "autocomplete": "off"}),
    )
    internal_to = forms.TypedChoiceField(
        label="Qui le lira",
        help_text="Un commentaire interne n’est lu que dans l’unité choisie.",
        required=False,
        coerce=int,
        empty_value=None,
    )
    on = forms.ChoiceField(required=False, choices=[("", ""), *TABS.items()], widget=forms.HiddenInput)
    block = forms.IntegerField(required=False, min_value=0, max_value=100_000, widget=forms.HiddenInput)
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    annex = forms.ChoiceField(label="Annexe", required=False)
    page = forms.IntegerField(label="Page", required=False, min_value=1, max_value=MAX_PAGE, initial=1)
    thread = forms.IntegerField(required=False, min_value=1, max_value=2**53, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Sequence[Unit] = (), annexes: Sequence[Any] = (), **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_comment_%s", **more})
        internal = [(unit.pk, unit.name) for unit in units]
        self._choices("internal_to", [("", "Tous ses lecteurs"), *internal])
        self._choices("annex", [("", "Tout le dossier"), *((str(a.id), a.title) for a in annexes)])

    def _choices(self, name: str, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def said(self) -> dict[str, Any]:
        """What write_comment is told."""
        given = self.cleaned_data
        return {
            "text": given["text"],
            "call": given["call"],
            "internal_to_id": given["internal_to"],
            "thread_id": given["thread"],
            "anchor": self._anchor(),
        }

    def _anchor(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given["annex"]:
            return {"annex": given["annex"], "page": given["page"] or 1}
        if given["on"]:
            return {"text": given["on"], "block": given["block"], "digest": given["digest"]}
        return {}


@dataclass(frozen=True, kw_only=True)
class Said:
    """A comment or an answer, as components/_comment.html shows it."""

    id: int
    author: str
    #: On which version, for whom.
    unit: str
    at: Any
    text: str
    settled: bool = False
    quote: str = ""


@dataclass(frozen=True, kw_only=True)
class Conversation(Said):
    replies: tuple[Said, ...] = ()
    #: « rapport, passage 4 », and where it is; empty for the whole dossier.
    place: str = ""
    url: str = ""
    #: Whether the passage that it bore on is no longer in the text.
    gone: bool = False
    #: « traité par … ».
    settled_by: str = ""
    may_settle: bool = False


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A passage of a text on screen, with what is said of it."""

    rank: int
    html: SafeString
    digest: str = ""
    conversations: tuple[Conversation, ...] = ()
    #: The form to comment it is open.
    writing: bool = False

    @property
    def open_count(self) -> int:
        return sum(not said.settled for said in self.conversations)


class Talk:
    """Every conversation of a dossier, for one reader, with the texts that they bear on."""

    def __init__(self, detail: Detail, agent: Agent, texts: dict[str, Any], *, may_comment: bool) -> None:
        self.detail = detail
        self.agent = agent
        self.texts = texts
        self.may_comment = may_comment
        self.threads = threads_of(detail.comments)
        self._finders: dict[str, Finder] = {}

    def finder(self, text: str) -> Finder:
        if text not in self._finders:
            self._finders[text] = Finder(self.texts[text])
        return self._finders[text]

    @property
    def open_count(self) -> int:
        return sum(thread.open for thread in self.threads)

    def on_text(self, text: str, *, writing: int | None) -> tuple[list[Shown], list[Conversation]]:
        """The passages of a text, each with its conversations; then those whose passage is gone."""
        placed: dict[int, list[Conversation]] = {}
        gone = []
        for thread in self.threads:
            if thread.first.anchor.get("text") != text:
                continue
            rank = self.finder(text).rank_of(thread.first.anchor)
            said = self.conversation(thread)
            if rank is None:
                gone.append(said)
            else:
                # Beside its passage, the words commented need not be said again.
                placed.setdefault(rank, []).append(replace(said, quote=""))
        passages = self.finder(text).passages
        dossier = self.detail.dossier
        bearer = dossier.lead_id if text == "report" and dossier.lead_id else dossier.id
        shown = [
            Shown(
                rank=rank,
                html=html,
                digest=passages[rank].digest if rank == writing else "",
                conversations=tuple(placed.get(rank, ())),
                writing=rank == writing,
            )
            for rank, html in enumerate(act_passages(self.texts[text], dossier=bearer))
        ]
        return shown, gone

    def on_annexes(self) -> list[Conversation]:
        return [self.conversation(thread) for thread in self.threads if "annex" in thread.first.anchor]

    def everything(self) -> tuple[list[Conversation], list[Conversation]]:
        """What is to settle, then what is settled."""
        told = [(thread.open, self.conversation(thread)) for thread in self.threads]
        return [said for is_open, said in told if is_open], [said for is_open, said in told if not is_open]

    def conversation(self, thread: Thread) -> Conversation:
        first = thread.first
        place, url, gone = self._place(first)
        return Conversation(
            **_said(first),
            settled=not thread.open,
            quote=_short(first.anchor.get("quote", "")),
            replies=tuple(Said(**_said(reply)) for reply in thread.replies),
            place=place,
            url=url,
            gone=gone,
            settled_by=first.handled_by.full_name if first.handled_by else "",
            may_settle=self.may_comment and (self.detail.may_settle or first.author_id == self.agent.pk),
        )

    def _place(self, comment: Comment) -> tuple[str, str, bool]:
        anchor, dossier_id = comment.anchor, self.detail.dossier.id
        if "annex" in anchor:
            known = any(str(annex.id) == anchor["annex"] for annex in self.detail.annexes)
            url = reverse("dossier_tab", args=[dossier_id, "annexes"]) + "#matiere"
            return f"annexe « {anchor['title']} », page {anchor['page']}", url if known else "", not known
        if "text" not in anchor:
            return "", "", False
        rank = self.finder(anchor["text"]).rank_of(anchor)
        name = "rapport" if anchor["text"] == "report" else "délibération"
        if rank is None:
            return name, "", True
        return f"{name}, passage {rank + 1}", f"{text_url(dossier_id, anchor['text'])}#passage-{rank}", False


def text_url(dossier_id: Any, text: str) -> str:
    tab = TABS[text]
    return reverse("dossier", args=[dossier_id]) if tab == "rapport" else reverse("dossier_tab", args=[dossier_id, tab])


def _said(comment: Comment) -> dict[str, Any]:
    version = f"sur la version {comment.version}" if comment.version else "avant la première version"
    internal = f" · interne : {comment.internal_to.name}" if comment.internal_to and not comment.thread_id else ""
    return {
        "id": comment.pk,
        "author": comment.author.full_name,
        "unit": version + internal,
        "at": comment.written_at,
        "text": comment.text,
    }


def _short(quote: str) -> str:
    return quote if len(quote) <= SHOWN else f"{quote[:SHOWN].rsplit(' ', 1)[0]}…"


def names(people: Iterable[Agent]) -> list[str]:
    return list(dict.fromkeys(person.full_name for person in people))
