"""Notices to a partner, at the points where a test takes them up."""

from __future__ import annotations

from hemicycle.chain.distribution.actions.prepare_notice import prepare_notice
from hemicycle.chain.distribution.actions.record_notice_sent import record_notice_sent
from hemicycle.chain.distribution.models import Notice
from hemicycle.dossier.models import Dossier
from tests.cast import NOON, Cast
from tests.published_acts import acknowledged

MESSAGE_ID = "<acte.1@ormelle.example>"


def prepared(cast: Cast, *, mode: str = "notification") -> tuple[Dossier, Notice]:
    """Its letter is made and waits for the courier; the act is truly signed and stamped."""
    dossier = acknowledged(cast)
    notice = prepare_notice(
        dossier_id=dossier.id,
        partner="Club de Clérande",
        email="club@clerande.example",
        mode=mode,
        agent=cast.drafter,
        at=NOON,
    )
    return dossier, notice


def sent(cast: Cast, *, mode: str = "notification") -> tuple[Dossier, Notice]:
    """The partner has the link."""
    dossier, notice = prepared(cast, mode=mode)
    notice = record_notice_sent(
        notice_id=notice.pk, message_id=MESSAGE_ID, eml=b"From: a\r\n\r\n", agent=cast.courier, at=NOON
    )
    return dossier, notice
