"""An affair to play: `affaire.toml`, its texts and its annexes, read and checked before anything starts."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

BODIES = {"conseil départemental": "CD", "commission permanente": "CP"}
#: Only deliberations go through an assembly.
NATURE = "DE"
MODES = ("information", "notification")
#: The visas that an affair may ask for: the steps of the demonstration (demonstration.cast.STEPS).
VISAS = ("chef de service", "directeur", "DGA", "finances", "juridique", "DGS", "secrétariat général", "cabinet")
#: The circuit of an affair that names none.
USUAL_VISAS = ("chef de service", "directeur", "juridique", "DGS", "cabinet")


class AffairRefused(Exception):
    """The affair cannot be played; str() is one French sentence that names the file and the remedy."""


@dataclass(frozen=True, kw_only=True)
class AnnexFile:
    path: Path
    title: str
    to_control: bool


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A visa that first sends the dossier back."""

    by: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class VoteFigures:
    present: int
    proxies: int
    for_: int
    against: int
    abstentions: int
    no_part: int


@dataclass(frozen=True, kw_only=True)
class PartnerLine:
    name: str
    email: str
    mode: str


@dataclass(frozen=True, kw_only=True)
class Affair:
    folder: Path
    object: str
    direction: str
    service: str
    body: str
    subject_code: str
    theme: str
    rapporteur: str
    amount: Decimal | None
    sitting: dt.datetime
    report: Path
    deliberation: Path
    annexes: tuple[AnnexFile, ...]
    visas: tuple[str, ...]
    correction: Correction | None
    vote: VoteFigures
    partners: tuple[PartnerLine, ...]


def read_affair(folder: Path) -> Affair:
    """Read and check the folder. Raises AffairRefused."""
    place = folder / "affaire.toml"
    try:
        data = tomllib.loads(place.read_text(encoding="utf-8"))
    except OSError as error:
        raise AffairRefused(
            f"Le fichier {place} est introuvable ou illisible ; donnez le dossier d’une affaire."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AffairRefused(f"Le fichier {place} n’est pas du TOML valide ({error}) ; corrigez-le.") from error
    _check_nature(data)
    return Affair(
        folder=folder,
        object=_text(data, "objet"),
        direction=_text(data, "direction"),
        service=_text(data, "service"),
        body=_choice(data, "instance", BODIES),
        subject_code=_text(data, "matiere"),
        theme=_text(data, "theme", ""),
        rapporteur=_text(data, "rapporteur"),
        amount=_amount(data),
        sitting=_sitting(data),
        report=_file(folder, _text(data, "rapport")),
        deliberation=_file(folder, _text(data, "deliberation")),
        annexes=tuple(_annex(folder, line) for line in _tables(data, "annexe")),
        visas=_visas(data),
        correction=_correction(data),
        vote=_vote(data),
        partners=tuple(_partner(line) for line in _tables(data, "partenaire")),
    )


def _text(data: Mapping[str, Any], key: str, default: str | None = None) -> str:
    value = data.get(key, default)
    if not isinstance(value, str) or (not value.strip() and default is None):
        raise AffairRefused(f"Dans affaire.toml, « {key} » manque ou n’est pas un texte ; complétez-le.")
    return value.strip()


def _check_nature(data: Mapping[str, Any]) -> None:
    nature = _text(data, "nature", NATURE)
    if nature != NATURE:
        raise AffairRefused(
            f"Dans affaire.toml, « nature » vaut « {nature} » ; seule une délibération (« {NATURE} ») se joue ainsi."
        )


def _choice(data: Mapping[str, Any], key: str, choices: Mapping[str, str]) -> str:
    value = _text(data, key)
    if value.lower() not in choices:
        raise AffairRefused(
            f"Dans affaire.toml, « {key} » vaut « {value} » ; valeurs possibles : {', '.join(choices)}."
        )
    return choices[value.lower()]


def _amount(data: Mapping[str, Any]) -> Decimal | None:
    if "montant" not in data:
        return None
    try:
        return Decimal(str(data["montant"])).quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise AffairRefused(
            "Dans affaire.toml, « montant » n’est pas un nombre ; écrivez par exemple 45000.00."
        ) from error


def _sitting(data: Mapping[str, Any]) -> dt.datetime:
    value = data.get("seance")
    if not isinstance(value, dt.datetime) or value.tzinfo is None:
        raise AffairRefused(
            "Dans affaire.toml, « seance » doit être une date avec heure et fuseau, comme 2026-12-17T14:30:00+01:00."
        )
    return value


def _file(folder: Path, name: str) -> Path:
    place = (folder / name).resolve()
    if not place.is_relative_to(folder.resolve()) or not place.is_file():
        raise AffairRefused(f"Le fichier « {name} » manque dans {folder} ; ajoutez-le ou corrigez affaire.toml.")
    return place


def _tables(data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    rows = data.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise AffairRefused(f"Dans affaire.toml, « {key} » s’écrit en tableaux [[{key}]].")
    return rows


def _annex(folder: Path, line: Mapping[str, Any]) -> AnnexFile:
    return AnnexFile(
        path=_file(folder, _text(line, "fichier")),
        title=_text(line, "titre"),
        to_control=bool(line.get("controle_legalite", False)),
    )


def _table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key, {})
    if not isinstance(value, dict):
        raise AffairRefused(f"Dans affaire.toml, « {key} » s’écrit en tableau [{key}].")
    return value


def _visas(data: Mapping[str, Any]) -> tuple[str, ...]:
    wanted = _table(data, "visas").get("attendus", list(USUAL_VISAS))
    if not isinstance(wanted, list) or not wanted or not all(isinstance(v, str) for v in wanted):
        raise AffairRefused("Dans affaire.toml, [visas] attendus est une liste de rôles, dans l’ordre du circuit.")
    known = {visa.lower() for visa in VISAS}
    if unknown := [visa for visa in wanted if visa.lower() not in known]:
        raise AffairRefused(
            f"Dans affaire.toml, le visa « {unknown[0]} » est inconnu ; visas possibles : {', '.join(VISAS)}."
        )
    return tuple(wanted)


def _correction(data: Mapping[str, Any]) -> Correction | None:
    asked = _table(data, "visas").get("demande_de_correction")
    if asked is None:
        return None
    if not isinstance(asked, dict):
        raise AffairRefused("Dans affaire.toml, demande_de_correction s’écrit { par = « … », motif = « … » }.")
    correction = Correction(by=_text(asked, "par"), reason=_text(asked, "motif"))
    if correction.by not in _visas(data):
        raise AffairRefused(
            f"La correction est demandée par « {correction.by} », qui n’est pas parmi les visas attendus."
        )
    return correction


def _vote(data: Mapping[str, Any]) -> VoteFigures:
    table = _table(data, "vote")

    def figure(key: str, default: int | None = None) -> int:
        value = table.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise AffairRefused(f"Dans affaire.toml, [vote] « {key} » doit être un nombre entier de membres.")
        return value

    vote = VoteFigures(
        present=figure("presents"),
        proxies=figure("pouvoirs", 0),
        for_=figure("pour"),
        against=figure("contre", 0),
        abstentions=figure("abstention", 0),
        no_part=figure("ne_prend_pas_part", 0),
    )
    votes = vote.for_ + vote.against + vote.abstentions + vote.no_part
    if votes != vote.present + vote.proxies:
        raise AffairRefused(
            f"Le vote compte {votes} voix pour {vote.present + vote.proxies} membres présents ou représentés ; "
            "corrigez [vote] dans affaire.toml."
        )
    return vote


def _partner(line: Mapping[str, Any]) -> PartnerLine:
    mode = _text(line, "envoi", "information")
    if mode not in MODES:
        raise AffairRefused(f"Dans affaire.toml, « envoi » vaut « {mode} » ; valeurs possibles : {', '.join(MODES)}.")
    return PartnerLine(name=_text(line, "nom"), email=_text(line, "courriel"), mode=mode)
