"""Amounts in letters, as conventions write them (rectifications of 1990: hyphens between all the words)."""

from __future__ import annotations

from decimal import Decimal

_UNITS = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
    *("dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"),
)
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 7: "soixante", 8: "quatre-vingt"}
_SCALES = ((10**9, "milliard"), (10**6, "million"))


def euros_in_letters(amount: Decimal) -> str:
    """45000.50 → « quarante-cinq-mille euros et cinquante centimes »; under a thousand milliards."""
    cents = int((amount * 100).to_integral_value())
    whole, rest = divmod(cents, 100)
    joined = " d’" if whole >= 10**6 and whole % 10**6 == 0 else " "
    euros = f"{number_in_letters(whole)}{joined}{'euro' if whole < 2 else 'euros'}"
    if not rest:
        return euros
    return f"{euros} et {number_in_letters(rest)} {'centime' if rest == 1 else 'centimes'}"


def number_in_letters(number: int) -> str:
    """The cardinal in French, from zero to under a thousand milliards."""
    words: list[str] = []
    for scale, name in _SCALES:
        many, number = divmod(number, scale)
        if many:
            words.append(f"{_under_thousand(many, plural=True)}-{name}{'s' if many > 1 else ''}")
    thousands, rest = divmod(number, 1000)
    if thousands:
        words.append("mille" if thousands == 1 else f"{_under_thousand(thousands, plural=False)}-mille")
    if rest or not (words or thousands):
        words.append(_under_thousand(rest, plural=True))
    return "-".join(words)


def _under_thousand(number: int, *, plural: bool) -> str:
    """`plural`: whether cent and vingt may take their s, which they lose before mille."""
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _under_hundred(rest, plural=plural)
    head = "cent" if hundreds == 1 else f"{_UNITS[hundreds]}-cent"
    if rest:
        return f"{head}-{_under_hundred(rest, plural=plural)}"
    return f"{head}s" if hundreds > 1 and plural else head


def _under_hundred(number: int, *, plural: bool) -> str:
    if number < 20:
        return _UNITS[number]
    ten = 8 if number >= 80 else number // 10
    rest = number - (60 if ten == 7 else ten * 10)
    if not rest:
        return _TENS[ten] + ("s" if ten == 8 and plural else "")
    linked = "-et-" if rest in (1, 11) and ten != 8 else "-"
    return f"{_TENS[ten]}{linked}{_UNITS[rest]}"
