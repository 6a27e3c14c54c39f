"""Pure: the pattern of the numbers of a register, « {register}-{year}-{number:04} », and what may be in one."""

from __future__ import annotations

import re

#: What every register does until it is given a pattern of its own.
USUAL = "{register}-{year}-{number:04}"
MAX_PATTERN = 40
#: @CTES takes fifteen characters; two are kept for « _2 », when an act must be transmitted again.
MAX_NUMBER = 13
_GRAMMAR = re.compile(r"\{register\}[A-Z_-]*\{year\}[A-Z_-]*\{number(?::0[1-6])?\}(?:[A-Z_-]*[A-Z])?")
#: What the préfecture accepts (norms/actes §2): capitals, digits, underscores inside.
_TRANSMITTED = re.compile(r"[A-Z0-9][A-Z0-9_]*[A-Z0-9]")
_HIGHEST = 9_999


class PatternRefused(ValueError):
    """The pattern would give numbers that collide, or that the préfecture refuses; the sentence says why."""


def accept_pattern(pattern: str, *, register: str) -> str:
    """The pattern, when every number that it gives is different and may be transmitted. Raises PatternRefused."""
    said = pattern.strip()
    if not _GRAMMAR.fullmatch(said):
        raise PatternRefused(
            "Écrivez le modèle dans cet ordre : {register}, {year} puis {number} (ou {number:04} pour quatre chiffres "
            "au moins) ; entre eux, seuls sont admis les majuscules, le tiret et le tiret bas. "
            f"Par exemple : {USUAL}."
        )
    longest = numbered(said, register=register, year=2026, number=_HIGHEST)
    if len(longest) > MAX_NUMBER:
        raise PatternRefused(
            f"Le numéro {longest} compte {len(longest)} caractères : la préfecture en accepte quinze, dont deux gardés "
            f"pour une nouvelle transmission ; raccourcissez le modèle à {MAX_NUMBER}."
        )
    if not _TRANSMITTED.fullmatch(transmitted(longest)):
        raise PatternRefused(f"La préfecture n’accepte pas un numéro comme {longest} ; changez le modèle.")
    return said


def numbered(pattern: str, *, register: str, year: int, number: int) -> str:
    """« CP-2026-0123 »."""
    return pattern.format(register=register, year=year, number=number)


def transmitted(number: str) -> str:
    """The number as @CTES accepts it: capitals, digits and underscore (norms/actes §2)."""
    return number.replace("-", "_")
