"""Playing the affair: every actor through the same actions and permissions as the site."""

from __future__ import annotations

import datetime as dt
import difflib
from typing import Any

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Body, ElectedMember
from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.circuit.actions.send_back import send_back
from hemicycle.chain.circuit.actions.submit import submit
from hemicycle.chain.drafting.actions.attach_annex import attach_annex
from hemicycle.chain.drafting.actions.import_text import import_text
from hemicycle.chain.drafting.actions.open_dossier import open_dossier
from hemicycle.chain.drafting.actions.save_text import save_text
from hemicycle.chain.drafting.actions.write_comment import write_comment
from hemicycle.chain.sitting.actions.close_sitting import close_sitting
from hemicycle.chain.sitting.actions.convene import convene
from hemicycle.chain.sitting.actions.open_sitting import open_sitting
from hemicycle.chain.sitting.actions.open_summons import open_summons
from hemicycle.chain.sitting.actions.plan_sitting import plan_sitting
from hemicycle.chain.sitting.actions.put_on_agenda import put_on_agenda
from hemicycle.chain.sitting.actions.record_attendance import record_attendance
from hemicycle.chain.sitting.actions.record_proxy import record_proxy
from hemicycle.chain.sitting.actions.record_summons_sent import record_summons_sent
from hemicycle.chain.sitting.actions.record_vote import record_vote
from hemicycle.chain.sitting.models import Sitting, Summons
from hemicycle.demonstration.cast import STEPS, Cast, circuit_of
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.journey.affair import Affair, AffairRefused, Correction
from hemicycle.journey.clock import Clock
from hemicycle.journey.record import Record
from hemicycle.journey.room import seat, votes


def draft(affair: Affair, cast: Cast, clock: Clock, record: Record) -> Dossier:
    """The drafter opens the dossier, imports the texts, attaches the annexes."""
    drafter, at = cast.drafter, clock()
    dossier = open_dossier(
        agent=drafter,
        unit_id=cast.unit.pk,
        body=affair.body,
        object=affair.object,
        subject_code=affair.subject_code,
        theme=affair.theme,
        rapporteur_id=rapporteur(affair.rapporteur, on=day(at)).pk,
        amount=affair.amount,
        target_date=day(affair.sitting),
        at=at,
    )
    record.dossier = dossier
    record.observe("drafting.open_dossier")
    record.say(f"{drafter.full_name} ouvre le dossier {dossier.number}")
    for text, path in (("report", affair.report), ("deliberation", affair.deliberation)):
        imported = import_text(
            dossier_id=dossier.id, text=text, data=path.read_bytes(), filename=path.name, agent=drafter, at=clock()
        )
        record.observe("drafting.import_text")
        record.say(f"  {path.name} importé" + "".join(f" ; {note}" for note in imported.notes))
    for annex in affair.annexes:
        attach_annex(
            dossier_id=dossier.id,
            data=annex.path.read_bytes(),
            filename=annex.path.name,
            title=annex.title,
            to_control=annex.to_control,
            agent=drafter,
            at=clock(),
        )
        record.observe("drafting.attach_annex")
        record.say(f"  annexe « {annex.title} » jointe")
    return dossier


def rapporteur(title: str, *, on: dt.date) -> ElectedMember:
    """The member whose delegation is named, or the nearest to it."""
    members = [s.member for s in accounts.members_in_office(Body.COUNCIL, on=on) if s.member.title]
    return max(members, key=lambda m: difflib.SequenceMatcher(None, m.title.lower(), title.lower()).ratio())


def go_through_circuit(affair: Affair, cast: Cast, dossier: Dossier, clock: Clock, record: Record) -> None:
    """Submit, and every visa in its order; one of them first asks for a correction."""
    correction = affair.correction
    kept = _without_what_is_missing(dossier, correction, cast.drafter, clock, record)
    try:
        plan = circuit_of(affair.visas)
    except LookupError as error:
        raise AffairRefused(str(error)) from error
    submit(dossier_id=dossier.id, circuit_id=plan.pk, agent=cast.drafter, at=clock())
    record.observe("circuit.submit")
    record.say(f"{cast.drafter.full_name} soumet le dossier : {' → '.join(affair.visas)}")
    # Every visa may be asked for twice, once per version: more rounds than that would be a defect.
    for _ in range(2 * len(affair.visas) + 2):
        dossier.refresh_from_db()
        step = next((s for s in circuit.steps_of(dossier) if s.state == "awaited"), None)
        if step is None:
            return
        agent = step.people[0]
        if correction is not None and step.role == STEPS[correction.by.lower()].role:
            _send_back(dossier, agent, correction, clock, record)
            _correct(dossier, cast, plan.pk, kept, correction, clock, record)
            correction = None
            continue
        _visa(dossier, agent, step.label, clock, record)


def _visa(dossier: Dossier, agent: Agent, label: str, clock: Clock, record: Record) -> None:
    give_visa(dossier_id=dossier.id, agent=agent, version_read=dossier.version, at=clock())
    record.observe("circuit.give_visa")
    record.say(f"  {label} : visa de {agent.full_name} sur la version {dossier.version}")


def _send_back(dossier: Dossier, agent: Agent, correction: Correction, clock: Clock, record: Record) -> None:
    send_back(dossier_id=dossier.id, agent=agent, version_read=dossier.version, reason=correction.reason, at=clock())
    record.observe("circuit.send_back")
    record.say(f"  {correction.by} : {agent.full_name} renvoie le dossier : « {correction.reason} »")


def _without_what_is_missing(
    dossier: Dossier, correction: Correction | None, drafter: Agent, clock: Clock, record: Record
) -> Any:
    """The affair gives the corrected text: its first version lacked the lines that the reason asks for.

    Returns the text as given, to be put back at the correction; None when the reason names no line of it.
    """
    if correction is None:
        return None
    given = dossier.deliberation
    lines = [b for b in given.get("content", []) if b.get("type") == "paragraph" and _asked(b, correction.reason)]
    if not lines:
        return None
    first = {**given, "content": [b for b in given["content"] if b not in lines]}
    save_text(dossier_id=dossier.id, text="deliberation", content=first, agent=drafter, at=clock())
    record.observe("drafting.save_text")
    told = " ; ".join(f"« {_words(b)} »" for b in lines)
    record.say(f"  première version sans {told} : l’affaire donne le texte corrigé")
    return given


def _asked(block: dict[str, Any], reason: str) -> bool:
    """Whether the paragraph is a visa (« Vu … ») whose words the reason quotes."""
    line = _words(block).strip(" ,.;").lower()
    return line.startswith("vu ") and line.removeprefix("vu le ").removeprefix("vu la ") in reason.lower()


def _words(block: dict[str, Any]) -> str:
    return "".join(str(run.get("text", "")) for run in block.get("content", []))


def _correct(
    dossier: Dossier, cast: Cast, circuit_id: int, kept: Any, correction: Correction, clock: Clock, record: Record
) -> None:
    if kept is not None:
        save_text(dossier_id=dossier.id, text="deliberation", content=kept, agent=cast.drafter, at=clock())
        record.observe("drafting.save_text")
    answer = f"Corrigé : {correction.reason}"
    write_comment(dossier_id=dossier.id, text=answer, agent=cast.drafter, at=clock())
    record.observe("drafting.write_comment")
    submit(dossier_id=dossier.id, circuit_id=circuit_id, agent=cast.drafter, at=clock(), note=answer)
    record.observe("circuit.submit")
    record.say(f"  {cast.drafter.full_name} corrige et soumet de nouveau")


def convene_members(affair: Affair, cast: Cast, dossier: Dossier, clock: Clock, record: Record) -> Sitting:
    """The service des assemblées plans the sitting, puts the dossier on its agenda and convenes."""
    sitting = plan_sitting(
        body=affair.body,
        starts_at=affair.sitting,
        place="Hôtel du Département, hémicycle",
        agent=cast.clerk,
        at=clock(),
    )
    record.observe("sitting.plan_sitting")
    put_on_agenda(sitting_id=sitting.id, dossier_id=dossier.id, agent=cast.clerk, at=clock())
    record.observe("sitting.put_on_agenda")
    convene(sitting_id=sitting.id, agent=cast.clerk, at=clock())
    record.observe("sitting.convene")
    record.say(f"{cast.clerk.full_name} convoque la séance du {affair.sitting:%d/%m/%Y à %H h %M}")
    on_paper = sitting.summonses.filter(channel=Summons.Channel.PAPER).order_by("id")
    for summons in on_paper:
        record_summons_sent(
            sitting_id=sitting.id, member_id=summons.member_id, message_id="", agent=cast.clerk, at=clock()
        )
    record.observe("sitting.record_summons_sent")
    record.say(f"  {len(on_paper)} convocations sur papier mises sous pli")
    return sitting


def hold_sitting(affair: Affair, cast: Cast, sitting: Sitting, dossier: Dossier, clock: Clock, record: Record) -> None:
    """Members read, the roll is called, the proxies recorded, the item voted, the sitting closed."""
    on = day(affair.sitting)
    sitters = accounts.members_in_office(affair.body, on=on)
    statuses, proxies = seat(sitters, affair.vote)
    for sitter in sitters[:3]:
        open_summons(sitting_id=sitting.id, agent=sitter.member.agent, at=clock())
    record.observe("sitting.open_summons")
    clock.go_to(affair.sitting)
    clerk = cast.clerk
    record_attendance(sitting_id=sitting.id, statuses=statuses, agent=clerk, at=clock())
    record.observe("sitting.record_attendance")
    for giver, holder in proxies:
        record_proxy(sitting_id=sitting.id, giver_id=giver, holder_id=holder, agent=clerk, at=clock())
    record.observe("sitting.record_proxy")
    opened = open_sitting(
        sitting_id=sitting.id,
        president_id=sitters[0].member.pk,
        secretary_id=sitters[1].member.pk,
        agent=clerk,
        at=clock(),
    )
    record.observe("sitting.open_sitting")
    record.say(f"séance ouverte : {affair.vote.present} présents, {affair.vote.proxies} pouvoirs")
    voters = [pk for pk, status in statuses.items() if status == "present"] + [giver for giver, _ in proxies]
    item = opened.items.get(dossier=dossier)
    ballot = record_vote(
        item_id=item.id, votes=votes(sitters, voters, affair.vote), agent=clerk, at=clock(), kind="public"
    )
    record.observe("sitting.record_vote")
    record.say(f"vote : {ballot.sentence} {' '.join(ballot.lines[:1])}")
    close_sitting(sitting_id=sitting.id, agent=clerk, at=clock())
    record.observe("sitting.close_sitting")
