"""What the ministry and the TdT are asked to play, for the acts to come or for one act; kept on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .database import Database

Who = Literal["ministere", "tdt"]


@dataclass(frozen=True, kw_only=True)
class Scenario:
    who: Who
    #: What happens, for the page.
    label: str


def _ministry(label: str) -> Scenario:
    return Scenario(who="ministere", label=label)


def _tdt(label: str) -> Scenario:
    return Scenario(who="tdt", label=label)


NORMAL = "normal"
SCENARIOS: dict[str, Scenario] = {
    NORMAL: _ministry("Rien de particulier : l’envoi est jugé et reçoit sa réponse (1-2 ou 1-3)"),
    "silent": _ministry("Aucune réponse"),
    "anomaly": _ministry("Anomalie sur l’acte (1-3)"),
    "classification": _ministry("Classification périmée : 1-3 de nature 002, la classification change aujourd’hui"),
    "envelope-anomaly": _ministry("Enveloppe rejetée"),
    "envelope-999": _ministry("Enveloppe rejetée sous une nature hors liste (999)"),
    "double": _ministry("Deux accusés de réception"),
    "late-anomaly": _ministry("Anomalie après l’accusé de réception"),
    "other-siren": _ministry("Accusé de réception d’un autre SIREN"),
    "unknown-message": _ministry("Accusé de réception, puis un message inconnu de la norme"),
    "disordered": _ministry("Pièces du retour dans le désordre"),
    "lying": _ministry("Retour d’avant 2017, en UTF-8 sous une déclaration ISO-8859-1"),
    "multi-canal": _ministry("Courriel « multi-canal » sans message, puis l’accusé de réception"),
    "letter-2-1": _ministry("Accusé de réception, puis courrier simple (2-1)"),
    "letter-3-1": _ministry("Accusé de réception, puis demande de pièces complémentaires (3-1)"),
    "letter-4-1": _ministry("Accusé de réception, puis lettre d’observations (4-1)"),
    "letter-5-1": _ministry("Accusé de réception, puis déféré au tribunal administratif (5-1)"),
    "maintenance": _ministry("Ministère en maintenance : 503 à la porte, l’envoi est à refaire"),
    "tdt-maintenance": _tdt("TdT en maintenance : 503 à chaque appel"),
    "tdt-page": _tdt("TdT en maintenance : une page HTML avec un code 200"),
    "tdt-lost": _tdt("Envoi enregistré, réponse perdue (504)"),
    "tdt-truncated": _tdt("Envoi enregistré, réponse coupée en route"),
    "tdt-timeout": _tdt("Envoi enregistré, réponse qui ne vient pas"),
}
#: Played at the door, before anyone knows which act is spoken of.
AT_THE_DOOR = frozenset({"tdt-maintenance", "tdt-page"})
EVERY_ACT = ""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS staged (
    who TEXT NOT NULL, number TEXT NOT NULL, scenario TEXT NOT NULL, left INTEGER, PRIMARY KEY (who, number)
);
"""


@dataclass(frozen=True, kw_only=True)
class Staged:
    who: Who
    #: Number of the act; EVERY_ACT for all those to come.
    number: str
    scenario: str
    #: How many times still; None until told otherwise.
    left: int | None


class UnknownScenario(ValueError):
    """str() is the sentence to show."""


class Stage:
    """What is chosen lasts beyond a restart; `for_this_run`, said at the start, does not."""

    def __init__(self, folder: Path, *, for_this_run: str = NORMAL) -> None:
        self._db = Database(folder / "scenarios.sqlite3", _SCHEMA)
        self._for_this_run = for_this_run

    def choose(self, scenario: str, *, number: str = EVERY_ACT, times: int | None = None) -> None:
        """Replace what its player was to play for that act, or for all; `normal` clears both players.

        Raises UnknownScenario.
        """
        if scenario not in SCENARIOS:
            raise UnknownScenario(f"Le scénario « {scenario} » n’existe pas. Scénarios : {', '.join(SCENARIOS)}.")
        if number and scenario in AT_THE_DOOR:
            raise UnknownScenario("Une maintenance du TdT vaut pour tous les envois : laissez le numéro vide.")
        with self._db.transaction():
            if number == EVERY_ACT:
                self._for_this_run = NORMAL
            if scenario == NORMAL:
                self._db.write("DELETE FROM staged WHERE number = ?", number)
                return
            self._db.write(
                "INSERT OR REPLACE INTO staged (who, number, scenario, left) VALUES (?, ?, ?, ?)",
                SCENARIOS[scenario].who,
                number,
                scenario,
                times,
            )

    def play(self, who: Who, number: str) -> str:
        """The scenario of this act, which counts as played once; the act's own comes before the general one."""
        with self._db.transaction():
            found = next((staged for staged in self.staged() if staged.who == who and staged.number == number), None)
            if found is None:
                found = next((s for s in self.staged() if s.who == who and s.number == EVERY_ACT), None)
            if found is None:
                return NORMAL
            if found.left is not None:
                self._count_down(found, found.left - 1)
            return found.scenario

    def at_the_door(self) -> str:
        """The maintenance of the TdT, if it is on."""
        found = next((s for s in self.staged() if s.who == "tdt" and s.number == EVERY_ACT), None)
        return self.play("tdt", EVERY_ACT) if found and found.scenario in AT_THE_DOOR else NORMAL

    def staged(self) -> list[Staged]:
        rows = self._db.rows("SELECT * FROM staged ORDER BY who, number")
        chosen = [Staged(who=r["who"], number=r["number"], scenario=r["scenario"], left=r["left"]) for r in rows]
        said, who = self._for_this_run, SCENARIOS[self._for_this_run].who
        if said == NORMAL or any(item.who == who and item.number == EVERY_ACT for item in chosen):
            return chosen
        return [Staged(who=who, number=EVERY_ACT, scenario=said, left=None), *chosen]

    def _count_down(self, staged: Staged, left: int) -> None:
        if left < 1:
            self._db.write("DELETE FROM staged WHERE who = ? AND number = ?", staged.who, staged.number)
        else:
            self._db.write("UPDATE staged SET left = ? WHERE who = ? AND number = ?", left, staged.who, staged.number)
