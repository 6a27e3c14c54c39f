"""Carry the act back to its direction, and out to its partners."""

from __future__ import annotations

from django.utils import timezone

from hemicycle.accounts import queries as accounts
from hemicycle.chain.distribution import queries as distribution
from hemicycle.chain.distribution.actions import return_to_direction as returning
from hemicycle.chain.distribution.actions.record_notice_sent import record_notice_sent
from hemicycle.chain.distribution.queries import NoticeToSend
from hemicycle.couriers.letters import HEADERS, link, message_id, sender
from hemicycle.couriers.outcomes import DONE, GiveUp, Later, Outcome
from hemicycle.couriers.world import World
from hemicycle.dossier.kinds import author_of, kind_of
from hemicycle.dossier.outbox import Task
from hemicycle.gateways.mail.errors import Rejected, Unreachable
from hemicycle.gateways.mail.letter import Attachment, Letter, build
from hemicycle.rendering.typography import long_date


def return_to_direction(task: Task, world: World) -> Outcome:
    """Once acknowledged, the act is put among what its direction has to see."""
    if task.dossier is None:
        return DONE
    returning.return_to_direction(dossier_id=task.dossier, agent=accounts.courier(), at=world.clock())
    return DONE


def send_notice(task: Task, world: World) -> Outcome:
    """The letter and the personal link; the message is kept as it left.

    Mail cannot be asked what became of it: after a crash between sending and recording the same bytes leave again,
    under the same Message-ID.
    """
    if task.dossier is None:
        return DONE
    going = distribution.notice_to_send(task.dossier, email=task.facts["email"], mode=task.facts["mode"])
    if going is None:
        return DONE
    letter = _letter(going)
    try:
        sent = world.post.send(letter)
    except Unreachable as silence:
        return Later(why=str(silence))
    except Rejected as refusal:
        return GiveUp(why=f"L’acte n’a pas pu être adressé à {going.notice.partner}. {refusal}")
    record_notice_sent(
        notice_id=going.notice.pk, message_id=sent, eml=build(letter), agent=accounts.courier(), at=world.clock()
    )
    return DONE


def _letter(going: NoticeToSend) -> Letter:
    notice, act = going.notice, going.act.act
    kind = "Notification" if going.notifies else "Pour information"
    return Letter(
        sender=sender(),
        recipient=f"{notice.partner} <{notice.email}>",
        subject=f"{kind} : {kind_of(notice.dossier).name} n° {act.number}",
        text=_text(going),
        message_id=message_id("acte", act.number.lower(), notice.pk),
        # The moment it was prepared, not that of the try: the same letter has the same bytes.
        at=timezone.localtime(notice.prepared_at),
        attachments=(Attachment(name=going.letter_name, content=going.letter, media_type="application/pdf"),),
        reply_to=accounts.authority().contact_email,
        headers=HEADERS,
    )


def _text(going: NoticeToSend) -> str:
    notice, act = going.notice, going.act.act
    authority = accounts.authority()
    body, said = author_of(notice.dossier), kind_of(notice.dossier)
    by = f"la {body}" if body.startswith("commission") else f"le {body}"
    done = f"{'prise' if said.feminine else 'pris'}" if notice.dossier.without_vote else "adoptée"
    why = "vous notifie" if going.notifies else "vous transmet, pour votre information,"
    terms = "La lettre jointe indique les voies et délais de recours." if going.notifies else "Une lettre est jointe."
    return "\n".join(
        (
            "Madame, Monsieur,",
            "",
            f"Le {authority.name} {why} {said.the} n° {act.number},",
            f"{done} le {long_date(act.decided_on)} par {by} :",
            "",
            f"« {notice.dossier.object} »",
            "",
            f"{terms} L’acte signé et ses annexes se lisent et se téléchargent à cette adresse,",
            "qui vous est personnelle ; ne la transmettez pas :",
            "",
            link(f"/p/{notice.token}/"),
            "",
            "La date à laquelle vous ouvrez cette page et téléchargez l’acte est conservée comme preuve de l’envoi.",
            "",
            notice.dossier.unit.direction.name,
            authority.name,
            authority.contact_email,
            "",
        )
    )
