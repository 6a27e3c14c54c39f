"""The page of a gesture of the circuit: what it will do and to which version, its fields, one button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.circuit.queries import Awaited
from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.drafting.queries import Detail
from hemicycle.dossier.models import Dossier
from hemicycle.texts import typography
from hemicycle.web.access import SignedIn, found

Offer = Callable[[Any], None]


@dataclass(frozen=True, kw_only=True)
class Page:
    title: str
    form: type[forms.Form]
    #: Words of the button; a visa's are followed by the version.
    button: str
    #: What the button will do; « {version} » is the version read.
    consequence: str
    css: str = ""
    #: The visa's own key goes to the button.
    visa: bool = False
    template: str = "circuit/gesture.html"

    def opened(
        self, request: SignedIn, dossier: Dossier, awaited: Awaited | None, *, offer: Offer | None = None, **more: Any
    ) -> HttpResponse:
        """The empty form; of what is awaited of the reader, or of a right that needs nothing awaited."""
        name = awaited.on_behalf_of if awaited else None
        initial = {"version_read": dossier.version, "on_behalf_of": name.pk if name else None}
        form = self.form(initial=initial)
        if offer:
            offer(form)
        context = {"step": awaited.step if awaited else "", "acting_for": name.full_name if name else ""}
        return self._shown(request, dossier, form, 200, context | more)

    def refused(self, request: SignedIn, dossier: Dossier, form: forms.Form, **more: Any) -> HttpResponse:
        """The form as it was sent, with why it was refused."""
        return self._shown(request, dossier, form, 409, {"step": ""} | more)

    def _shown(
        self, request: SignedIn, dossier: Dossier, form: forms.Form, status: int, more: dict[str, Any]
    ) -> HttpResponse:
        version = form["version_read"].value()
        context = {
            "page": self,
            "form": form,
            "dossier": dossier,
            "version": version,
            "button": f"{self.button} la version {version}" if self.visa else self.button,
            "consequence": typography.spaced(self.consequence.format(version=version)),
        }
        return render(request, self.template, context | more, status=status)


def readable(request: SignedIn, dossier_id: UUID) -> Detail:
    return found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=timezone.localdate())


def awaited_by(request: SignedIn, dossier: Dossier, *, opinion: bool | None = False) -> Awaited:
    """The visa awaited (or the opinion; None: either), in the name asked by the address when it says one.

    Raises Http404 when none is.
    """
    wanted = request.GET.get("pour", "")
    if dossier.lead_id is None:
        for awaited in circuit.awaited_of(dossier, request.user, on=timezone.localdate()):
            name = awaited.on_behalf_of
            if (str(name.pk) if name else "") == wanted and opinion in (None, awaited.opinion):
                return awaited
    raise Http404
