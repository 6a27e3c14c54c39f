"""A verdict told to a clerk: one sentence first, then what to do, then the facts of each signature."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from . import sentences
from .verdicts import Outcome, Signature, Stamp, Verdict

__all__ = ["advice", "facts", "headline", "kind", "reasons", "stamp_fact", "word"]

_PARIS = ZoneInfo("Europe/Paris")
_WORDS: dict[Outcome, tuple[str, str]] = {
    "whole": ("entier", "entière"),
    "doubtful": ("douteux", "douteuse"),
    "refused": ("refusé", "refusée"),
}
_LEVELS = {
    "B-B": "sans preuve de date",
    "B-T": "datée par un horodatage",
    "B-LT": "horodatée, avec les preuves de validité du certificat",
    "B-LTA": "horodatée, avec les preuves de validité du certificat, et protégée pour l’archivage",
}
_PROOFS = {
    "ocsp": "preuve jointe (réponse OCSP)",
    "crl": "preuve jointe (liste de révocation)",
    "": "aucune preuve jointe",
}
UNSIGNED = "Ce document ne porte aucune signature : rien ne dit de qui il vient, ni s’il a été modifié."


def word(outcome: Outcome, *, feminine: bool = False) -> str:
    """The outcome in one word, agreeing with « document » or « signature »."""
    return _WORDS[outcome][feminine]


def headline(verdict: Verdict) -> str:
    """The verdict in one sentence."""
    if verdict.outcome == "refused":
        return "Ne vous fiez pas à ce document."
    if not verdict.signatures:
        return UNSIGNED
    if verdict.outcome == "doubtful":
        return "Ce document ne peut pas être tenu pour sûr : un doute demeure."
    return f"Ce document est entier : rien n’y a changé depuis {_gestures(verdict)}."


def kind(signature: Signature) -> str:
    """What it is, in one word: a person signs, an organisation seals."""
    return "Cachet" if signature.seal else "Signature"


def _gestures(verdict: Verdict) -> str:
    """« sa signature par A et B », « le cachet de C »."""
    people = list(dict.fromkeys(s.signer for s in verdict.signatures if not s.seal))
    seals = list(dict.fromkeys(s.signer for s in verdict.signatures if s.seal))
    said = [f"sa signature par {sentences.enumerated(people)}"] if people else []
    said += [f"le cachet de « {sentences.enumerated(seals)} »"] if seals else []
    return " et ".join(said)


def reasons(verdict: Verdict) -> tuple[str, ...]:
    """Why the document is refused or doubtful: every problem and doubt, once each."""
    unknown = [n for s in verdict.signatures if not s.trusted and not (s.problems or s.doubts) for n in s.notes[:1]]
    return tuple(dict.fromkeys((*verdict.faults, *unknown)))


def advice(verdict: Verdict) -> str:
    """What to do now, in one sentence."""
    if verdict.outcome == "whole":
        return "Vous pouvez vous y fier."
    if verdict.outcome == "refused":
        return "Demandez l’original à son auteur, sans utiliser celui-ci."
    if not verdict.signatures:
        return "Demandez l’original signé à son auteur."
    return "Faites confirmer le document par son auteur avant de vous y fier."


def facts(signature: Signature) -> tuple[tuple[str, str], ...]:
    """What is known of one signature: terms and values; French dates, in the time of Paris."""
    life = f"du {_day(signature.valid_from)} au {_day(signature.valid_until)}"
    told = [
        ("Organisation" if signature.seal else "Signataire", signature.signer),
        ("Certificat délivré par", signature.authority or signature.issuer),
        ("Date prouvée", _proven(signature)),
        ("Date annoncée", _instant(signature.signed_at) or "aucune"),
        ("Horodatage", signature.stamp_authority or "aucun"),
        ("Niveau", f"{signature.level} : {_LEVELS[signature.level]}"),
        ("Autorité reconnue", "oui" if signature.trusted else "non"),
        ("Non-révocation", _PROOFS[signature.revocation]),
        ("Porte sur", _scope(signature)),
    ]
    if signature.additions:
        told.append(("Ajouté depuis", sentences.enumerated(signature.additions)))
    if signature.changes:
        told.append(("Modifié depuis", sentences.enumerated(signature.changes)))
    return (
        *told,
        ("Certificat valable", life),
        ("Numéro du certificat", signature.serial),
        ("Procédé", signature.algorithm),
    )


def stamp_fact(stamp: Stamp) -> str:
    """A timestamp over the whole document, in one line."""
    by = stamp.authority or "autorité illisible"
    return f"{_instant(stamp.stamped_at) or 'date illisible'}, par {by}{'' if stamp.holds else ' (altéré)'}"


def _proven(signature: Signature) -> str:
    if signature.stamped_at is None:
        return "aucune"
    return _instant(signature.stamped_at) + ("" if signature.stamp_trusted else ", par une autorité non reconnue")


def _scope(signature: Signature) -> str:
    if not signature.intact:
        return "un autre contenu que celui de ce fichier"
    if signature.covers_whole_document:
        return "tout le fichier"
    if signature.covers_its_revision:
        return "tout le document tel qu’il était à la signature"
    return "une partie seulement du fichier"


def _instant(moment: datetime | None) -> str:
    return moment.astimezone(_PARIS).strftime("%d/%m/%Y à %H:%M:%S") if moment else ""


def _day(moment: datetime | None) -> str:
    return moment.astimezone(_PARIS).strftime("%d/%m/%Y") if moment else "?"
