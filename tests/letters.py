"""Letters of the préfecture about an act acknowledged, and our answers to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hemicycle.chain.correspondence.actions.begin_reply import begin_reply
from hemicycle.chain.correspondence.actions.prepare_reply import GivenFile, prepare_reply
from hemicycle.chain.correspondence.actions.receive_letter import receive_letter
from hemicycle.chain.correspondence.actions.record_reply_deposit import record_reply_deposit
from hemicycle.chain.correspondence.actions.send_reply import send_reply
from hemicycle.chain.correspondence.models import Letter, Reply
from hemicycle.dossier.models import Dossier
from hemicycle.protocols.actes import Member, build_message
from hemicycle.protocols.actes.messages import ARReponse, Courrier, DefereTA, FichierSigne
from tests.cast import NOON, Cast
from tests.departures import acknowledged
from tests.protocols.actes.made import a_pdf

DATED = dt.date(2026, 11, 27)
#: The letter comes four days after NOON.
CAME_AT = NOON + dt.timedelta(days=4)
ROOTS = {"simple": "CourrierSimple", "pieces": "DemandePieceComplementaire", "observations": "LettreObservations"}
MOTIVE = "La délibération ne vise pas le budget de l’exercice."
WORDS = "Le budget de l’exercice est visé à l’article 2.\n\nVous en trouverez ci-joint un extrait."


def a_message(acte_id: str, kind: str = "observations", *, dated: dt.date = DATED) -> tuple[bytes, tuple[Member, ...]]:
    """A letter of that kind and its document."""
    document = Member(name=f"{acte_id}-letter_16.pdf", data=a_pdf("Lettre"))
    files = (FichierSigne(name=document.name),)
    message: Courrier | DefereTA
    if kind == "referral":
        message = DefereTA(acte_id=acte_id, filed_on=dated, illegality="Incompétence.", documents=files)
    else:
        text = MOTIVE if kind != "simple" else ""
        message = Courrier(root=ROOTS[kind], acte_id=acte_id, dated=dated, text=text, documents=files)
    return build_message(message), (document,)


def a_letter(
    cast: Cast,
    kind: str = "observations",
    *,
    dossier: Dossier | None = None,
    tdt_id: str = "77",
    at: dt.datetime = CAME_AT,
) -> Letter:
    """Received about an act acknowledged."""
    if dossier is None:
        dossier, _ = acknowledged(cast)
    departure = dossier.departures.order_by("-attempt").first()
    assert departure is not None
    data, documents = a_message(departure.unique_id, kind)
    return receive_letter(data=data, documents=documents, tdt_id=tdt_id, agent=cast.courier, at=at)


def a_file(name: str = "extrait-du-budget.pdf") -> GivenFile:
    return GivenFile(name=name, data=a_pdf(name))


def a_reply(
    cast: Cast,
    letter: Letter | None = None,
    *,
    root: str = "ReponseLettreObservations",
    words: str = WORDS,
    files: Sequence[GivenFile] = (),
) -> Reply:
    """Prepared by the drafter."""
    return prepare_reply(
        letter_id=(letter or a_letter(cast)).id,
        root=root,
        words=words,
        files=files,
        agent=cast.drafter,
        at=CAME_AT,
    )


def ordered(cast: Cast, letter: Letter | None = None, **how: object) -> Reply:
    """The service des assemblées has it leave."""
    reply = a_reply(cast, letter, **how)  # type: ignore[arg-type]
    return send_reply(reply_id=reply.pk, agent=cast.clerk, at=CAME_AT)


def leaving(cast: Cast, letter: Letter | None = None, **how: object) -> Reply:
    """The intent is committed."""
    return begin_reply(reply_id=ordered(cast, letter, **how).pk, agent=cast.courier, at=CAME_AT)


def sent(
    cast: Cast, letter: Letter | None = None, *, tdt_id: str = "78", at: dt.datetime = CAME_AT, **how: object
) -> Reply:
    """The TdT took it."""
    reply = leaving(cast, letter, **how)
    return record_reply_deposit(reply_id=reply.pk, tdt_id=tdt_id, reconciled=False, agent=cast.courier, at=at)


def a_receipt(reply: Reply, *, received_on: dt.date = dt.date(2026, 11, 30)) -> bytes:
    """The 4-5 of an answer to a letter of observations."""
    letter = reply.letter
    root = "ARPieceComplementaire" if letter.kind == "pieces" else "ARReponseRejetLettreObservations"
    return build_message(
        ARReponse(root=root, acte_id=letter.departure.unique_id, dated=letter.dated, received_on=received_on)
    )
