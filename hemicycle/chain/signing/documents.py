"""The act itself, filled from the dossier and from the vote that adopted it."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence

import pikepdf

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Authority
from hemicycle.chain.printing import letterheads
from hemicycle.chain.printing.document_models import place_fields
from hemicycle.chain.signing.expected import Wanted, author
from hemicycle.chain.sitting.models import AgendaItem, Ballot, Sitting
from hemicycle.chain.sitting.room import formal_name
from hemicycle.chain.sitting.rules import quorum_of
from hemicycle.dossier import attachments
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Dossier, Version
from hemicycle.law.rules import in_force
from hemicycle.protocols.actes import default_classification, matiere_code
from hemicycle.rendering.blocks import AnnexLine, Signature
from hemicycle.rendering.deliberation import Deliberation, Presence, Proxy, VoteResult, render_deliberation
from hemicycle.rendering.model import ORIGIN, Model

#: « Contre (2) : groupe Y, Mme A (groupe X). » (law.wording)
_NAMED = re.compile(r"(?P<label>Contre|Abstention|N['’](?:ont|a) pas pris part)[^:]* : (?P<names>.*\D.*)\.")
_BETWEEN_NAMES = re.compile(r", (?![^(]*\))")
_NUMBERS = {1: "un", 2: "deux", 3: "trois", 4: "quatre"}


def act_pdf(
    dossier: Dossier, ballot: Ballot, signatures: Sequence[Wanted], *, at: dt.datetime, model: Model = ORIGIN
) -> bytes:
    """The act as it will be signed: the text voted, the room at that vote, the result. Raises RenderingRefused."""
    authority = accounts.authority()
    sitting = ballot.item.sitting
    *others, last = [signature_of(one, authority) for one in signatures]
    text = voted_text(ballot.item)
    act = Deliberation(
        letterhead=letterheads.of_dossier(dossier),
        number=dossier.act_number,
        body=sitting.get_body_display(),
        sitting=day(sitting.starts_at),
        title=dossier.object,
        presence=presence_at(ballot),
        text=text,
        pictures=attachments.pictures_of(dossier, text),
        vote=vote_result(ballot),
        signature=last,
        signatures_before=tuple(others),
        rapporteur=_rapporteur(dossier),
        report_number=dossier.number,
        subject_code=subject_fr(dossier.subject_code),
        more=appeal_fields(authority, recipient(signatures), on=day(sitting.starts_at)),
        annexes=annex_lines(dossier),
    )
    return render_deliberation(act, at=at, model=model)


def voted_text(item: AgendaItem) -> dict[str, object]:
    """The text of the version put before the assembly: nothing written since."""
    found: dict[str, object] = Version.objects.get(dossier=item.dossier, number=item.version).deliberation
    return found


def presence_at(ballot: Ballot) -> Presence:
    """The room as it was at that vote (documents.md §6)."""
    sitting, facts = ballot.item.sitting, ballot.presence
    return Presence(
        convened_on=day(sitting.convened_at) if sitting.convened_at else None,
        presided_by=_with_title(sitting),
        secretary=formal_name(sitting.secretary) if sitting.secretary else "",
        in_office=ballot.in_office,
        quorum=_quorum(ballot),
        present=tuple(facts["present"]),
        proxies=tuple(Proxy(giver=giver, holder=holder) for giver, holder in facts["proxies"]),
        excused=tuple(facts["excused"]),
        absent=tuple(facts["absent"]),
    )


def vote_result(ballot: Ballot) -> VoteResult:
    """The result in the sentences proclaimed at the sitting, names in their own lists."""
    names: dict[str, tuple[str, ...]] = {}
    figures = []
    for line in ballot.lines:
        found = _NAMED.fullmatch(line)
        if found is None:
            figures.append(line)
        else:
            names[found["label"][0]] = tuple(_BETWEEN_NAMES.split(found["names"]))
    return VoteResult(
        sentence=ballot.sentence,
        figures=" ".join(figures),
        against=names.get("C", ()),
        abstentions=names.get("A", ()),
        not_taking_part=names.get("N", ()),
    )


def appeal_fields(authority: Authority, president: Agent, *, on: dt.date) -> dict[str, str]:
    """What the words on appeal name: without them the delay binds nobody (CJA, R421-1 and R421-5)."""
    months = in_force("appeal.months", on).number
    return {
        **place_fields(),
        "tribunal": authority.court,
        "delai": f"{_NUMBERS.get(months, str(months))} mois",
        "au_president": f"{'à la Présidente' if president.feminine else 'au Président'} du conseil départemental",
    }


def recipient(signatures: Sequence[Wanted]) -> Agent:
    """Who receives a gracious appeal: the president, whoever signs in their stead."""
    own = author(signatures)
    return own.delegation.giver if own.delegation else own.signatory.agent


def _rapporteur(dossier: Dossier) -> str:
    """« M. Denis Castaniez, vice-président chargé des sports »."""
    if dossier.rapporteur is None:
        return ""
    title = dossier.rapporteur.title
    return f"{dossier.rapporteur}, {title[0].lower()}{title[1:]}" if title else str(dossier.rapporteur)


def _with_title(sitting: Sitting) -> str:
    if sitting.presided_by is None:
        return ""
    title = sitting.presided_by.title
    return f"{formal_name(sitting.presided_by)}, {title}" if title else formal_name(sitting.presided_by)


def _quorum(ballot: Ballot) -> str:
    """« 22 membres présents requis, 30 présents : quorum atteint »."""
    sitting = ballot.item.sitting
    check = quorum_of(
        sitting.body,
        in_office=ballot.in_office,
        present=ballot.present,
        represented=ballot.represented,
        on=day(sitting.starts_at),
    )
    who = "présents" if check.quorum.counted == "present" else "présents ou représentés"
    return f"{ballot.quorum} membres {who} requis, {check.count} {who} : quorum atteint"


def signature_of(one: Wanted, authority: Authority) -> Signature:
    # The day of the signature is not known when the bytes are frozen: its timestamp proves it.
    return Signature(
        capacity=one.capacity,
        first_name=one.signatory.agent.first_name,
        last_name=one.signatory.agent.last_name,
        place=authority.city,
        by_delegation=one.by_delegation,
        mention="Signé électroniquement ; date attestée par l’horodatage",
    )


def subject_fr(code: str) -> str:
    path = " / ".join(default_classification().path(matiere_code(code)))
    return f"{code} – {path}" if path else code


def annex_lines(dossier: Dossier, *, status: str = "annexée à la délibération") -> tuple[AnnexLine, ...]:
    """The annexes that the act names, in order."""
    return tuple(_annex(rank, a, status) for rank, a in attachments.printed_with(dossier))


def _annex(number: int, annex: Attachment, status: str) -> AnnexLine:
    title = re.sub(rf"^annexe\s*(?:n°\s*)?{number}\s*[–—:-]\s*", "", annex.title, flags=re.I)
    return AnnexLine(number=number, title=title or annex.title, pages=_pages(annex), status=status)


def _pages(annex: Attachment) -> int | None:
    if annex.media_type != "application/pdf":
        return None
    try:
        with pikepdf.open(io.BytesIO(attachments.read(annex))) as pdf:
            return len(pdf.pages)
    except pikepdf.PdfError:
        return None
