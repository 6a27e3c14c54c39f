"""The signatures that an act must bear: who, in which order, and whether each may still sign on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Delegation, Role, Signatory
from hemicycle.chain.signing import delegations
from hemicycle.chain.signing.models import Act, ExpectedSignature, SigningPlace
from hemicycle.chain.sitting.models import Ballot
from hemicycle.dossier.models import Attachment, Dossier, Entitlement
from hemicycle.dossier.refusals import ActionRefused

Who, State = ExpectedSignature.Who, ExpectedSignature.State


class NoSignatory(ActionRefused):
    """Nobody in office has a certificate to sign with."""


class NotTheSignatory(ActionRefused):
    """Not whom the signature is expected of, or no longer entitled to give it."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One signature to be printed on the act, then asked for."""

    who: ExpectedSignature.Who
    capacity: str
    signatory: Signatory
    delegation: Delegation | None = None

    @property
    def by_delegation(self) -> str:
        """« Pour le Président et par délégation », or nothing (L3221-3)."""
        return delegations.formula(self.delegation) if self.delegation else ""

    def __str__(self) -> str:
        stead = f"{self.by_delegation}, " if self.delegation else ""
        return f"{self.signatory.agent}, {stead}{self.capacity}"


def wanted(
    dossier: Dossier, ballot: Ballot | None, *, on: dt.date, delegation: Delegation | None = None
) -> list[Wanted]:
    """Who signs that act, first to last: as the administration decided, otherwise the president alone.

    `delegation` puts its holder in the place of the president. Raises NoSignatory, DelegationNotUsable.
    """
    places = list(SigningPlace.objects.filter(series=series_of(dossier)).select_related("person").order_by("rank"))
    if not places:
        return [_president(delegation, ballot, on=on)]
    return [_wanted(place, ballot, delegation, on=on) for place in places]


def series_of(dossier: Dossier) -> str:
    """The acts that are signed alike: those of a body, or of a nature that goes to none."""
    return dossier.body or dossier.nature


def author(signatures: Sequence[Wanted]) -> Wanted:
    """Whose act it is: the president or the delegate, otherwise the last who signs."""
    return next((one for one in signatures if one.who == Who.PRESIDENT), signatures[-1])


def lay(act: Act, signatures: Sequence[Wanted], *, at: dt.datetime) -> None:
    """Ask for these signatures, and for none that was asked before: the bytes are new.

    Whoever signs an act reads its dossier from then on.
    """
    act.signatures.all().delete()
    ExpectedSignature.objects.bulk_create(
        ExpectedSignature(
            act=act,
            rank=rank,
            who=one.who,
            capacity=one.capacity,
            signatory=one.signatory,
            delegation=one.delegation,
            state=State.TO_SIGN if rank == 1 else State.WAITING,
        )
        for rank, one in enumerate(signatures, start=1)
    )
    for one in signatures:
        Entitlement.objects.get_or_create(
            dossier=act.dossier, agent=one.signatory.agent, role=Role.ELECTED, defaults={"since": at}
        )


def former(expected: ExpectedSignature) -> Attachment:
    """The exact bytes that this signature covers: the act with the signatures before it."""
    before = [one for one in expected.act.signatures.all() if one.rank == expected.rank - 1]
    return before[0].signed if before and before[0].signed else expected.act.frozen


def check_entitled(expected: ExpectedSignature, *, on: dt.date) -> None:
    """Whether the person may sign on that day: certificate on file, office or delegation in force.

    Raises NotTheSignatory.
    """
    signatory, person = expected.signatory, expected.signatory.agent
    in_force = signatory.valid_from <= on and (signatory.valid_to is None or on <= signatory.valid_to)
    if not in_force or not person.is_active:
        raise _no_authority(person)
    if expected.delegation is not None:
        reproach = delegations.reproach(expected.delegation, on=on)
        if reproach or expected.delegation.holder_id != person.pk:
            raise NotTheSignatory(reproach or f"La délégation n’est pas donnée à {person.full_name}.")
    if expected.who == Who.PRESIDENT:
        _check_presides(expected.absent or person, on=on)
    elif expected.who == Who.SECRETARY and not _holds_a_mandate(person, on=on):
        raise _no_authority(person)


def _check_presides(person: Agent, *, on: dt.date) -> None:
    try:
        presiding = accounts.president(on=on).agent_id == person.pk
    except LookupError:
        presiding = False
    if not presiding:
        raise _no_authority(person)


def _no_authority(person: Agent) -> NotTheSignatory:
    return NotTheSignatory(
        f"{person.full_name} n’a plus autorité pour signer à cette date ; le service des assemblées doit faire "
        "établir l’acte au nom du signataire en fonction."
    )


def _holds_a_mandate(person: Agent, *, on: dt.date) -> bool:
    member = getattr(person, "member", None)
    return member is not None and member.valid_from <= on and (member.valid_to is None or on <= member.valid_to)


def _wanted(place: SigningPlace, ballot: Ballot | None, delegation: Delegation | None, *, on: dt.date) -> Wanted:
    if place.who == Who.PRESIDENT:
        return _president(delegation, ballot, on=on)
    if place.who == Who.SECRETARY:
        return _secretary(ballot, on=on)
    assert place.person is not None
    signatory = accounts.signatory_of(place.person, on=on)
    if signatory is None:
        raise _no_certificate(place.person.full_name)
    return Wanted(who=Who.PERSON, capacity=signatory.capacity, signatory=signatory)


def _president(delegation: Delegation | None, ballot: Ballot | None, *, on: dt.date) -> Wanted:
    if delegation is not None:
        delegations.check_usable(delegation, ballot, on=on)
        signatory = accounts.signatory_of(delegation.holder, on=on)
        if signatory is None:
            raise _no_certificate(delegation.holder.full_name)
        return Wanted(who=Who.PRESIDENT, capacity=signatory.capacity, signatory=signatory, delegation=delegation)
    try:
        signatory = accounts.president_signatory(on=on)
    except LookupError as vacancy:
        raise NoSignatory(
            "Aucun président n’est en fonction à cette date : l’acte ne peut être signé par personne ; "
            "enregistrez son mandat avant de mettre l’acte en forme."
        ) from vacancy
    if signatory is None:
        raise _no_certificate(str(accounts.president(on=on)))
    return Wanted(who=Who.PRESIDENT, capacity=signatory.capacity, signatory=signatory)


def _secretary(ballot: Ballot | None, *, on: dt.date) -> Wanted:
    secretary = ballot.item.sitting.secretary if ballot is not None else None
    if secretary is None:
        raise NoSignatory(
            "L’acte doit être signé par le secrétaire de séance, et aucun n’est désigné ; changez l’ordre des "
            "signatures dans l’administration, ou faites signer le président seul."
        )
    signatory = accounts.signatory_of(secretary.agent, on=on)
    if signatory is None:
        raise _no_certificate(f"{secretary}, secrétaire de séance,")
    article = "La" if secretary.agent.feminine else "Le"
    return Wanted(who=Who.SECRETARY, capacity=f"{article} Secrétaire de séance", signatory=signatory)


def _no_certificate(name: str) -> NoSignatory:
    return NoSignatory(
        f"{name} n’a pas de certificat de signature en vigueur ; l’administrateur doit l’enregistrer avant de mettre "
        "l’acte en forme."
    )


def printed(expected: ExpectedSignature) -> str:
    """The capacity as the act bears it: « Pour le Président et par délégation, la Vice-présidente… »."""
    if expected.delegation is None:
        return expected.capacity
    return f"{delegations.formula(expected.delegation)}, {expected.capacity}"
