"""The preflight of one dossier: what is known of it gathered, judged, and known again by a digest."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from hemicycle.chain.signing.models import Act
from hemicycle.chain.transmission import outgoing, preflight
from hemicycle.chain.transmission.models import Control
from hemicycle.chain.transmission.preflight import Earlier
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Stage
from hemicycle.protocols.actes import Finding

#: Once adopted and until it has left: the acts that wait.
WAITING = (Stage.ADOPTED, Stage.TO_SIGN, Stage.SIGNED, Stage.REFUSED_BY_PREFECTURE, Stage.TRANSMISSION_CANCELLED)
#: Where the control may be looked at: before the vote too, while something can still be put right.
SHOWN = (Stage.READY, Stage.ON_AGENDA, *WAITING)


class WouldBeRefused(ActionRefused):
    """Our own control found what the préfecture would refuse; the sentences say what to do."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    findings: tuple[Finding, ...]
    #: Digest of everything that was judged.
    inputs: str
    classification_on: dt.date


def judge(dossier: Dossier, *, on: dt.date) -> Judged:
    """The findings as things stand: those kept when nothing changed since, or found anew. Raises BlobLost."""
    act = Act.objects.select_related("signed").filter(dossier=dossier).first()
    classification, nomenclature = outgoing.nomenclature()
    number = outgoing.number_for(dossier) if dossier.act_number else ""
    earlier = outgoing.held_with_number(number, besides=dossier) if number else []
    inputs = _digest(_inputs(dossier, act, number, nomenclature, earlier, on=on))
    kept = Control.objects.filter(dossier=dossier, inputs=inputs).first()
    if kept is not None:
        return Judged(findings=findings_of(kept), inputs=inputs, classification_on=classification.dated)
    candidate = outgoing.candidate_of(dossier, act, number=number)
    found = preflight.check(candidate, classification, today=on, earlier=earlier)
    return Judged(findings=found, inputs=inputs, classification_on=classification.dated)


def require_sendable(dossier: Dossier, *, on: dt.date, what: str, besides: str = "") -> None:
    """Raises WouldBeRefused, with `what` cannot be done and each thing to put right, `besides` one code."""
    stopping = [f for f in preflight.blocking(judge(dossier, on=on).findings) if f.code != besides]
    if stopping:
        name = f"L’acte {dossier.act_number}" if dossier.act_number else f"Le dossier {dossier.number}"
        said = preflight.said(stopping)
        raise WouldBeRefused(f"{name} ne peut pas être {what} : la préfecture le refuserait. {said}")


def keep(dossier: Dossier, judged: Judged, *, at: dt.datetime) -> Control:
    """Write the findings down, so that lists show them without reading a file."""
    facts = {
        "inputs": judged.inputs,
        "classification_on": judged.classification_on,
        "findings": [asdict(finding) for finding in judged.findings],
        "blocking": len(preflight.blocking(judged.findings)),
        "checked_at": at,
    }
    kept, _ = Control.objects.update_or_create(dossier=dossier, defaults=facts)
    return kept


def findings_of(kept: Control) -> tuple[Finding, ...]:
    return tuple(Finding(**finding) for finding in kept.findings)


def _inputs(
    dossier: Dossier,
    act: Act | None,
    number: str,
    nomenclature: str,
    earlier: list[Earlier],
    *,
    on: dt.date,
) -> list[Any]:
    """Everything that a finding depends on, the bytes by their digest."""
    annexes = [
        [annex.sha256, annex.name, annex.media_type, annex.type_code] for annex in outgoing.sent_annexes(dossier)
    ]
    return [
        number,
        dossier.nature,
        [act.decided_on.isoformat(), act.decided_on > on] if act else [],
        dossier.subject_code,
        dossier.object,
        act.signed.sha256 if act and act.signed else "",
        annexes,
        nomenclature,
        [[other.act, other.decided_on.isoformat(), other.nature] for other in earlier],
    ]


def _digest(inputs: list[Any]) -> str:
    return hashlib.sha256(json.dumps(inputs).encode()).hexdigest()
