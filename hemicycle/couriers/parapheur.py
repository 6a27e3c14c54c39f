"""Leave an act in i-Parapheur for its signatory, and bring it back signed or refused, hours or days later."""

from __future__ import annotations

from uuid import UUID

from hemicycle.accounts import queries as accounts
from hemicycle.chain.signing import queries as signing
from hemicycle.chain.signing.actions.record_asked_elsewhere import record_asked_elsewhere
from hemicycle.chain.signing.actions.record_refusal import record_refusal
from hemicycle.chain.signing.actions.record_signature import record_signature
from hemicycle.chain.signing.elsewhere import folders_left
from hemicycle.chain.signing.queries import Order
from hemicycle.couriers.outcomes import DONE, GiveUp, Later, Outcome
from hemicycle.couriers.trust import trust_roots
from hemicycle.couriers.world import World
from hemicycle.dossier.outbox import Task
from hemicycle.gateways.signature.brought import Proof, proof_of
from hemicycle.gateways.signature.errors import Rejected, Unreachable
from hemicycle.gateways.signature.parapheur import Parapheur
from hemicycle.protocols.parapheur.premis import FolderState, ReadFolder

PLACE = "iparapheur:"
#: Seconds between two questions about a folder that waits for its signatory, at most.
LONGEST = 300.0
NONE_SET = "Aucun i-Parapheur n’est réglé : HEMICYCLE_IPARAPHEUR_URL est vide."
#: A folder in one of these still answers the order.
ON_ITS_WAY = (FolderState.DRAFT, FolderState.PENDING)


def holds(reference: str) -> bool:
    """Whether the signatory signs in i-Parapheur: `iparapheur:TYPE/SUBTYPE`, whose circuit there leads to them."""
    return reference.startswith(PLACE)


def leave(dossier: UUID, order: Order, world: World) -> Outcome:
    """Make the folder as a draft and write down which; the errand that follows starts it.

    A folder made by a try that got no answer is found again by its name: never two for one order.
    """
    book = world.parapheur
    if book is None:
        return GiveUp(why=NONE_SET)
    try:
        folder, title = _folder_for(dossier, order, book)
    except Unreachable as silence:
        return Later(why=str(silence))
    except Rejected as refusal:
        return GiveUp(why=str(refusal))
    record_asked_elsewhere(
        dossier_id=dossier,
        sha256=order.sha256,
        folder=folder,
        title=title,
        agent=accounts.courier(),
        at=world.clock(),
    )
    return DONE


def _folder_for(dossier: UUID, order: Order, book: Parapheur) -> tuple[str, str]:
    """The folder of that order: the one under way, otherwise one found by its name, otherwise a new one."""
    left = folders_left(dossier, order.sha256)
    if left:
        known = _seen(book, left[-1])
        if known is not None and known.state in ON_ITS_WAY:
            return left[-1], known.name
    title = f"{order.number} {order.sha256[:12]}"
    # What came back from there and was not accepted is asked again under another name.
    title = f"{title} {len(left) + 1}" if left else title
    found = book.find(title)
    if found is None:
        kind, _, subtype = order.key_name.removeprefix(PLACE).partition("/")
        found = book.create(name=title, kind=kind, subtype=subtype, document=_document(order), pdf=order.frozen)
    return found, title


def _seen(book: Parapheur, folder: str) -> ReadFolder | None:
    """That folder, None when it is no longer there. Raises Unreachable."""
    try:
        return book.folder(folder)
    except Rejected:
        return None


def fetch_signed(task: Task, world: World) -> Outcome:
    """Ask what became of the folder: start it, wait for its signatory, bring back the signature or the refusal."""
    book = world.parapheur
    if task.dossier is None:
        return DONE
    order = signing.signing_bytes(task.dossier)
    if not order.to_carry or order.brought or order.sha256 != task.facts["sha256"]:
        return DONE
    if book is None:
        return GiveUp(why=NONE_SET)
    try:
        folder = book.folder(task.facts["folder"])
        if folder.state == FolderState.DRAFT:
            book.start(task.facts["folder"], folder.start_task)
        if folder.state in ON_ITS_WAY:
            return Later(seconds=min(2.0 * 1.5 ** min(task.attempts, 20), LONGEST))
        if folder.state == FolderState.REJECTED:
            return _refused(task.dossier, order, folder, world)
        signed = book.signed(task.facts["folder"], folder.document or _document(order))
        return _kept(task.dossier, order, signed, world)
    except Unreachable as silence:
        return Later(why=str(silence))
    except Rejected as refusal:
        return GiveUp(why=str(refusal))


def _kept(dossier: UUID, order: Order, signed: bytes, world: World) -> Outcome:
    """Judged as any signature that comes back: same bytes beneath, right person, certificate that stands."""
    roots = trust_roots()
    # What is not our file followed by something is refused by its own sentence, without asking anybody.
    ours = signed.startswith(order.frozen) and len(signed) > len(order.frozen)
    proof = proof_of(signed, at=world.clock(), known=roots) if ours else Proof()
    record_signature(
        dossier_id=dossier,
        signed=signed,
        trust_roots=roots,
        ocsp_responses=proof.ocsp_responses,
        crls=proof.crls,
        agent=accounts.courier(),
        at=world.clock(),
    )
    return DONE


def _refused(dossier: UUID, order: Order, folder: ReadFolder, world: World) -> Outcome:
    step = folder.rejection
    by = f" par {step.by}" if step is not None and step.by else ""
    said = f" : {step.note}" if step is not None and step.note else ", sans motif"
    record_refusal(
        dossier_id=dossier,
        sha256=order.sha256,
        reason=f"Refusé dans i-Parapheur{by}{said}",
        agent=accounts.courier(),
        at=world.clock(),
    )
    return DONE


def _document(order: Order) -> str:
    return f"{order.number}.pdf"
