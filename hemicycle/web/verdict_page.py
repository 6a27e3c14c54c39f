"""A verdict on a signed document, as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hemicycle.chain.publication.known_files import KnownFile
from hemicycle.protocols.pades.people import plain
from hemicycle.protocols.pades.report import judged
from hemicycle.protocols.pades.summary import advice, facts, headline, kind, reasons, stamp_fact, word
from hemicycle.protocols.pades.verdicts import Outcome, Signature, Verdict

__all__ = ["Shown", "shown"]

#: Facts that a clerk reads; the others are for whoever must dig.
_FIRST = (
    *("Date prouvée", "Date annoncée", "Certificat délivré par", "Autorité reconnue", "Porte sur"),
    *("Ajouté depuis", "Modifié depuis"),
)
_SIGNS: dict[Outcome, str] = {"whole": "done", "doubtful": "warning", "refused": "refused"}


@dataclass(frozen=True, kw_only=True)
class ShownSignature:
    signer: str
    sign: str
    #: « Signature », or « Cachet ».
    kind: str
    #: « Signature entière », « Cachet douteux »
    word: str
    #: What is read first.
    facts: tuple[tuple[str, str], ...]
    details: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the page says of one file."""

    name: str
    outcome: Outcome
    sign: str
    word: str
    sentence: str
    reasons: tuple[str, ...]
    advice: str
    signatures: tuple[ShownSignature, ...]
    stamps: tuple[str, ...]
    known: KnownFile | None


def shown(data: bytes, *, name: str, roots: Sequence[bytes], at: datetime, known: KnownFile | None) -> Shown:
    """The verdict on a file; a published copy without signature is known by its digest alone."""
    verdict = judged(data, roots=roots, at=at)
    if isinstance(verdict, str):
        return _refused(name, verdict)
    copy = known is not None and not known.original and not verdict.signatures and verdict.outcome == "doubtful"
    outcome: Outcome = "whole" if copy else verdict.outcome
    return Shown(
        name=plain(name),
        outcome=outcome,
        sign=_SIGNS[outcome],
        word=word(outcome),
        sentence="Ce document est la copie que nous publions, à l’identique." if copy else headline(verdict),
        reasons=() if copy else reasons(verdict),
        advice="" if copy else advice(verdict),
        signatures=tuple(_signature(s) for s in verdict.signatures),
        stamps=tuple(stamp_fact(stamp) for stamp in verdict.stamps),
        known=known,
    )


def _refused(name: str, sentence: str) -> Shown:
    nothing = Verdict(signatures=(), problems=(sentence,))
    return Shown(
        name=plain(name),
        outcome="refused",
        sign=_SIGNS["refused"],
        word=word("refused"),
        sentence="Ce document ne peut pas être vérifié.",
        reasons=(sentence,),
        advice=advice(nothing),
        signatures=(),
        stamps=(),
        known=None,
    )


def _signature(signature: Signature) -> ShownSignature:
    told = facts(signature)
    return ShownSignature(
        signer=signature.signer,
        sign=_SIGNS[signature.outcome],
        word=f"{kind(signature)} {word(signature.outcome, feminine=not signature.seal)}",
        kind=kind(signature),
        facts=tuple(fact for fact in told if fact[0] in _FIRST),
        details=tuple(fact for fact in told if fact[0] not in (*_FIRST, "Signataire", "Organisation")),
        notes=signature.notes,
    )
