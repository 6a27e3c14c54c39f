"""After the vote: signature, préfecture, return, partners, publication, archive; the couriers carry in between."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from http import HTTPStatus
from typing import Any

import httpx
from django.test import Client

from hemicycle.chain.distribution.actions.open_notice import open_notice
from hemicycle.chain.distribution.actions.prepare_notice import prepare_notice
from hemicycle.chain.distribution.actions.record_download import record_download
from hemicycle.chain.distribution.queries import by_token
from hemicycle.chain.publication.actions.publish import publish
from hemicycle.chain.signing.actions.order_signature import order_signature
from hemicycle.chain.signing.models import Act
from hemicycle.couriers.rounds import run_once
from hemicycle.couriers.world import World
from hemicycle.demonstration.cast import Cast
from hemicycle.dossier import outbox
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage
from hemicycle.journey.affair import Affair
from hemicycle.journey.clock import Clock
from hemicycle.journey.record import Record

#: Seconds left to the outside world for one answer.
PATIENCE = 60.0


class JourneyStopped(Exception):
    """The affair could not reach its end; str() is one French sentence."""


def carry_until(reached: Callable[[], bool], *, world: World, record: Record, what: str) -> None:
    """Let the couriers walk until the state is reached. Raises JourneyStopped when it is not."""
    limit = time.monotonic() + PATIENCE
    while True:
        moved = run_once(world)
        record.observe()
        if reached():
            return
        if stuck := [e for e in outbox.in_trouble() if e.state == e.State.FAILED]:
            raise JourneyStopped(f"{what} : {stuck[0].last_error}")
        if time.monotonic() > limit:
            waiting = outbox.in_trouble()
            why = waiting[0].last_error if waiting else "aucune réponse dans le délai"
            raise JourneyStopped(f"{what} n’a pas abouti en {PATIENCE:.0f} s : {why}.")
        if not moved:
            time.sleep(0.05)


def at_stage(dossier: Dossier, *stages: Stage) -> Callable[[], bool]:
    def reached() -> bool:
        dossier.refresh_from_db()
        if dossier.stage == Stage.REFUSED_BY_PREFECTURE and Stage.REFUSED_BY_PREFECTURE not in stages:
            departure = dossier.departures.order_by("-attempt").first()
            raise JourneyStopped(
                f"La préfecture a refusé l’acte : {departure.anomaly_detail if departure else 'motif inconnu'}"
            )
        if dossier.stage == Stage.REFUSED_BY_ARCHIVE:
            deposit = dossier.deposits.order_by("-attempt").first()
            raise JourneyStopped(f"L’archive a refusé le versement : {deposit.reply_detail if deposit else ''}")
        return dossier.stage in stages

    return reached


def sign(cast: Cast, dossier: Dossier, clock: Clock, world: World, record: Record) -> Act:
    """The act is drawn up; the president reads it and orders its signature."""
    carry_until(at_stage(dossier, Stage.TO_SIGN), world=world, record=record, what="La mise en forme de l’acte")
    act = Act.objects.get(dossier=dossier)
    order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=cast.president, at=clock())
    record.observe("signing.order_signature")
    record.say(f"{cast.president.full_name} signe l’acte {act.number}")
    carry_until(
        at_stage(dossier, Stage.SIGNED, Stage.TRANSMITTED, Stage.ACKNOWLEDGED),
        world=world,
        record=record,
        what="La signature",
    )
    act.refresh_from_db()
    return act


def transmit(dossier: Dossier, world: World, record: Record) -> None:
    """The préfecture receives the act and acknowledges it; the stamped copy is made, the direction has it back."""
    carry_until(at_stage(dossier, Stage.ACKNOWLEDGED), world=world, record=record, what="La transmission")
    carry_until(idle, world=world, record=record, what="Le retour à la direction")


def idle() -> bool:
    """Whether the couriers have nothing left to carry."""
    return outbox.waiting() == 0


def tell_partners(affair: Affair, cast: Cast, dossier: Dossier, clock: Clock, world: World, record: Record) -> None:
    """The direction sends the act to its partners."""
    for partner in affair.partners:
        prepare_notice(
            dossier_id=dossier.id,
            partner=partner.name,
            email=partner.email,
            mode=partner.mode,
            agent=cast.drafter,
            at=clock(),
        )
        record.observe("distribution.prepare_notice")
        record.say(f"{cast.drafter.full_name} adresse l’acte à {partner.name} ({partner.mode})")
    carry_until(idle, world=world, record=record, what="L’envoi aux partenaires")


def partners_read(mail_url: str, clock: Clock, record: Record) -> None:
    """Each partner opens the link received by e-mail and downloads what it offers."""
    for message in httpx.get(f"{mail_url}/messages.json", timeout=30).json():
        source = httpx.get(f"{mail_url}/messages/{message['number']}.eml", timeout=30).content
        body = message_from_bytes(source, policy=default).get_body(("plain",))
        link = re.search(r"/p/([\w-]+)/", body.get_content() if body else "")
        if link is None:
            continue
        if Client(headers={"host": "localhost"}).get(link.group()).status_code != HTTPStatus.OK:
            raise JourneyStopped(f"Le lien personnel {link.group()} du partenaire ne s’ouvre pas.")
        notice = open_notice(token=link.group(1), at=clock())
        record.observe("distribution.open_notice", notice=notice.pk)
        page = by_token(link.group(1))
        for offered in page.files if page else ():
            record_download(token=link.group(1), file=offered.attachment.id, at=clock())
        record.observe("distribution.record_download", notice=notice.pk)
        record.say(f"{notice.partner} ouvre son courrier et télécharge l’acte")


def put_online(cast: Cast, dossier: Dossier, clock: Clock, record: Record) -> Any:
    """The service des assemblées publishes the act."""
    publication = publish(dossier_id=dossier.id, agent=cast.clerk, at=clock())
    record.observe("publication.publish")
    record.say(f"{cast.clerk.full_name} met l’acte en ligne : {publication.executory_explanation}")
    return publication


def archive(dossier: Dossier, world: World, record: Record) -> None:
    """The package leaves for the archive, whose reply is read."""
    carry_until(at_stage(dossier, Stage.ARCHIVED), world=world, record=record, what="Le versement à l’archive")
    carry_until(idle, world=world, record=record, what="Les dernières tournées")
