"""The kinds of news that may be written to someone, as data: what each is called, and its rhythm unless chosen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rhythm(StrEnum):
    """How one wishes to be told of a kind of news."""

    NOW = "now"
    DAILY = "daily"
    NEVER = "never"


class Kind(StrEnum):
    """In the order of the preferences and of the letters: what waits for the reader first."""

    LATE = "late"
    VISA = "visa"
    SIGNATURE = "signature"
    LETTER = "letter"
    OPINION_ASKED = "opinion_asked"
    SENT_BACK = "sent_back"
    INFECTED = "infected"
    OPINION_GIVEN = "opinion_given"
    CALLED = "called"
    DEADLINE = "deadline"
    TEXT_CHANGED = "text_changed"
    PROGRESS = "progress"
    COMMENT = "comment"
    FATE = "fate"


@dataclass(frozen=True, kw_only=True)
class About:
    """A line of the preferences."""

    label: str
    help: str = ""
    rhythm: Rhythm = Rhythm.DAILY


KINDS: dict[Kind, About] = {
    Kind.VISA: About(
        label="Un visa m’attend",
        help="Aussi ceux d’une personne absente que je remplace.",
        rhythm=Rhythm.NOW,
    ),
    Kind.SIGNATURE: About(
        label="Un acte attend ma signature", help="Quand vient votre tour de signer.", rhythm=Rhythm.NOW
    ),
    Kind.LETTER: About(
        label="La préfecture écrit au sujet d’un acte",
        help="Courrier, demande de pièces, lettre d’observations, déféré : à votre direction et au service des "
        "assemblées.",
        rhythm=Rhythm.NOW,
    ),
    Kind.OPINION_ASKED: About(label="Un avis m’est demandé", rhythm=Rhythm.NOW),
    Kind.LATE: About(
        label="Un visa est en retard chez moi",
        help="Le premier jour ouvré après l’échéance, puis chaque lundi, à 7 h 30.",
        rhythm=Rhythm.NOW,
    ),
    Kind.SENT_BACK: About(label="Mon dossier m’est renvoyé pour correction", rhythm=Rhythm.NOW),
    Kind.INFECTED: About(label="L’antivirus écarte une annexe de mon dossier", rhythm=Rhythm.NOW),
    Kind.OPINION_GIVEN: About(label="L’avis que j’ai demandé est donné", rhythm=Rhythm.NOW),
    Kind.CALLED: About(label="On m’appelle ou on me répond dans un commentaire", rhythm=Rhythm.NOW),
    Kind.DEADLINE: About(label="Une séance approche et mon dossier n’est pas prêt"),
    Kind.TEXT_CHANGED: About(label="Un texte a changé après mon visa"),
    Kind.PROGRESS: About(label="Mon dossier avance dans son circuit", help="Visas donnés, circuit terminé."),
    Kind.COMMENT: About(label="Un commentaire est écrit sur mon dossier"),
    Kind.FATE: About(
        label="Mon dossier est voté, signé, reçu par la préfecture, rendu à ma direction",
    ),
}
RANK = {kind: place for place, kind in enumerate(Kind)}
