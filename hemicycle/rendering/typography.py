"""How French is set: no-break spaces, apostrophes, dates, hours and amounts.

`french` never adds, removes or replaces a letter, a digit or a sign other than spaces and the apostrophe: the printed
act says what the text says.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

NARROW = "\u202f"
NO_BREAK = "\u00a0"

_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]

# A plain space that must not end a line, and what it becomes.
_AFTER_DAY = "|".join(f"(?<=\\b{day}) (?=\\d)" for day in _DAYS)
_SPACES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r" (?=[;!?])"), NARROW),
    (re.compile(r" (?=[:»%€])"), NO_BREAK),
    (re.compile(r"(?<=«) "), NO_BREAK),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NARROW),
    (re.compile(r"(?<=\d) (?=(?:h|M€|k€|euros?)\b)"), NO_BREAK),
    (re.compile(r"(?<=\d\u00a0h) (?=\d)"), NO_BREAK),
    (re.compile(r"(?<=\bn°) |(?<=\bN°) |(?<=\bnos) (?=\d)"), NO_BREAK),
    (re.compile(_AFTER_DAY), NO_BREAK),
    (re.compile(r"(?<=\bM\.) |(?<=\bMM\.) |(?<=\bMme) |(?<=\bMmes) "), NO_BREAK),
    (re.compile(r"(?<=\b[LRD]\.) (?=\d)|(?<=\barticle) (?=\d)|(?<=\bArticle) (?=\d)"), NO_BREAK),
    (
        re.compile(rf"(?<=\d) (?=(?:{'|'.join(_MONTHS)})\b)|(?<=\b1er) (?=(?:{'|'.join(_MONTHS)})\b)"),
        NO_BREAK,
    ),
)
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_«])")
#: Byte-order marks that word processors leave in the middle of texts; invisible, and forbidden by PDF/UA.
_INVISIBLE = str.maketrans({"\ufeff": None, "\u0000": None})


def french(text: str) -> str:
    """The text with its ordinary spaces made no-break where French asks for it, composed accents, curly apostrophes.

    Idempotent: tests may compare with `french(expected)`.
    """
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    for pattern, space in _SPACES:
        text = pattern.sub(space, text)
    return _APOSTROPHE.sub("’", text)


def long_date(day: date, *, weekday: bool = False) -> str:
    """« 9 juillet 2026 », or « jeudi 9 juillet 2026 ». A datetime is read in its own time zone."""
    number = "1er" if day.day == 1 else str(day.day)
    name = f"{_DAYS[day.weekday()]} " if weekday else ""
    return f"{name}{number} {_MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """« 09/07/2026 », for tables and stamps."""
    return f"{day:%d/%m/%Y}"


def hour(moment: datetime) -> str:
    """« 14 h 30 », in the moment's own time zone."""
    return f"{moment.hour} h {moment.minute:02d}"


def short_moment(moment: datetime) -> str:
    """« 09/07/2026 à 14 h 30 », in the moment's own time zone."""
    return f"{short_date(moment)} à {hour(moment)}"


def euros(amount: Decimal) -> str:
    """« 130 900 € »; cents only when there are some (documents.md, 1)."""
    digits = f"{amount:,.2f}".replace(",", NARROW).replace(".", ",").removesuffix(",00")
    return f"{digits.replace('-', '−')}{NO_BREAK}€"


def plural(count: int, one: str, many: str = "") -> str:
    """« 1 page », « 2 pages »: zero and one are singular in French."""
    return f"{count} {one if count < 2 else many or one + 's'}"


def shortened(text: str, limit: int) -> str:
    """The text, cut at a word and closed by « … » when it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
