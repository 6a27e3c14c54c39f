"""The letters of the préfecture: a tray, a page for each with its deadline and its clock, and the answer."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.correspondence import queries
from hemicycle.chain.correspondence.actions.prepare_reply import GivenFile, prepare_reply
from hemicycle.chain.correspondence.actions.send_reply import send_reply
from hemicycle.chain.correspondence.actions.settle_letter import settle_letter
from hemicycle.chain.correspondence.queries import LetterLine, LetterView
from hemicycle.chain.drafting.queries import Detail
from hemicycle.law.letters import ControlClock
from hemicycle.texts.typography import date_fr
from hemicycle.web.access import SignedIn, found, signed_in
from hemicycle.web.annex_forms import ACCEPTED, FilesField, FilesInput
from hemicycle.web.drawings.legal_calendar import Milestone, MilestoneState
from hemicycle.web.gestures import Ask, Gesture
from hemicycle.web.refusals import refusals_beside
from hemicycle.web.sitting_forms import GestureForm
from hemicycle.web.transmission import WATCHERS

RECEIVED = "correspondence.letter_received"
NO_FILE = "PDF, image PNG ou JPEG, XML, ou texte .docx ou .odt (mis en PDF)."


class ReplyForm(forms.Form):
    """What is answered, a letter that is typed, files that are joined."""

    root = forms.ChoiceField(label="Ce qui est répondu", widget=forms.RadioSelect)
    words = forms.CharField(
        label="Texte de la réponse",
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Il est mis en forme de lettre, avec l’en-tête et le nom du signataire de l’acte. Laissez vide pour "
        "joindre une lettre déjà signée.",
    )
    documents = FilesField(
        label="Lettre ou pièces à joindre", required=False, widget=FilesInput(attrs={"accept": ACCEPTED})
    )

    def __init__(self, *args: Any, view: LetterView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        root, files = self.fields["root"], self.fields["documents"]
        assert isinstance(root, forms.ChoiceField)
        root.choices = [
            (choice.root, f"{choice.label} ({choice.code}). {choice.help}".strip()) for choice in view.choices
        ]
        if len(view.choices) == 1:
            root.initial = view.choices[0].root
        gathered = "La norme n’y admet qu’un document : la lettre et les PDF joints sont réunis en un seul."
        files.help_text = NO_FILE if any(choice.several for choice in view.choices) else f"{NO_FILE} {gathered}"

    def given(self) -> list[GivenFile]:
        joined = [file for file in self.cleaned_data["documents"] if file]
        return [GivenFile(name=file.name or "piece", data=file.read()) for file in joined]


class SettleForm(forms.Form):
    note = forms.CharField(
        label="Ce qui en est fait",
        max_length=500,
        error_messages={"required": "Dites en une phrase ce qui est fait de ce courrier."},
    )


@signed_in
@require_safe
def letters(request: SignedIn) -> HttpResponse:
    on = timezone.localdate()
    lines = queries.lines(queries.visible(request.user, on=on), on=on)
    waiting = [line for line in lines if line.letter.open]
    context = {
        "waiting": waiting,
        "over": [line for line in lines if not line.letter.open],
        "late": sum(line.late for line in waiting),
        "watcher": accounts.holds(request.user, *WATCHERS, on=on),
        "may_judge": accounts.holds(request.user, Role.ASSEMBLY_OFFICE, on=on),
    }
    return render(request, "transmission/letters.html", context)


@signed_in
@require_safe
def letter(request: SignedIn, letter_id: UUID) -> HttpResponse:
    return _page(request, _view(request, letter_id))


def _view(request: SignedIn, letter_id: UUID) -> LetterView:
    return found(queries.letter_view, letter_id=letter_id, agent=request.user, on=timezone.localdate())


def _page(request: SignedIn, view: LetterView, *, form: forms.Form | None = None) -> HttpResponse:
    leaving = view.line.reply is not None and view.line.reply.state in (queries.STATES.ORDERED, queries.STATES.SENDING)
    offered = view.may_write and bool(view.choices) and not leaving
    context = {
        "view": view,
        "line": view.line,
        "letter": view.line.letter,
        "dossier": view.line.dossier,
        "milestones": milestones(view.clock),
        "form": form,
        "reply_form": (form if isinstance(form, ReplyForm) else ReplyForm(view=view)) if offered else None,
        "settle_form": form if isinstance(form, SettleForm) else SettleForm(),
        "may_settle": view.may_send and view.line.letter.open and not leaving,
        "settling": isinstance(form, SettleForm),
    }
    return render(request, "transmission/letter.html", context, status=409 if form else 200)


@signed_in
@require_POST
def reply(request: SignedIn, letter_id: UUID) -> HttpResponse:
    """Prepare the answer; the service des assemblées may have it leave at once."""
    view = _view(request, letter_id)
    form = ReplyForm(request.POST, request.FILES, view=view)
    if form.is_valid():
        with refusals_beside(form):
            prepare_reply(
                letter_id=letter_id,
                root=form.cleaned_data["root"],
                words=form.cleaned_data["words"],
                files=form.given(),
                agent=request.user,
                at=timezone.now(),
            )
            then = "relisez-la, puis envoyez-la" if view.may_send else "le service des assemblées la relit et l’envoie"
            messages.success(request, f"La réponse est prête : {then}.")
            return redirect("prefecture_letter", letter_id)
    return _page(request, view, form=form)


@signed_in
@require_POST
def send(request: SignedIn, letter_id: UUID, reply_id: int) -> HttpResponse:
    view, form = _view(request, letter_id), GestureForm(request.POST)
    if reply_id not in {shown.reply.pk for shown in view.replies}:
        form.add_error(None, "Cette réponse n’est pas celle de ce courrier ; rechargez la page.")
        return _page(request, view, form=form)
    with refusals_beside(form):
        send_reply(reply_id=reply_id, agent=request.user, at=timezone.now())
        messages.success(request, "La réponse part par le tiers de télétransmission ; son reçu paraîtra ici.")
        return redirect("prefecture_letter", letter_id)
    return _page(request, view, form=form)


@signed_in
@require_POST
def settle(request: SignedIn, letter_id: UUID) -> HttpResponse:
    view, form = _view(request, letter_id), SettleForm(request.POST)
    if form.is_valid():
        with refusals_beside(form):
            settle_letter(letter_id=letter_id, note=form.cleaned_data["note"], agent=request.user, at=timezone.now())
            messages.success(request, "Le courrier est classé ; il reste avec l’acte.")
            return redirect("prefecture_letter", letter_id)
    return _page(request, view, form=form)


def milestones(clock: ControlClock | None) -> list[Milestone]:
    """The clock of the déféré, drawn."""
    if clock is None:
        return []
    today = timezone.localdate()
    stopped = [step for step in clock.steps if step.kind == "stop"]
    shown = []
    for step in clock.steps:
        state: MilestoneState = "todo" if step.on > today else "done"
        if clock.stopped and stopped and step is stopped[-1]:
            state = "current"
        shown.append(
            Milestone(on=step.on, label=step.label, state=state, note=NOTES[step.kind], detail=step.explanation)
        )
    return shown


#: What a step does to the clock, in two words.
NOTES = {
    "start": "le délai part",
    "stop": "délai arrêté",
    "restart": "deux nouveaux mois",
    "nothing": "sans effet",
    "referral": "le juge est saisi",
    "end": "au plus tard",
}


def dossier_calendar(detail: Detail, on: dt.date) -> list[Milestone]:
    """That of an act about which the préfecture has written; nothing is asked of the database for the others."""
    if not any(entry.event == RECEIVED for entry in detail.journal):
        return []
    return milestones(queries.clock_of(detail.dossier, on=on))


def letters_to_answer(agent: Agent, detail: Detail, on: dt.date) -> list[Ask]:
    """To the direction and to the service des assemblées: the letters that wait (web/asks.py)."""
    if not any(entry.event == RECEIVED for entry in detail.journal):
        return []
    waiting = queries.lines(queries.to_answer(agent, on=on).filter(dossier=detail.dossier), on=on)
    return [_ask(line) for line in waiting]


def _ask(line: LetterLine) -> Ask:
    name = line.letter.get_kind_display()
    due = f"à traiter au plus tard le {date_fr(line.letter.due_on)}"
    see = Gesture(
        label="Relire la réponse et l’envoyer" if line.waits_for_office else "Lire le courrier et répondre",
        url=letter_url(line),
    )
    text = f"{name[0].upper()}{name[1:]}, {due}{' : l’échéance est passée' if line.late else ''}."
    return Ask(strong="La préfecture a écrit.", text=text, gestures=(see,), tone="late" if line.late else "")


def letter_url(line: LetterLine) -> str:
    return reverse("prefecture_letter", args=[line.letter.pk])


urls = [
    path("transmissions/courriers/", letters, name="prefecture_letters"),
    path("transmissions/courriers/<uuid:letter_id>/", letter, name="prefecture_letter"),
    path("transmissions/courriers/<uuid:letter_id>/repondre", reply, name="prepare_reply"),
    path("transmissions/courriers/<uuid:letter_id>/reponses/<int:reply_id>/envoyer", send, name="send_reply"),
    path("transmissions/courriers/<uuid:letter_id>/classer", settle, name="settle_letter"),
]
