"""« Mes courriels »: what each is written, at once, once a day or not at all."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hemicycle.chain.telling import queries as telling
from hemicycle.chain.telling.actions.choose_mails import choose_mails
from hemicycle.chain.telling.queries import Chosen, Kind, Rhythm
from hemicycle.texts import typography
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.refusals import refusals_beside

RHYTHMS = ((Rhythm.NOW, "Tout de suite"), (Rhythm.DAILY, "Une fois par jour"), (Rhythm.NEVER, "Non"))
#: The parts of the page.
PARTS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (
        "Ce qui m’attend",
        (
            Kind.VISA,
            Kind.SIGNATURE,
            Kind.LETTER,
            Kind.OPINION_ASKED,
            Kind.LATE,
            Kind.SENT_BACK,
            Kind.INFECTED,
            Kind.OPINION_GIVEN,
            Kind.CALLED,
        ),
    ),
    ("Ce qui arrive à mes dossiers", (Kind.DEADLINE, Kind.PROGRESS, Kind.COMMENT, Kind.FATE)),
    ("Ce que j’ai visé", (Kind.TEXT_CHANGED,)),
)


class MailsForm(forms.Form):
    even_absent = forms.BooleanField(
        label="M’écrire aussi pendant mes absences",
        required=False,
        help_text="Sans cela, seule la personne qui vous remplace est prévenue des visas attendus.",
    )
    suspended_until = forms.DateField(
        label="Suspendre jusqu’au, ce jour compris",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        help_text="Rien ne vous est écrit d’ici là ; ce qui vous attendra encore vous sera écrit ensuite.",
    )

    def __init__(self, *args: Any, chosen: Chosen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, about in telling.KINDS.items():
            self.fields[kind] = forms.ChoiceField(
                label=about.label,
                help_text=about.help,
                required=False,
                choices=RHYTHMS,
                widget=forms.RadioSelect,
                initial=chosen.rhythms[kind],
            )
        self.fields["even_absent"].initial = chosen.even_absent
        self.fields["suspended_until"].initial = chosen.suspended_until

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(title, [self[kind] for kind in kinds]) for title, kinds in PARTS]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mail_choices(request: SignedIn) -> HttpResponse:
    chosen = telling.choices_of(request.user)
    if request.method != "POST":
        return _page(request, MailsForm(chosen=chosen), chosen)
    form = MailsForm(request.POST, chosen=chosen)
    if form.is_valid():
        said = form.cleaned_data
        with refusals_beside(form):
            kept = choose_mails(
                rhythms={kind: said[kind] for kind in telling.KINDS if said[kind]},
                even_absent=said["even_absent"],
                suspended_until=said["suspended_until"],
                agent=request.user,
                at=timezone.now(),
            )
            until = kept.suspended_until
            pause = f" Rien ne vous sera écrit jusqu’au {typography.date_fr(until)} compris." if until else ""
            messages.success(request, f"Vos choix sont gardés.{pause}")
            return redirect("mail_choices")
    return _page(request, form, chosen, status=409)


def _page(request: SignedIn, form: MailsForm, chosen: Chosen, *, status: int = 200) -> HttpResponse:
    paused = chosen.suspended_until if _paused(chosen) else None
    context = {"form": form, "chosen": chosen, "paused": paused, "email": request.user.email}
    return render(request, "preferences/mails.html", context, status=status)


def _paused(chosen: Chosen) -> bool:
    return chosen.suspended_until is not None and chosen.suspended_until >= timezone.localdate()


urls = [path("mes-courriels/", mail_choices, name="mail_choices")]
