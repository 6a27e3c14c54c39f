"""The package that leaves for the archive: a ZIP of manifest.xml and objects, the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from hemicycle.protocols.seda.formats import Format, identify
from hemicycle.protocols.seda.manifest import Placed, write_manifest
from hemicycle.protocols.seda.package import Agent, Document, InvalidTransfer, Rule, Transfer, Unit
from hemicycle.protocols.seda.wording import refuse_text

_IDENTIFIER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,120}")
_EXTENSION: Final = re.compile(r"[a-z0-9]{1,8}")
# Vitam's computed end dates must stay under the year 9000.
_LAST_YEAR: Final = 8999


@dataclass(frozen=True, kw_only=True)
class Sip:
    """A package ready to deposit. digest is the SHA-512 of data, in lower-case hexadecimal."""

    identifier: str
    data: bytes
    manifest: bytes
    digest: str
    #: The documents in manifest order: the reply gives system ids by their object_id and unit_id.
    pieces: tuple[Placed, ...]


def build_sip(transfer: Transfer) -> Sip:
    """The package of a transfer, deterministic: same transfer, same bytes, on any machine.

    Raises InvalidTransfer for anything the SAE would refuse and that can be seen from here.
    """
    _check_transfer(transfer)
    unit_ids, placed = _place(transfer.root)
    manifest = write_manifest(transfer, placed, unit_ids)
    buffer = io.BytesIO()
    # Stored, not deflated: PDFs do not shrink, and deflate's output differs between zlib builds.
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        _add(archive, "manifest.xml", manifest)
        for piece in placed:
            _add(archive, piece.uri, piece.document.data)
    data = buffer.getvalue()
    return Sip(
        identifier=transfer.identifier,
        data=data,
        manifest=manifest,
        digest=hashlib.sha512(data).hexdigest(),
        pieces=placed,
    )


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    archive.writestr(entry, data)


def _walk(unit: Unit) -> Iterator[Unit]:
    yield unit
    for below in unit.children:
        yield from _walk(below)


def _place(root: Unit) -> tuple[dict[int, str], tuple[Placed, ...]]:
    """xml ids: one series for units, groups and objects, in reading order."""
    numbers = iter(range(1, 10**6))
    unit_ids: dict[int, str] = {}
    placed: list[Placed] = []
    for unit in _walk(root):
        unit_ids[id(unit)] = f"ID{next(numbers)}"
        if not unit.documents:
            continue
        group = f"ID{next(numbers)}"
        for document in unit.documents:
            object_id = f"ID{next(numbers)}"
            placed.append(
                Placed(
                    document=document,
                    unit_id=unit_ids[id(unit)],
                    unit_title=unit.title,
                    group_id=group,
                    object_id=object_id,
                    uri=f"content/{object_id}.{_extension(document)}",
                    sha512=hashlib.sha512(document.data).hexdigest(),
                    format=_format(document),
                )
            )
    return unit_ids, tuple(placed)


def _extension(document: Document) -> str:
    suffix = document.filename.rsplit(".", 1)[-1].lower() if "." in document.filename else ""
    return suffix if _EXTENSION.fullmatch(suffix) else "bin"


def _format(document: Document) -> Format:
    found = identify(document.data, document.filename)
    return Format(
        puid=document.puid or found.puid,
        name=document.format_name or found.name,
        media_type=document.media_type or found.media_type,
    )


def _check_transfer(transfer: Transfer) -> None:
    if not _IDENTIFIER.fullmatch(transfer.identifier):
        raise InvalidTransfer(
            f"L’identifiant de transfert « {transfer.identifier} » n’est pas utilisable : "
            "lettres sans accent, chiffres, tirets, points et soulignés seulement."
        )
    required = {
        "l’accord de versement": transfer.agreement,
        "le service d’archives": transfer.archival_agency,
        "le service versant": transfer.transferring_agency,
        "le service producteur": transfer.originating_agency,
    }
    for name, value in required.items():
        if not value.strip():
            raise InvalidTransfer(f"Le transfert {transfer.identifier} ne nomme pas {name} ; complétez le réglage.")
    if transfer.date.tzinfo is None:
        raise InvalidTransfer("La date du transfert doit porter son fuseau horaire.")
    for value in (*required.values(), transfer.submission_agency, transfer.profile, *transfer.completes):
        refuse_text(value, "l’en-tête du transfert")
    refuse_text(transfer.comment, "le commentaire du transfert")
    rules = transfer.rules
    for rule in (rules.appraisal, rules.access, rules.dissemination, rules.reuse):
        _check_rule(rule)
    units = list(_walk(transfer.root))
    if len({id(unit) for unit in units}) != len(units):
        raise InvalidTransfer("Une même unité d’archives figure deux fois dans l’arbre du transfert.")
    for unit in units:
        _check_unit(unit)


def _check_rule(rule: Rule | None) -> None:
    if rule is None:
        return
    if not rule.code.strip():
        raise InvalidTransfer("Une règle de gestion n’a pas de code ; complétez le réglage du SAE.")
    refuse_text(rule.code, "le code d’une règle de gestion")
    if rule.start and rule.start.year > _LAST_YEAR:
        raise InvalidTransfer(f"La règle {rule.code} part d’une date que le SAE ne sait pas traiter.")


def _check_unit(unit: Unit) -> None:
    if not unit.title.strip():
        raise InvalidTransfer("Une unité d’archives n’a pas d’intitulé, que le SAE exige.")
    where = f"l’unité « {unit.title} »"
    for value in _texts(unit):
        refuse_text(value, where)
    for agent in unit.agents:
        _check_agent(agent, where)
    if unit.start and unit.end and _day(unit.start) > _day(unit.end):
        raise InvalidTransfer(f"Dans {where}, la date de début suit la date de fin.")
    for event in unit.events:
        if not (event.code.strip() or event.label.strip()):
            raise InvalidTransfer(f"Un événement de {where} n’a ni code ni libellé.")
    _check_rule(unit.access)
    _check_rule(unit.dissemination)
    _check_documents(unit, where)


def _texts(unit: Unit) -> Iterator[str]:
    names = unit.identifiers
    yield from (unit.title, unit.description, unit.document_type, unit.language, unit.originating_agency)
    yield from (names.system, names.originating, names.transferring)
    for keyword in unit.keywords:
        yield from (keyword.content, keyword.reference)
    for agent in unit.agents:
        yield from (agent.corporate_name, agent.first_name, agent.birth_name, agent.full_name)
        yield from (agent.identifier, agent.function, agent.role, agent.mandate)
    for event in unit.events:
        yield from (event.code, event.label, event.detail, event.outcome, event.message)


def _check_agent(agent: Agent, where: str) -> None:
    person = bool(agent.first_name or agent.birth_name or agent.full_name)
    if person == bool(agent.corporate_name):
        raise InvalidTransfer(f"Un agent de {where} doit être une personne ou un organisme, l’un des deux.")


def _check_documents(unit: Unit, where: str) -> None:
    usages = [document.usage for document in unit.documents]
    if len(set(usages)) != len(usages):
        raise InvalidTransfer(f"L{where[1:]} porte deux fichiers de même usage ; faites deux unités.")
    if usages and "BinaryMaster_1" not in usages:
        raise InvalidTransfer(f"L{where[1:]} n’a pas d’original (BinaryMaster), que le SAE exige.")
    for document in unit.documents:
        if not document.data:
            raise InvalidTransfer(f"Le fichier « {document.filename} » de {where} est vide.")
        if not document.filename.strip():
            raise InvalidTransfer(f"Un fichier de {where} n’a pas de nom.")
        refuse_text(document.filename, where)


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value
