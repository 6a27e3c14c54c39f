"""What the edges may read of the control before sending, and of the préfecture's nomenclature."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from hemicycle.accounts.models import Agent
from hemicycle.chain.transmission import control, outgoing
from hemicycle.chain.transmission.models import ClassificationRequest, Control
from hemicycle.chain.transmission.queries import NOT_GONE, departure_of, refusable_among, would_be_refused
from hemicycle.dossier import access
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.protocols.actes import Classification, Finding, Nature, dotted_code


@dataclass(frozen=True, kw_only=True)
class Filed:
    """An annex that goes to the préfecture, and the type under which it is filed."""

    annex: Attachment
    type_code: str


@dataclass(frozen=True, kw_only=True)
class ControlView:
    """What would be refused of an act, as it stands now, with how it is filed."""

    dossier: Dossier
    blocking: tuple[Finding, ...]
    remarks: tuple[Finding, ...]
    classification_on: dt.date
    filed: tuple[Filed, ...]
    #: Matières and types of pieces of the préfecture's own classification: (code, words).
    matieres: tuple[tuple[str, str], ...]
    types: tuple[tuple[str, str], ...]
    #: Whether its filing may still be put right.
    open: bool


def control_of(dossier_id: UUID, *, agent: Agent, on: dt.date) -> ControlView:
    """Raises Dossier.DoesNotExist for what the agent may not read, or while there is nothing to control."""
    dossier = access.visible_to(agent, on=on).filter(stage__in=control.SHOWN).get(id=dossier_id)
    judged = control.judge(dossier, on=on)
    nature = Nature.from_abbreviation(dossier.nature)
    classification = outgoing.classification_in_force()
    last = departure_of(dossier)
    return ControlView(
        dossier=dossier,
        blocking=tuple(f for f in judged.findings if f.severity == "blocking"),
        remarks=tuple(f for f in judged.findings if f.severity != "blocking"),
        classification_on=judged.classification_on,
        filed=tuple(
            Filed(annex=annex, type_code=annex.type_code or nature.default_piece_type)
            for annex in outgoing.sent_annexes(dossier)
        ),
        matieres=tuple(
            (dotted_code(code), f"{dotted_code(code)} {' / '.join(classification.path(code))}")
            for code in sorted(classification.matieres)
            if len(code) > 1
        ),
        types=tuple(classification.piece_types(int(nature)).items()),
        open=dossier.stage in control.WAITING and (last is None or last.state in NOT_GONE),
    )


@dataclass(frozen=True, kw_only=True)
class NomenclatureView:
    classification: Classification
    #: Whether it came from the préfecture; otherwise the national one, before the first answer.
    received: bool
    #: Matières of two levels and more, in order: (code, words).
    matieres: tuple[tuple[str, str], ...]
    asked: tuple[ClassificationRequest, ...]
    #: Acts that wait and that do not fit it.
    misfits: tuple[Control, ...]


def nomenclature_of(agent: Agent, *, on: dt.date) -> NomenclatureView:
    classification, digest = outgoing.nomenclature()
    misfits = refusable_among(would_be_refused(agent, on=on).values_list("id", flat=True))
    return NomenclatureView(
        classification=classification,
        received=bool(digest),
        matieres=tuple(
            (dotted_code(code), " / ".join(classification.path(code)))
            for code in sorted(classification.matieres)
            if len(code) > 1
        ),
        asked=tuple(ClassificationRequest.objects.select_related("asked_by").order_by("-asked_at")[:10]),
        misfits=tuple(misfits),
    )


def asked_since(moment: dt.datetime) -> bool:
    """Whether the nomenclature was asked for after that moment."""
    return ClassificationRequest.objects.filter(asked_at__gt=moment).exists()
