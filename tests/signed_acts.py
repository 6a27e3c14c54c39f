"""Acts with real bytes: a small PDF, truly signed, for the tests that read what the factories only stand in for."""

from __future__ import annotations

import datetime as dt
import io
from functools import cache

import pikepdf

from hemicycle.accounts.models import Agent, Delegation, Signatory
from hemicycle.chain.signing.actions.begin_gesture import begin_gesture
from hemicycle.chain.signing.actions.order_signature import order_signature
from hemicycle.chain.signing.actions.record_signature import record_signature
from hemicycle.chain.signing.models import Act, ExpectedSignature, Publicity, SigningGesture
from hemicycle.dossier import attachments
from hemicycle.dossier.models import Attachment, Dossier, Entitlement
from hemicycle.gateways.signature.fake import FakeSigner, token_over
from hemicycle.protocols.pades.stamp import finish_stamp, prepare_stamp
from tests.after_vote import produced
from tests.cast import NOON, SINCE, Cast
from tests.factories import a_delegation, a_dossier, an_attachment


@cache
def a_pdf(mark: str = "acte") -> bytes:
    """One blank page; another mark, other bytes."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.docinfo["/Title"] = pikepdf.String(mark)
        pdf.save(out, deterministic_id=True)
    return out.getvalue().rstrip() + b"\n"


@cache
def the_president_s_signer() -> FakeSigner:
    """Signs in the name of the cast's president."""
    return FakeSigner("Jean Valmorin")


@cache
def the_seal() -> FakeSigner:
    """The organisation's own key."""
    return FakeSigner("Département de l’Ormelle", seal=True)


def sign_pdf(pdf: bytes, signer: FakeSigner | None = None, *, at: dt.datetime = NOON) -> bytes:
    return (signer or the_president_s_signer()).sign(pdf, at=at, reason="Délibération", location="Ambrelle")


@cache
def a_signed_pdf() -> bytes:
    return sign_pdf(a_pdf())


def an_act_to_sign(cast: Cast, *, ordered: bool = False) -> tuple[Dossier, Act]:
    """A dossier whose act is a PDF that can be signed; `ordered` by the president."""
    dossier = a_dossier(cast, to_sign=True)
    act = Act.objects.get(dossier=dossier)
    act.frozen = produced(dossier, cast, a_pdf(), f"{act.number}.pdf", at=NOON)
    if ordered:
        act.state, act.ordered_by, act.ordered_at = Act.State.ORDERED, cast.president, NOON
        act.signatures.update(state=Act.State.ORDERED, ordered_by=cast.president, ordered_at=NOON)
    act.save()
    return dossier, act


def a_gesture(cast: Cast, count: int = 2, **codes: str) -> tuple[SigningGesture, list[Act]]:
    """So many acts, each its own PDF, that the president ordered at once, and the codes typed."""
    gesture = begin_gesture(codes=codes, agent=cast.president, at=NOON)
    acts = []
    for rank in range(count):
        dossier, act = an_act_to_sign(cast)
        act.frozen = produced(dossier, cast, a_pdf(f"acte {rank}"), f"{act.number}.pdf", at=NOON)
        act.save(update_fields=["frozen"])
        order = {"dossier_id": dossier.id, "sha256_read": act.frozen.sha256, "agent": cast.president, "at": NOON}
        acts.append(order_signature(**order, gesture_id=gesture.pk))
    return gesture, acts


def a_delegation_of_signature(cast: Cast, *, executory: bool = True) -> Delegation:
    """The first vice-president may sign for the president: she has a certificate, the arrêté is executory."""
    holder = cast.members[1].agent
    Signatory.objects.get_or_create(
        agent=holder,
        defaults={
            "capacity": "La Vice-présidente chargée des finances",
            "key_name": "vice-presidente",
            "valid_from": SINCE,
        },
    )
    delegation = a_delegation(cast.president, holder, scope="signature")
    if executory:
        Publicity.objects.create(
            delegation=delegation, transmitted_on=delegation.valid_from, published_on=delegation.valid_from
        )
    return delegation


def an_act_by_delegation(cast: Cast) -> tuple[Dossier, Act, Agent]:
    """An act drawn up for the first vice-president, in the president's stead; and her."""
    dossier, act = an_act_to_sign(cast)
    delegation = a_delegation_of_signature(cast)
    signatory = Signatory.objects.get(agent=delegation.holder)
    Entitlement.objects.create(dossier=dossier, agent=delegation.holder, role="elected", since=NOON)
    act.signatures.update(delegation=delegation, signatory=signatory, capacity=signatory.capacity)
    return dossier, act, delegation.holder


def an_act_of_two(cast: Cast) -> tuple[Dossier, Act, Agent]:
    """An act that the secretary of the sitting signs, then the president; and the secretary."""
    dossier, act = an_act_to_sign(cast)
    secretary = cast.members[4].agent
    signatory = Signatory.objects.create(
        agent=secretary, capacity="Conseillère départementale", key_name="secretaire", valid_from=SINCE
    )
    Entitlement.objects.create(dossier=dossier, agent=secretary, role="elected", since=NOON)
    act.signatures.update(rank=2, state=ExpectedSignature.State.WAITING)
    ExpectedSignature.objects.create(
        act=act,
        rank=1,
        who=ExpectedSignature.Who.SECRETARY,
        capacity="La Secrétaire de séance",
        signatory=signatory,
        state=ExpectedSignature.State.TO_SIGN,
    )
    return dossier, act, secretary


def signed_by_the_secretary(cast: Cast, dossier: Dossier, secretary: Agent) -> bytes:
    """The secretary orders her signature and it comes back; the file that the president will sign."""
    act = Act.objects.get(dossier=dossier)
    order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=secretary, at=NOON)
    signed = sign_pdf(a_pdf(), the_signer_of(secretary.full_name))
    record_signature(dossier_id=dossier.id, signed=signed, agent=cast.courier, at=NOON)
    return signed


@cache
def the_signer_of(name: str) -> FakeSigner:
    return FakeSigner(name)


def an_act_proven(cast: Cast) -> Act:
    """An act that the president signed, its proof followed."""
    _, (act,) = a_gesture(cast, 1)
    signed = sign_pdf(attachments.read(act.frozen))
    return record_signature(dossier_id=act.dossier_id, signed=signed, agent=cast.courier, at=NOON)


def prolonged_pdf(pdf: bytes) -> bytes:
    """The file with a document timestamp after its bytes, by the unit of the tests."""
    unstamped = prepare_stamp(pdf)
    return finish_stamp(unstamped, token=token_over(unstamped.digest, NOON))


def a_signed_dossier(cast: Cast, *, annexes: int = 0, **traits: bool) -> Dossier:
    """A dossier whose act is truly signed, with that many annexes for the préfecture and one that stays."""
    dossier = a_dossier(cast, **({"signed": True} | traits))
    act = Act.objects.get(dossier=dossier)
    act.frozen = produced(dossier, cast, a_pdf(), f"{act.number}.pdf", at=NOON)
    act.signed = produced(dossier, cast, a_signed_pdf(), f"{act.number}-signe.pdf", at=NOON)
    act.save()
    act.signatures.update(signed=act.signed)
    for rank in range(1, annexes + 1):
        an_annex(dossier, cast, order=rank, to_control=True)
    if annexes:
        an_annex(dossier, cast, order=annexes + 1, to_control=False)
    return dossier


def an_annex(dossier: Dossier, cast: Cast, *, order: int, to_control: bool) -> Attachment:
    return an_attachment(
        dossier,
        a_pdf(f"annexe {order}"),
        by=cast.drafter,
        name=f"annexe-{order}.pdf",
        title=f"Annexe {order}",
        order=order,
        to_control=to_control,
        type_code="99_DE",
    )
