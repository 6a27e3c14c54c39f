"""The table of deliberations as open data: SCDL « Délibérations » 2.1, one row per deliberation."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from hemicycle.protocols.scdl.matters import UnknownMatter, level_two, matter_name


@dataclass(frozen=True, kw_only=True)
class Field:
    """A column: its constraint as the published Table Schema words it."""

    name: str
    type: str = "string"
    required: bool = False
    pattern: str = ""


#: In the order of the file.
FIELDS: Final = (
    Field(name="COLL_NOM", required=True),
    Field(name="COLL_SIRET", required=True, pattern=r"^\d{14}$"),
    Field(name="DELIB_ID", required=True),
    Field(name="DELIB_DATE", type="date", required=True),
    Field(name="DELIB_MATIERE_CODE", required=True, pattern=r"^\d\.\d{1,2}$"),
    Field(name="DELIB_MATIERE_NOM", required=True),
    Field(name="DELIB_OBJET", required=True),
    Field(name="BUDGET_ANNEE", pattern=r"^[0-9]{4}(\/[0-9]{4})?$"),
    Field(name="BUDGET_NOM"),
    Field(name="PREF_ID", pattern=r"^(PREF\d\d[0-9AB]|SPREF\d\d[0-9AB]\d|SGAR\d{3})$"),
    Field(name="PREF_DATE", type="date"),
    Field(name="VOTE_EFFECTIF", type="integer"),
    Field(name="VOTE_REEL", type="integer"),
    Field(name="VOTE_POUR", type="integer"),
    Field(name="VOTE_CONTRE", type="integer"),
    Field(name="VOTE_ABSTENTION", type="integer"),
    Field(name="DELIB_URL"),
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class InvalidRow(ValueError):
    """A row that the schema, or plain arithmetic, refuses; str() is the sentence to show."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One deliberation. Raises InvalidRow as soon as it is made, when it could not be published."""

    authority: str
    siret: str
    #: The authority's own number of the act.
    number: str
    adopted_on: date
    #: A code of the national classification; only its first two levels are published.
    matter_code: str
    #: Name of the matter, or a local theme; "" = the national name of the code.
    matter: str = ""
    subject: str
    #: "2026" or "2026/2027".
    budget_year: str = ""
    #: Only when a budget is affected.
    budget: str = ""
    #: PREFNNN, SPREFNNNM or SGARNNN.
    prefecture: str = ""
    received_on: date | None = None
    #: Members entitled to vote.
    members: int | None = None
    #: Members who took part, proxies counted where the body counts them.
    voters: int | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    #: Address of the published act.
    url: str = ""

    def __post_init__(self) -> None:
        _check_fields(self)
        _check_votes(self)
        if self.received_on and self.received_on < self.adopted_on:
            raise InvalidRow(f"{_name(self)} : reçue en préfecture avant d'avoir été adoptée.")
        if self.url and (urlsplit(self.url).scheme not in ("http", "https") or not urlsplit(self.url).netloc):
            raise InvalidRow(f"{_name(self)} : l'adresse de publication n'est pas une adresse web complète.")

    def cells(self) -> tuple[str, ...]:
        """The values in the order of FIELDS, as they are written in the file."""
        counts = (self.members, self.voters, self.votes_for, self.votes_against, self.abstentions)
        return (
            _line(self.authority),
            self.siret,
            _line(self.number),
            self.adopted_on.isoformat(),
            level_two(self.matter_code),
            _line(self.matter) or matter_name(self.matter_code),
            _line(self.subject),
            self.budget_year,
            _line(self.budget),
            self.prefecture,
            self.received_on.isoformat() if self.received_on else "",
            *("" if count is None else str(count) for count in counts),
            self.url,
        )


def write_csv(rows: Iterable[Row]) -> bytes:
    """The file: UTF-8, comma, header in the order of the schema. Raises InvalidRow on a number used twice a year."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(field.name for field in FIELDS)
    seen: set[tuple[str, str, int]] = set()
    for row in rows:
        key = (row.siret, _line(row.number), row.adopted_on.year)
        if key in seen:
            raise InvalidRow(f"{_name(row)} figure deux fois pour l'année {row.adopted_on.year}.")
        seen.add(key)
        writer.writerow(row.cells())
    return buffer.getvalue().encode("utf-8")


def _line(value: str) -> str:
    """One line of text: a title typed on two lines stays one cell on one line."""
    return " ".join(value.split())


def _name(row: Row) -> str:
    return f"Délibération « {row.number} »" if row.number.strip() else "Délibération sans numéro"


def _check_fields(row: Row) -> None:
    try:
        cells = row.cells()
    except UnknownMatter as error:
        raise InvalidRow(f"{_name(row)} : {error}") from error
    for field, value in zip(FIELDS, cells, strict=True):
        if field.required and not value:
            raise InvalidRow(f"{_name(row)} : le champ {field.name} est obligatoire.")
        if field.pattern and value and not re.fullmatch(field.pattern, value, re.ASCII):
            raise InvalidRow(f"{_name(row)} : la valeur « {value[:60]} » n'est pas admise pour {field.name}.")
        if _CONTROL.search(value):
            raise InvalidRow(f"{_name(row)} : le champ {field.name} contient un caractère de contrôle.")
    if row.matter and re.search(r"[,()]", row.matter):
        raise InvalidRow(f"{_name(row)} : le nom de matière ne prend ni virgule ni parenthèse.")
    try:
        matter_name(row.matter_code)
    except UnknownMatter as error:
        raise InvalidRow(f"{_name(row)} : {error}") from error


def _check_votes(row: Row) -> None:
    """For + against + abstentions ≤ voters ≤ members, whichever are known."""
    cast = [count for count in (row.votes_for, row.votes_against, row.abstentions) if count is not None]
    if any(count < 0 for count in (*cast, row.voters or 0, row.members or 0)):
        raise InvalidRow(f"{_name(row)} : un nombre de voix ne peut pas être négatif.")
    if row.voters is not None and sum(cast) > row.voters:
        raise InvalidRow(f"{_name(row)} : {sum(cast)} voix exprimées ou abstentions pour {row.voters} votants.")
    ceiling = row.members if row.members is not None else None
    if ceiling is not None and max(sum(cast), row.voters or 0) > ceiling:
        raise InvalidRow(f"{_name(row)} : plus de votants que de membres ({ceiling}).")
