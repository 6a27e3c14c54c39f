"""Bring in the letters of the préfecture, and carry our answers: each once."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from hemicycle.accounts import queries as accounts
from hemicycle.chain.correspondence import queries as correspondence
from hemicycle.chain.correspondence.actions.begin_reply import begin_reply
from hemicycle.chain.correspondence.actions.receive_letter import receive_letter
from hemicycle.chain.correspondence.actions.record_reply_deposit import record_reply_deposit
from hemicycle.chain.correspondence.actions.record_reply_receipt import ReceiptForNobody, record_reply_receipt
from hemicycle.chain.correspondence.actions.record_reply_refused import record_reply_refused
from hemicycle.chain.correspondence.queries import STATES, Leaving
from hemicycle.chain.transmission import queries as transmission
from hemicycle.chain.transmission.actions.park_message import park_message
from hemicycle.chain.transmission.actions.receive_message import receive_message
from hemicycle.couriers.outcomes import DONE, GiveUp, Later, Outcome
from hemicycle.couriers.world import World
from hemicycle.dossier.outbox import Task
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.gateways.antivirus.errors import Rejected as NotScanned
from hemicycle.gateways.antivirus.errors import Unreachable as NoAntivirus
from hemicycle.gateways.prefecture.errors import Rejected, Unreachable
from hemicycle.gateways.prefecture.letters import Reply
from hemicycle.protocols.actes import ActesError, Member, Piece, read_return, write_archive
from hemicycle.protocols.actes.messages import ARReponse, Courrier, DefereTA
from hemicycle.protocols.actes.returned import ReturnedMessage

log = logging.getLogger("hemicycle.couriers")

#: Seconds between two looks at the letters.
EVERY = 20.0
#: Seconds before the TdT is asked about an answer whose outcome is unknown: what it was doing is then over.
LET_IT_END = 30.0


def collect_letters(world: World) -> int:
    """One look at what the préfecture wrote; each letter is marked as taken once it is kept. Returns how many."""
    taken = 0
    try:
        for number in world.tdt.letters():
            letter = world.tdt.letter(number)
            if letter.doubt:
                _put_aside(letter.parts, letter.doubt, world)
            else:
                take_return(letter.parts, number=number, world=world)
            world.tdt.letter_taken(number)
            taken += 1
    except (Unreachable, Rejected) as silence:
        log.info("letters of the préfecture: %s", silence)
    return taken


def take_return(parts: Sequence[Member], *, number: str, world: World) -> None:
    """Each message of a return to where it belongs; what belongs nowhere is put aside whole.

    `number`: the name its carrier gave it, empty when it gave none.
    """
    try:
        found = read_return(parts)
    except ActesError as reason:
        _put_aside(parts, str(reason), world)
        return
    if found is None:
        # « Multi-canal »: a few words without any message (norm, section 1); anything else is to be looked at.
        if not all(part.name.endswith((".html", ".txt")) for part in parts):
            _put_aside(parts, "Ce retour ne contient aucun message @CTES lisible.", world)
        return
    ours = accounts.authority().siren
    if found.siren != ours:
        _put_aside(parts, f"Ce retour s’adresse à une autre collectivité (SIREN {found.siren}).", world)
        return
    if not found.messages:
        receive_message(data=found.envelope_data, agent=accounts.courier(), at=world.clock())
    for message in found.messages:
        _take(message, parts, number, world)


def _take(message: ReturnedMessage, parts: Sequence[Member], number: str, world: World) -> None:
    courier, at = accounts.courier(), world.clock()
    try:
        match message.message:
            case Courrier() | DefereTA():
                receive_letter(data=message.data, documents=message.documents, tdt_id=number, agent=courier, at=at)
            case ARReponse():
                record_reply_receipt(data=message.data, agent=courier, at=at)
            case _:
                receive_message(data=message.data, agent=courier, at=at)
    except ActionRefused as refusal:
        _put_aside(parts, str(refusal), world)


def _put_aside(parts: Sequence[Member], why: str, world: World) -> None:
    """The whole return, in an archive when it has several parts."""
    if not parts:
        return
    data = parts[0].data if len(parts) == 1 else write_archive(parts)
    park_message(data=data, why=why, kind="retour de la préfecture", agent=accounts.courier(), at=world.clock())


def deposit_reply(task: Task, world: World) -> Outcome:
    """Send once and only once: the intent is committed first, an unknown outcome is looked up before any retry."""
    going = correspondence.leaving(task.facts["reply"])
    if going.state not in (STATES.ORDERED, STATES.SENDING):
        return DONE
    if going.state == STATES.ORDERED and (closed := transmission.closed_at(world.clock())) is not None:
        return Later(seconds=min(max((closed.until - world.clock()).total_seconds(), 1.0), 600.0))
    reply = _reply(going)
    try:
        if going.state == STATES.SENDING:
            known = world.tdt.find_answer(reply)
            if known is not None:
                return _deposited(going, known, world, reconciled=True)
        elif (threat := _threat(reply.pieces, world)) is not None:
            return _refused(going, threat, world)
        begin_reply(reply_id=going.reply, agent=accounts.courier(), at=world.clock())
        return _deposited(going, world.tdt.answer(reply), world, reconciled=False)
    except (Unreachable, NoAntivirus) as silence:
        unknown = isinstance(silence, Unreachable) and silence.outcome_unknown
        return Later(seconds=LET_IT_END if unknown else None, why=str(silence))
    except (Rejected, NotScanned) as refusal:
        return _refused(going, str(refusal), world)


def _threat(pieces: Sequence[Piece], world: World) -> str | None:
    """What the antivirus found, in a sentence; None where there is none. Raises NoAntivirus, NotScanned."""
    if world.antivirus is None:
        return None
    for piece in pieces:
        verdict = world.antivirus.scan(piece.data)
        if not verdict.clean:
            return f"L’antivirus a trouvé un logiciel malveillant dans « {piece.name} » ({verdict.threat})."
    return None


def _reply(going: Leaving) -> Reply:
    return Reply(
        letter=going.letter,
        act=going.act,
        acte_id=going.acte_id,
        root=going.root,
        letter_dated=going.letter_dated,
        pieces=correspondence.pieces_of(going.reply),
        earlier=going.earlier,
    )


def _deposited(going: Leaving, number: str, world: World, *, reconciled: bool) -> Outcome:
    record_reply_deposit(
        reply_id=going.reply, tdt_id=number, reconciled=reconciled, agent=accounts.courier(), at=world.clock()
    )
    return DONE


def _refused(going: Leaving, reason: str, world: World) -> Outcome:
    record_reply_refused(reply_id=going.reply, reason=reason, agent=accounts.courier(), at=world.clock())
    return DONE


def collect_reply_receipt(task: Task, world: World) -> Outcome:
    """Ask what became of the answer, until the préfecture acknowledges it or it is refused."""
    going = correspondence.leaving(task.facts["reply"])
    if going.state != STATES.DEPOSITED:
        return DONE
    try:
        status = world.tdt.status(going.tdt_id)
    except Unreachable as silence:
        return Later(why=str(silence))
    except Rejected as refusal:
        return GiveUp(why=str(refusal))
    if status.failed:
        return _refused(going, status.error or "La réponse est en erreur chez le tiers de télétransmission.", world)
    if not going.awaits_receipt:
        return DONE if status.state >= 3 else Later()
    if status.message is None:
        return Later()
    try:
        record_reply_receipt(data=status.message, agent=accounts.courier(), at=world.clock())
    except ReceiptForNobody as refusal:
        park_message(data=status.message, why=str(refusal), agent=accounts.courier(), at=world.clock())
        return GiveUp(why=f"{refusal} Le message reçu est mis de côté.")
    return DONE
