"""The president's own acts, taken without a vote."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from hemicycle.accounts.models import Role
from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.sitting.actions.take_decision import take_decision
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.web.access import SignedIn, found
from hemicycle.web.doors import for_roles


@for_roles(Role.ASSEMBLY_OFFICE, Role.PRESIDENT)
@require_POST
def take(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    """Number the act and have it drawn up; its page then says where it stands."""
    found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=timezone.localdate())
    try:
        taken = take_decision(dossier_id=dossier_id, agent=request.user, at=timezone.now())
        messages.success(request, f"L’acte est pris sous le numéro {taken.act_number} ; il part à la signature.")
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("dossier", dossier_id)


urls = [path("dossiers/<uuid:dossier_id>/prendre", take, name="take_decision")]
