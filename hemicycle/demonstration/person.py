"""How the demonstration's tables name a person. Every name is invented and checked against no register."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

DOMAIN = "ormelle.example"


@dataclass(frozen=True)
class Person:
    civility: str
    first_name: str
    last_name: str

    @property
    def email(self) -> str:
        """« prenom.nom » without accents, at a reserved domain."""
        plain = unicodedata.normalize("NFKD", f"{self.first_name}.{self.last_name}".lower())
        kept = "".join(c for c in plain if c.isascii() and (c.isalnum() or c in ".-"))
        return f"{kept}@{DOMAIN}"


def mme(first_name: str, last_name: str) -> Person:
    return Person("Mme", first_name, last_name)


def m(first_name: str, last_name: str) -> Person:
    return Person("M.", first_name, last_name)
