"""Judging one deposit: the controls, then the reply, then the verdict, in that order on disk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from hemicycle.protocols.seda.controls import Control, Referential, Verdict, judge
from hemicycle.protocols.seda.controls.objects import ALGORITHMS
from simulators.archive.answer import text_of, write_reply
from simulators.archive.deposits import Deposit, Deposits, Finding


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What this platform knows and asks."""

    referential: Referential
    schemas: Path | None = None
    #: Refuse a MessageIdentifier already met. Vitam does not; other platforms may.
    refuse_repeated: bool = True


def settle(deposits: Deposits, deposit: Deposit, policy: Policy, at: datetime) -> Deposit:
    """Judge a deposit that is still running, and keep everything."""
    package = deposits.read(deposit.operation_id, "package") or b""
    verdict = judge(package, referential=policy.referential, schemas=policy.schemas)
    identifier = text_of(verdict.root, "MessageIdentifier")
    controls = _with_manifest_digest(verdict, deposit)
    if policy.refuse_repeated and _met_before(deposits, deposit, identifier):
        controls = (_repeated(identifier), *controls)
    outcomes = {control.outcome for control in controls}
    settled = replace(
        deposit,
        state="COMPLETED",
        status="KO" if "KO" in outcomes else "WARNING" if "WARNING" in outcomes else "OK",
        completed_at=at.isoformat(timespec="milliseconds"),
        message_identifier=identifier,
        comment=text_of(verdict.root, "Comment"),
        findings=tuple(
            Finding(step=c.step, detail=c.detail, outcome=c.outcome, message=c.message, piece=c.piece) for c in controls
        ),
    )
    if verdict.manifest:
        deposits.write(deposit.operation_id, "manifest.xml", verdict.manifest)
    deposits.write(deposit.operation_id, "reply.xml", write_reply(settled, verdict.root, controls, at))
    deposits.save(settled)
    return settled


def _with_manifest_digest(verdict: Verdict, deposit: Deposit) -> tuple[Control, ...]:
    algorithm = ALGORITHMS.get(deposit.manifest_algorithm, "sha512")
    stated = deposit.manifest_digest.lower()
    found = hashlib.new(algorithm, verdict.manifest, usedforsecurity=False).hexdigest()
    if not stated or stated == found:
        return verdict.controls
    message = "L'empreinte du bordereau n'est pas celle annoncée par l'appel."
    fault = Control(step="STP_SANITY_CHECK_SIP", code="MANIFEST_DIGEST_CHECK", outcome="KO", message=message)
    return (fault, *verdict.controls)


def _met_before(deposits: Deposits, deposit: Deposit, identifier: str) -> bool:
    return bool(identifier) and any(
        other.number < deposit.number and other.message_identifier == identifier and other.context == "DEFAULT_WORKFLOW"
        for other in deposits.all()
    )


def _repeated(identifier: str) -> Control:
    return Control(
        step="STP_INGEST_CONTROL_SIP",
        code="CHECK_HEADER.CHECK_MESSAGE_IDENTIFIER.ALREADY_KNOWN",
        outcome="KO",
        message=f"L'identifiant de transfert « {identifier} » a déjà servi.",
    )
