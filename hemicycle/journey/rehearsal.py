"""What the first actions would refuse, asked of an affair before any program is started.

The same rules as the actions': a refusal is the same sentence, told in a second instead of fifteen.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from hemicycle.chain.drafting.rules import (
    MAX_TRANSMISSION,
    Accepted,
    NotAccepted,
    accept_amount,
    accept_file,
    accept_object,
    accept_subject_code,
)
from hemicycle.chain.sitting.rules import LAW_BODY, quorum_of
from hemicycle.demonstration.assembly import CANTONS
from hemicycle.journey.affair import Affair, AffairRefused, AnnexFile, PartnerLine
from hemicycle.journey.room import check_figures
from hemicycle.law.ballot import outcome
from hemicycle.law.quorum import second_meeting
from hemicycle.law.rule import LawError
from hemicycle.texts.reading import Reading, read_document
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.structure import read_deliberation

#: Two members by canton sit in the council of the demonstration, and all of them in its standing committee.
IN_OFFICE = 2 * len(CANTONS)
#: The settings are not read yet: dossier.dates cannot say which day it is in Paris.
PARIS = ZoneInfo("Europe/Paris")


def rehearse(affair: Affair) -> None:
    """Check the fields, the files and the figures of the affair. Raises AffairRefused."""
    try:
        accept_object(affair.object)
        accept_subject_code(affair.subject_code)
        if affair.amount is not None:
            accept_amount(affair.amount)
        _texts(affair)
        _annexes(affair.annexes)
        _sitting(affair)
        _partners(affair.partners)
    except (NotAccepted, TextRefused, LawError) as refusal:
        raise AffairRefused(str(refusal)) from refusal


def _texts(affair: Affair) -> None:
    for path in (affair.report, affair.deliberation):
        reading: Reading = read_document(path.read_bytes(), path.name)
        accept_file(path.read_bytes(), path.name)
        if path == affair.deliberation and not read_deliberation(reading.doc).articles:
            raise AffairRefused(
                f"Le projet de délibération « {path.name} » n’a aucun article ; écrivez « Article 1 – … »."
            )


def _annexes(annexes: tuple[AnnexFile, ...]) -> None:
    total = 0
    for annex in annexes:
        data = annex.path.read_bytes()
        accepted: Accepted = accept_file(data, annex.path.name)
        if accepted.editable:
            read_document(data, accepted.name)
        total += len(data)
        if total > MAX_TRANSMISSION:
            raise AffairRefused(
                f"Avec « {accepted.name} », les annexes pèseraient {total // 1_048_576} Mo ; la préfecture n’accepte "
                f"pas plus de {MAX_TRANSMISSION // 1_048_576} Mo par acte : allégez ou retirez une annexe."
            )


def _sitting(affair: Affair) -> None:
    """The room and the ballot: an affair that has no quorum or is rejected cannot end archived."""
    vote, on = affair.vote, affair.sitting.astimezone(PARIS).date()
    check_figures(vote, in_office=IN_OFFICE)
    quorum = quorum_of(affair.body, in_office=IN_OFFICE, present=vote.present, represented=vote.proxies, on=on)
    if not quorum.reached:
        again = second_meeting(LAW_BODY[affair.body], failed_on=on)
        raise AffairRefused(
            f"{quorum.explanation} La réunion se tiendrait de plein droit le {again.on:%d/%m/%Y} ({again.article}) ; "
            "corrigez [vote] ou « seance » dans affaire.toml."
        )
    decided = outcome(
        for_=vote.for_,
        against=vote.against,
        abstentions=vote.abstentions,
        no_part=vote.no_part,
        blank=0,
        present=vote.present,
        represented=vote.proxies,
        kind="public",
        president_vote="for" if vote.for_ else "abstention",
        body=LAW_BODY[affair.body],
        on=on,
    )
    if not decided.adopted:
        raise AffairRefused(
            f"Avec {vote.for_} voix pour et {vote.against} contre, la délibération serait rejetée : elle n’irait ni à "
            "la préfecture ni à l’archive ; corrigez [vote] dans affaire.toml."
        )


def _partners(partners: tuple[PartnerLine, ...]) -> None:
    told: set[tuple[str, str]] = set()
    for partner in partners:
        try:
            validate_email(partner.email)
        except ValidationError as error:
            raise AffairRefused(
                f"« {partner.email} », courriel de {partner.name}, n’est pas une adresse électronique ; corrigez-la."
            ) from error
        if (partner.email.lower(), partner.mode) in told:
            raise AffairRefused(
                f"{partner.email} recevrait deux fois le même envoi ({partner.mode}) ; retirez {partner.name}."
            )
        told.add((partner.email.lower(), partner.mode))
