"""Acts that went through everything, with real bytes: signed, acknowledged, stamped, online."""

from __future__ import annotations

import datetime as dt

from hemicycle.chain.archiving.actions.begin_deposit import begin_deposit
from hemicycle.chain.archiving.actions.build_package import build_package
from hemicycle.chain.archiving.actions.record_deposit import record_deposit
from hemicycle.chain.archiving.models import Deposit
from hemicycle.chain.publication.actions.publish import publish
from hemicycle.chain.transmission.actions.make_stamped_copy import make_stamped_copy
from hemicycle.chain.transmission.actions.record_acknowledgement import record_acknowledgement
from hemicycle.dossier.models import Dossier
from tests.cast import NOON, Cast
from tests.departures import an_acknowledgement
from tests.departures import deposited as at_the_tdt

#: Three days after NOON, once the préfecture has answered.
ONLINE_AT = NOON + dt.timedelta(days=3)
OPERATION = "aeeaaaaaaghj1"


def acknowledged(cast: Cast, *, annexes: int = 1) -> Dossier:
    """Received by the préfecture, with a copy that says so."""
    dossier, departure = at_the_tdt(cast, annexes=annexes)
    data = an_acknowledgement(departure)
    record_acknowledgement(dossier_id=dossier.id, data=data, agent=cast.courier, at=NOON)
    make_stamped_copy(dossier_id=dossier.id, agent=cast.courier, at=NOON)
    dossier.refresh_from_db()
    return dossier


def published(cast: Cast, *, annexes: int = 1) -> Dossier:
    """Online since ONLINE_AT."""
    dossier = acknowledged(cast, annexes=annexes)
    publish(dossier_id=dossier.id, agent=cast.clerk, at=ONLINE_AT)
    dossier.refresh_from_db()
    return dossier


def packed(cast: Cast) -> tuple[Dossier, Deposit]:
    """Its package is ready."""
    dossier = published(cast)
    return dossier, build_package(dossier_id=dossier.id, agent=cast.courier, at=ONLINE_AT)


def leaving(cast: Cast) -> tuple[Dossier, Deposit]:
    """The intent to deposit is committed."""
    dossier, _ = packed(cast)
    return dossier, begin_deposit(dossier_id=dossier.id, agent=cast.courier, at=ONLINE_AT)


def deposited(cast: Cast) -> tuple[Dossier, Deposit]:
    """The archive holds the package and has not replied."""
    dossier, _ = leaving(cast)
    deposit = record_deposit(
        dossier_id=dossier.id, operation=OPERATION, reconciled=False, agent=cast.courier, at=ONLINE_AT
    )
    dossier.refresh_from_db()
    return dossier, deposit


def a_reply(deposit: Deposit, code: str = "OK", *, request: str | None = None, cause: str = "") -> bytes:
    """What the archive answers; `request` the identifier echoed when it is not the deposit's own."""
    event = (
        "<Operation><Event><EventTypeCode>CHECK_SEDA</EventTypeCode><EventType>Contrôle du bordereau</EventType>"
        f"<EventDateTime>2026-11-27T12:00:00</EventDateTime><Outcome>{code}</Outcome>"
        f"<OutcomeDetailMessage>{cause}</OutcomeDetailMessage></Event></Operation>"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<ArchiveTransferReply xmlns="fr:gouv:culture:archivesdefrance:seda:v2.2"><Date>2026-11-27T12:00:00Z</Date>'
        f"<MessageIdentifier>{OPERATION}</MessageIdentifier>"
        '<DataObjectPackage><DescriptiveMetadata><ArchiveUnit id="ID1"><Content>'
        "<SystemId>aeaqaaaaaaeb</SystemId></Content></ArchiveUnit></DescriptiveMetadata></DataObjectPackage>"
        f"<ReplyCode>{code}</ReplyCode>{event if cause else ''}"
        f"<MessageRequestIdentifier>{deposit.message_identifier if request is None else request}"
        "</MessageRequestIdentifier></ArchiveTransferReply>\n"
    ).encode()
