"""Pure: when an act may go out, and the words that go with it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from hemicycle.dossier.stages import Stage
from hemicycle.law.rules import in_force

#: Stages at which the act has been received by the representative of the State.
ACKNOWLEDGED = frozenset(
    {
        Stage.ACKNOWLEDGED,
        Stage.PUBLISHED,
        Stage.NOTIFIED,
        Stage.DEPOSITED,
        Stage.REFUSED_BY_ARCHIVE,
        Stage.ARCHIVED,
    }
)

#: What the secret of a personal link can be; anything else is not even looked up.
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,48}", re.ASCII)

_NUMBERS = {1: "un", 2: "deux", 3: "trois", 4: "quatre", 6: "six", 12: "douze"}


def appeal_lines(*, court: str, president: str, address: str, on: dt.date) -> tuple[str, ...]:
    """The ways and terms of appeal of a decision notified that day (CJA, art. R421-1 and R421-5).

    `court`: « tribunal administratif d’Ambrelle ». `president`: « au Président du conseil départemental ».
    """
    months, silence = _months("appeal.months", on), _months("silence.months", on)
    return (
        f"Cette décision peut être contestée devant le {court} dans un délai de {months} à compter de sa "
        "notification, par courrier ou par l’application Télérecours citoyens (www.telerecours.fr).",
        f"Dans ce même délai, un recours gracieux peut être adressé {president}, {address} ; il interrompt le "
        f"délai de recours. {silence.capitalize()} de silence valent rejet de ce recours.",
        "Le délai est augmenté d’un mois pour qui demeure outre-mer et de deux mois pour qui demeure à l’étranger.",
        "Code de justice administrative, articles R. 421-1, R. 421-5 et R. 421-7.",
    )


def _months(code: str, on: dt.date) -> str:
    number = in_force(code, on).number
    return f"{_NUMBERS.get(number, str(number))} mois"


#: Kind of act → as the sentences of a letter need it.
_AGREED = {
    "délibération": ("la délibération", "adoptée", "La délibération signée", "Elle"),
    "arrêté": ("l’arrêté", "pris", "L’arrêté signé", "Il"),
    "décision": ("la décision", "prise", "La décision signée", "Elle"),
}


def said_of_act(
    *,
    mode: str,
    number: str,
    object: str,
    kind: str,
    author: str,
    decided_on: str,
    amount: str,
    annexes: Sequence[str],
) -> tuple[str, ...]:
    """What the letter says in plain words; `kind` « délibération », `author` « commission permanente »."""
    the, done, signed, it = _AGREED[kind]
    by = f"la {author}" if author.startswith("commission") else f"le {author}"
    which = f"{the} n° {number} {done} le {decided_on} par {by}"
    opening = (
        f"Je vous notifie {which}. {it} porte sur l’objet suivant : « {object} »."
        if mode == "notification"
        else f"Je vous transmets, pour votre information, {which}. {it} porte sur l’objet suivant : « {object} »."
    )
    money = f"Le montant en est de {amount}." if amount else ""
    by_link = "à votre disposition par le lien personnel donné dans le courriel qui accompagne cette lettre."
    link = f"{signed} et ses annexes ({' ; '.join(annexes)}) sont {by_link}" if annexes else f"{signed} est {by_link}"
    return tuple(line for line in (opening, money, link) if line)
