"""Everything that a reader may take away of a dossier, as files: texts, annexes, versions, what was said, proofs."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.drafting.comments import threads_of
from hemicycle.chain.drafting.documents import draft_pdf, report_pdf
from hemicycle.chain.drafting.queries import Detail
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.models import Attachment, Version
from hemicycle.dossier.reading_files import being_scanned
from hemicycle.rendering.compile import RenderingRefused
from hemicycle.texts import typography
from hemicycle.web.act_text import act_html
from hemicycle.web.visa_lines import PROOFS

#: What no system of files takes in a name.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
LONGEST_NAME = 120
#: What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, kw_only=True)
class File:
    """A file of the whole dossier, at its place in the tree."""

    path: str
    data: bytes
    #: Already compressed, or large: packed as it is.
    stored: bool = False


def safe(name: str, *, longest: int = LONGEST_NAME) -> str:
    """A name that every system opens: no separator, no control, neither too long nor empty, its extension kept."""
    clean = _UNSAFE.sub("-", name).strip(" .-") or "sans nom"
    if len(clean) <= longest:
        return clean
    stem, dot, extension = clean.rpartition(".")
    kept = f".{extension}" if dot and len(extension) <= 8 else ""
    return f"{(stem if kept else clean)[: longest - len(kept)].rstrip(' .')}{kept}"


def files_of(detail: Detail, *, at: dt.datetime) -> Iterator[File]:
    """The files in their order; what the reader may not read is left out, and said so nowhere."""
    yield from _texts(detail, at=at)
    for path, annex in annex_paths(detail):
        yield File(path=f"03 Annexes/{path}", data=attachments.read(annex), stored=True)
    for version in detail.versions:
        yield from _version(version, whole=version.number not in detail.abridged)
    yield _page("05 Commentaires.html", "dossier/file_comments.html", detail, threads=threads_of(detail.comments))
    yield File(path="06 Visas.csv", data=_visas(detail))
    yield File(path="07 Journal/journal.json", data=_journal(detail))
    yield File(path="07 Journal/Comment vérifier.txt", data=_text("dossier/file_verify.txt", {"detail": detail}))
    for rank, paper in enumerate(detail.produced, start=1):
        name = safe(f"{rank:02d} {paper.name}")
        yield File(path=f"08 Acte et suites/{name}", data=attachments.read(paper), stored=True)


def _texts(detail: Detail, *, at: dt.datetime) -> Iterator[File]:
    """The report and the draft as they are printed: of the last version, or as they stand before the first."""
    version = detail.versions[-1] if detail.versions else None
    makers: tuple[tuple[str, Callable[..., bytes]], ...] = (
        ("01 Rapport", report_pdf),
        ("02 Projet de délibération", draft_pdf),
    )
    for name, make in makers:
        try:
            yield File(path=f"{name}.pdf", data=make(detail.dossier, at=at, version=version), stored=True)
        except RenderingRefused as refusal:
            yield File(path=f"{name} (sans PDF).txt", data=f"{refusal}\n".encode())


def annex_paths(detail: Detail) -> Iterator[tuple[str, Attachment]]:
    """« 01 Convention d’objectifs.pdf »: the annexes that may be handed to the reader, by rank and title."""
    for rank, annex in enumerate(detail.annexes, start=1):
        if not being_scanned(annex):
            extension = annex.name.rpartition(".")[2].lower()
            yield safe(f"{rank:02d} {annex.title}.{extension}"), annex


def _version(version: Version, *, whole: bool) -> Iterator[File]:
    """A version to read, and the very bytes that its digest, and so each visa, is of.

    These name its confidential annexes: they go to whoever reads them only.
    """
    folder = f"04 Versions/v{version.number}"
    texts = {
        "report": act_html(version.report, tables="Tableau du rapport"),
        "deliberation": act_html(version.deliberation, tables="Tableau de la délibération"),
    }
    yield _page(
        f"{folder}/Textes.html", "dossier/file_version.html", None, version=version, annexes=version.annexes, **texts
    )
    if not whole:
        return
    content = {name: getattr(version, name) for name in ("report", "deliberation", "fields", "annexes")}
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    yield File(path=f"{folder}/version.json", data=canonical.encode())


def _page(path: str, template: str, detail: Detail | None, **context: Any) -> File:
    return File(path=path, data=_text(template, {"detail": detail, **context}))


def _text(template: str, context: dict[str, Any]) -> bytes:
    return render_to_string(template, context).encode()


VISAS = (
    *("Étape", "Requis", "Pourquoi", "Ce qui a été fait", "Par", "En l’absence de", "Délégation", "Le"),
    *("Version", "Empreinte (SHA-256)", "Remarque", "Annulé le"),
)


def _visas(detail: Detail) -> bytes:
    """Everything said in the circuit, then what nobody said: for a spreadsheet, in French form."""
    out = io.StringIO()
    write = csv.writer(out, delimiter=";", lineterminator="\r\n").writerow
    write(VISAS)
    for step in circuit.steps_of(detail.dossier):
        required = "oui" if step.required else "non"
        for visa in step.visas:
            absent = visa.on_behalf_of.full_name if visa.on_behalf_of else ""
            said = (visa.get_kind_display(), visa.agent.full_name, absent, visa.delegation, _moment(visa.given_at))
            proof = (visa.version, visa.digest, visa.remark, _moment(visa.annulled_at))
            write([_cell(value) for value in (step.label, required, step.why, *said, *proof)])
    for missing in circuit.required_of(detail.dossier):
        if missing.state != "given":
            who = missing.person.full_name if missing.person else ""
            done = (PROOFS[missing.state][1], who, "", "", _moment(missing.when), "", "", missing.reason, "")
            write([_cell(value) for value in (missing.label, "oui", missing.why, *done)])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _moment(at: dt.datetime | None) -> str:
    return typography.datetime_fr(timezone.localtime(at)) if at else ""


def _journal(detail: Detail) -> bytes:
    """The sealed entries of the dossier, and the head of the whole chain: each hash can be computed again."""
    told = {
        "dossier": detail.dossier.number,
        "tete_du_journal": journal.head(),
        "entrees": [entry.sealed for entry in detail.journal],
    }
    return json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"
