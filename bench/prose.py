"""Texts that look like reports: as many different words as real ones, as unevenly used, always the same."""

from __future__ import annotations

import itertools
import random
from typing import Any

KNOWN = [
    "subvention",
    "convention",
    "délibération",
    "association",
    "commune",
    "équipement",
    "collège",
    "département",
    "attribution",
    "fonctionnement",
    "investissement",
    "sport",
    "culture",
    "bibliothèque",
    "route",
    "voirie",
    "insertion",
    "enfance",
    "famille",
    "handicap",
    "autonomie",
    "logement",
    "marché",
    "avenant",
    "programme",
    "dotation",
    "garantie",
    "emprunt",
    "budget",
    "crédit",
    "dépense",
    "recette",
    "patrimoine",
    "restauration",
    "gymnase",
    "piscine",
    "patinoire",
    "stade",
    "médiathèque",
    "archives",
    "musée",
    "tourisme",
    "agriculture",
    "environnement",
    "forêt",
    "rivière",
    "transport",
    "mobilité",
    "cyclable",
    "numérique",
    "réseau",
    "étude",
    "travaux",
    "maîtrise",
    "œuvre",
    "acquisition",
    "cession",
    "terrain",
    "bâtiment",
]
_SYLLABLES = [
    a + b
    for a, b in itertools.product(
        ["b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "ch", "tr", "pl"],
        ["a", "e", "i", "o", "u", "é", "ou", "an"],
    )
]
_ENDS = ("tion", "ment", "age", "eur", "ité", "ière", "al", "ence", "ier", "if")


class Prose:
    """Words drawn with the frequencies of a language: a few everywhere, most of them rare."""

    def __init__(self, seed: int = 42) -> None:
        self.draw = random.Random(seed)
        made = {"".join(self.draw.choices(_SYLLABLES, k=2)) + self.draw.choice(_ENDS) for _ in range(6000)}
        self.words = KNOWN + sorted(made)
        self.weights = list(itertools.accumulate(1 / (rank + 4) for rank in range(len(self.words))))
        self.places = [f"{self.draw.choice(_SYLLABLES)}{self.draw.choice(_SYLLABLES)}ville".title() for _ in range(300)]

    def some(self, count: int) -> list[str]:
        return self.draw.choices(self.words, cum_weights=self.weights, k=count)

    def object(self) -> str:
        first, second, third = self.some(3)
        return f"Attribution d’une {first} pour le {second} et la {third} de {self.draw.choice(self.places)}"

    def text(self, paragraphs: int) -> dict[str, Any]:
        def paragraph() -> dict[str, Any]:
            text = "Considérant que " + " de la ".join(self.some(24)) + "."
            return {"type": "paragraph", "content": [{"type": "text", "text": text, "marks": []}]}

        return {"type": "doc", "content": [paragraph() for _ in range(paragraphs)]}
