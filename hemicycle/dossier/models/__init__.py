"""The tables of the dossier: what every room shares."""

from hemicycle.dossier.models.dossier import ActType, Dossier, DossierQuerySet, Nature, Version
from hemicycle.dossier.models.files import Attachment
from hemicycle.dossier.models.journal import Errand, JournalEntry, JournalHead
from hemicycle.dossier.models.readers import Comment, Entitlement, Reading
from hemicycle.dossier.models.registers import Numbering, Register, RegisterLine

__all__ = [
    "ActType",
    "Attachment",
    "Comment",
    "Dossier",
    "DossierQuerySet",
    "Entitlement",
    "Errand",
    "JournalEntry",
    "JournalHead",
    "Nature",
    "Numbering",
    "Reading",
    "Register",
    "RegisterLine",
    "Version",
]
