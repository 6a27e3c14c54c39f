"""Keeping a signature once judged: shared by those who bring one back, the couriers and the signatory."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Seat
from hemicycle.chain.signing import proofs
from hemicycle.chain.signing.events import SignatureAdded, SignatureRecorded
from hemicycle.chain.signing.expected import State, check_entitled, former
from hemicycle.chain.signing.models import Act, ExpectedSignature
from hemicycle.chain.signing.rules import NotTheSignature, Proofs, check_signed, names
from hemicycle.dossier import attachments
from hemicycle.dossier.dates import day
from hemicycle.dossier.kinds import kind_of, titled
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.protocols.pades.holders import last_holder
from hemicycle.protocols.pades.verdicts import Signature


class SignatureNotAccepted(ActionRefused):
    """The file is not the frozen act, well signed; the sentence says why."""


def judged(
    expected: ExpectedSignature, signed: bytes, proofs: Proofs, *, at: dt.datetime, stamped: bool = True
) -> Signature:
    """The signature added by `signed`, by the right person, entitled on the day that its timestamp proves.

    `stamped`: False of a signature that is to be timestamped later; it is then judged on `at`.

    Raises SignatureNotAccepted.
    """
    act = expected.act
    try:
        found = check_signed(
            signed=signed,
            former=attachments.read(former(expected)),
            signers=[one.signatory.agent.full_name for one in signatures_of(act) if one.rank <= expected.rank],
            proofs=proofs,
            unstamped_at=None if stamped else at,
        )
        check_entitled(expected, on=day(found.stamped_at or at))
    except (NotTheSignature, ActionRefused) as reason:
        past = _past(signed, on=day(at))
        raise SignatureNotAccepted(
            f"Le fichier signé de l’acte {act.number} est refusé. {reason}{past} Vérifiez le certificat du signataire."
        ) from reason
    return found


def signatures_of(act: Act) -> list[ExpectedSignature]:
    """Those expected of the act, first to last."""
    rows = act.signatures.select_related("signatory__agent", "signed", "delegation__giver", "delegation__holder")
    return list(rows.order_by("rank"))


def keep(
    expected: ExpectedSignature, dossier: Dossier, signed: bytes, found: Signature, agent: Agent, *, at: dt.datetime
) -> ExpectedSignature | None:
    """Write the signature down and open the next one, which is returned; None after the last."""
    act, covered = expected.act, former(expected)
    following = act.signatures.select_related("signatory__agent").filter(rank=expected.rank + 1).first()
    expected.signed = attachments.keep(
        dossier,
        signed,
        kind=Attachment.Kind.PRODUCED,
        title=_title(act, expected, last=following is None),
        name=f"{act.number}-signe.pdf" if following is None else f"{act.number}-signe-{expected.rank}.pdf",
        media_type="application/pdf",
        by=agent,
        at=at,
        derived_from=covered,
        published=following is None,
    )
    expected.state, expected.signed_at, expected.verification = State.SIGNED, found.stamped_at, _facts(found)
    expected.save(update_fields=["signed", "state", "signed_at", "verification"])
    if following is None:
        _close(act, expected)
        proofs.note(act, expected.signed, signed)
    else:
        following.state = State.TO_SIGN
        following.save(update_fields=["state"])
        act.state = Act.State.TO_SIGN
        act.save(update_fields=["state"])
    return following


def event(
    expected: ExpectedSignature, covered: Attachment, following: ExpectedSignature | None
) -> SignatureAdded | SignatureRecorded:
    """What the journal keeps of it."""
    said = expected.verification
    signed_sha256 = expected.signed.sha256 if expected.signed else ""
    if following is None:
        return SignatureRecorded(
            number=expected.act.number,
            frozen_sha256=expected.act.frozen.sha256,
            signed_sha256=signed_sha256,
            signer=said["signer"],
            level=said["level"],
            timestamp=said["timestamp"],
        )
    return SignatureAdded(
        number=expected.act.number,
        frozen_sha256=covered.sha256,
        signed_sha256=signed_sha256,
        signer=said["signer"],
        level=said["level"],
        timestamp=said["timestamp"],
        rank=expected.rank,
        next_signatory=str(following),
    )


def _close(act: Act, last: ExpectedSignature) -> None:
    """Every signature is there: the act is what the last file says; its author's verification stands for it."""
    every = signatures_of(act)
    own = next((one for one in every if one.signatory_id == act.signatory_id), last)
    act.signed, act.state, act.signed_at = last.signed, Act.State.SIGNED, last.signed_at
    act.verification = {**own.verification}
    if len(every) > 1:
        act.verification["signatures"] = [{"capacity": one.capacity, **one.verification} for one in every]
    act.save(update_fields=["signed", "state", "signed_at", "verification"])


def _title(act: Act, expected: ExpectedSignature, *, last: bool) -> str:
    whose = "" if last else f" par {expected.signatory.agent.full_name}"
    return f"{titled(act.dossier)}, {'signée' if kind_of(act.dossier).feminine else 'signé'}{whose}"


def _facts(found: Signature) -> dict[str, object]:
    return {
        "signer": found.signer,
        "subject": found.subject,
        "issuer": found.issuer,
        "serial": found.serial,
        "level": f"PAdES-{found.level}",
        "timestamp": found.stamped_at.isoformat() if found.stamped_at else "",
        "trusted": found.trusted,
        "notes": list(found.notes),
    }


def _past(signed: bytes, *, on: dt.date) -> str:
    """Says so when the certificate is that of a president who is president no more."""
    holder = last_holder(signed)
    if holder is None:
        return ""
    ended = Seat.objects.filter(office=Seat.Office.PRESIDENT, valid_to__lt=on).select_related("member__agent")
    for seat in ended.order_by("-valid_to", "id"):
        person = seat.member.agent
        if names(holder.name, person.full_name) and not _presides(person, on=on):
            return f" {person.full_name} n’est plus président depuis le {seat.valid_to:%d/%m/%Y}."
    return ""


def _presides(person: Agent, *, on: dt.date) -> bool:
    try:
        return accounts.president(on=on).agent_id == person.pk
    except LookupError:
        return False
