"""A model about to be kept: judged whole, then tried by the typesetter on fictional facts."""

from __future__ import annotations

from typing import Any

from hemicycle.chain.printing.document_models import model_of
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.rendering.compile import RenderingRefused
from hemicycle.rendering.conformance import faults_of_pdf
from hemicycle.rendering.model import Kind
from hemicycle.rendering.model_checks import ModelFault, faults_of
from hemicycle.rendering.model_kinds import KINDS
from hemicycle.rendering.specimens import specimen


class ModelRefused(ActionRefused):
    """The model cannot be kept so: `faults` says all that is wrong, the sentence the first."""

    def __init__(self, faults: list[ModelFault]) -> None:
        self.faults = faults
        super().__init__(faults[0].sentence, field=faults[0].field)


class NoSuchKind(ActionRefused):
    message = "Ce document n’a pas de modèle ; choisissez-le dans la liste."


class DraftMoved(ActionRefused):
    """Somebody wrote the draft since it was opened."""


def kind_named(key: str) -> Kind:
    """Raises NoSuchKind."""
    if key not in KINDS:
        raise NoSuchKind
    return KINDS[key]


def judged(kind: Kind, content: dict[str, Any]) -> None:
    """Raises ModelRefused with every fault: of the words, of the blocks, of the logo, then of the page itself."""
    model = model_of(content)
    if faults := faults_of(kind, model):
        raise ModelRefused(faults)
    try:
        pdf = specimen(kind.key, model)
    except RenderingRefused as refusal:
        field = "logo" if model.logo else "parts"
        raise ModelRefused([ModelFault(sentence=f"Le modèle ne s’imprime pas. {refusal}", field=field)]) from refusal
    if faults := [ModelFault(sentence=sentence, field="parts") for sentence in faults_of_pdf(pdf)]:
        raise ModelRefused(faults)
