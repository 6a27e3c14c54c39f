"""Acts with real bytes: a small PDF, truly signed, for the tests that read what the factories only stand in for."""

from __future__ import annotations

import datetime as dt
import io
from functools import cache

import pikepdf

from hemicycle.chain.signing.models import Act
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.gateways.signature.fake import FakeSigner
from tests.after_vote import produced
from tests.cast import NOON, Cast
from tests.factories import a_dossier, an_attachment


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
    act.save()
    return dossier, act


def a_signed_dossier(cast: Cast, *, annexes: int = 0, **traits: bool) -> Dossier:
    """A dossier whose act is truly signed, with that many annexes for the préfecture and one that stays."""
    dossier = a_dossier(cast, **({"signed": True} | traits))
    act = Act.objects.get(dossier=dossier)
    act.frozen = produced(dossier, cast, a_pdf(), f"{act.number}.pdf", at=NOON)
    act.signed = produced(dossier, cast, a_signed_pdf(), f"{act.number}-signe.pdf", at=NOON)
    act.save()
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
