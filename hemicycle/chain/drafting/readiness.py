"""What a dossier still lacks before it may be submitted, beyond its two texts: fields, marks left by models."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from hemicycle.chain.drafting import faults
from hemicycle.chain.drafting.custom_fields import missing_fields
from hemicycle.dossier import attachments, companions
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.reading_files import being_scanned
from hemicycle.texts.structure import read_deliberation
from hemicycle.texts.tree import is_empty


@dataclass(frozen=True, kw_only=True)
class Lack:
    """One thing missing: the sentence for its drafter, and the input at fault."""

    sentence: str
    #: « report », « deliberation », « extra »; « lead » or « companion » where it is another dossier's.
    field: str


def first_lack(dossier: Dossier) -> Lack | None:
    """The first thing that holds back the submission of the dossier and of the deliberations of its report."""
    if dossier.lead is not None:
        return Lack(
            sentence=f"Le dossier {dossier.number} partage le rapport de {dossier.lead.number} ; c’est ce dossier qui "
            "se soumet, et celui-ci le suit.",
            field="lead",
        )
    own = _own(dossier)
    if own is not None:
        return own
    # A page that has asked already knows that most dossiers lead no other.
    followers = companions.of(dossier) if getattr(dossier, "leads", True) else []
    return next((lack for companion in followers if (lack := _of_companion(companion))), None)


def _own(dossier: Dossier) -> Lack | None:
    if waiting := _being_scanned(dossier):
        return Lack(
            sentence=f"L’annexe « {waiting[0].title} » du dossier {dossier.number} est encore en cours d’analyse par "
            "l’antivirus ; soumettez-le quand elle sera finie.",
            field="annexes",
        )
    if missing := missing_fields(dossier):
        names = ", ".join(f"« {label} »" for label in missing)
        what = "le champ" if len(missing) == 1 else "les champs"
        return Lack(sentence=f"Remplissez {what} {names} du dossier {dossier.number}.", field="extra")
    return _unprintable(dossier)


def _unprintable(dossier: Dossier) -> Lack | None:
    """The first fault of its texts, with how many others its page lists."""
    stops = [fault for fault in faults.of(dossier) if fault.stops]
    if not stops:
        return None
    others = len(stops) - 1
    more = ""
    if others:
        said = "Un autre point est à reprendre" if others == 1 else f"{others} autres points sont à reprendre"
        more = f" {said}, dit sur la page du dossier." if others == 1 else f" {said}, dits sur la page du dossier."
    return Lack(sentence=f"{stops[0].sentence}{more}", field=stops[0].field)


def _being_scanned(dossier: Dossier) -> list[Attachment]:
    # Where there is no antivirus, the page that lists them has nothing to ask.
    return [annex for annex in attachments.annexes_of(dossier) if being_scanned(annex)] if settings.CLAMD else []


def _of_companion(companion: Dossier) -> Lack | None:
    """What a companion lacks, told on its lead."""
    lack = _own(companion)
    if lack is not None:
        return Lack(sentence=lack.sentence, field="companion")
    if not companion.deliberation or is_empty(companion.deliberation):
        what = "est vide ; écrivez-la, ou retirez ce dossier"
    elif not read_deliberation(companion.deliberation).articles:
        what = "n’a aucun article ; écrivez « Article 1 – … »"
    else:
        return None
    return Lack(sentence=f"La délibération {companion.number} du même rapport {what}.", field="companion")
