"""Carry the summons to the members who receive it by electronic mail."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hemicycle.accounts import queries as accounts
from hemicycle.chain.sitting.actions.record_summons_sent import record_summons_sent
from hemicycle.chain.sitting.summonses import SummonsPapers, SummonsToSend, papers_of, summonses_to_send
from hemicycle.couriers.letters import HEADERS, link, message_id, sender
from hemicycle.couriers.outcomes import DONE, GiveUp, Later, Outcome
from hemicycle.couriers.world import World
from hemicycle.dossier.outbox import Task
from hemicycle.gateways.mail.errors import Rejected, Unreachable
from hemicycle.gateways.mail.letter import Attachment, Letter
from hemicycle.rendering.blocks import of_body
from hemicycle.rendering.typography import hour, long_date


def send_summonses(task: Task, world: World) -> Outcome:
    """One letter per member, each recorded before the next: a crash resends at most one, under the same Message-ID.

    An address that refuses does not keep the other members from theirs.
    """
    sitting_id = UUID(task.facts["sitting"])
    waiting = summonses_to_send(sitting_id)
    if not waiting:
        return DONE
    papers = papers_of(sitting_id)
    refused = []
    for summons in waiting:
        try:
            sent = world.post.send(_letter(summons, papers))
        except Unreachable as silence:
            return Later(why=str(silence))
        except Rejected as refusal:
            refused.append(f"{summons.member} : {refusal}")
            continue
        record_summons_sent(
            sitting_id=sitting_id,
            member_id=summons.member_id,
            message_id=sent,
            agent=accounts.courier(),
            at=world.clock(),
        )
    if refused:
        return GiveUp(
            why=f"Convocations non parties, à remettre sur papier ou après correction de l’adresse. {' '.join(refused)}"
        )
    return DONE


def _letter(summons: SummonsToSend, papers: SummonsPapers) -> Letter:
    authority = accounts.authority()
    whose = of_body(papers.body)
    day = long_date(papers.starts_at, weekday=True)
    title = "Madame la Conseillère départementale" if summons.feminine else "Monsieur le Conseiller départemental"
    text = "\n".join(
        (
            f"{title},",
            "",
            f"Vous êtes convoqué{'e' if summons.feminine else ''} à la réunion {whose},",
            f"le {day} à {hour(papers.starts_at)}, {papers.place}.",
            "",
            "La convocation et l’ordre du jour sont joints à ce message.",
            "Les rapports et leurs annexes sont à votre disposition dans votre espace :",
            "",
            link(f"/mes-seances/{papers.sitting_id}/"),
            "",
            "Si vous ne pouvez pas être présent, vous pouvez donner pouvoir à un autre membre ; chacun n’en reçoit",
            "qu’un seul. Prévenez le service des assemblées.",
            "",
            authority.name,
            authority.contact_email,
            "",
        )
    )
    return Letter(
        sender=sender(),
        recipient=f"{summons.member} <{summons.email}>",
        subject=f"Convocation – réunion {whose} le {day}",
        text=text,
        message_id=message_id("convocation", papers.sitting_id, summons.member_id),
        # The moment of the summons, not of the try: the same letter has the same bytes.
        at=timezone.localtime(summons.available_at),
        attachments=(
            Attachment(name="convocation.pdf", content=papers.convocation, media_type="application/pdf"),
            Attachment(name="ordre-du-jour.pdf", content=papers.agenda, media_type="application/pdf"),
        ),
        reply_to=authority.contact_email,
        headers=HEADERS,
    )
