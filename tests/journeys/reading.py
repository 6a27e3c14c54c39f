"""Reading what a journey left with tools that are not ours."""

from __future__ import annotations

import hashlib
import subprocess
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
from asn1crypto import cms
from frictionless import Resource, Schema

#: What norms/scdl.md asks of each column: type, whether it is required, pattern.
SCDL: tuple[tuple[str, str, bool, str | None], ...] = (
    ("COLL_NOM", "string", True, None),
    ("COLL_SIRET", "string", True, r"^\d{14}$"),
    ("DELIB_ID", "string", True, None),
    ("DELIB_DATE", "date", True, None),
    ("DELIB_MATIERE_CODE", "string", True, r"^\d\.\d{1,2}$"),
    ("DELIB_MATIERE_NOM", "string", True, r"^[^,()]+/[^,()]+$"),
    ("DELIB_OBJET", "string", True, None),
    ("BUDGET_ANNEE", "string", False, r"^[0-9]{4}(\/[0-9]{4})?$"),
    ("BUDGET_NOM", "string", False, None),
    ("PREF_ID", "string", False, r"^(PREF\d(\d|A|B)\d|SPREF\d(\d|A|B)\d\d|SGAR\d{3})$"),
    ("PREF_DATE", "date", False, None),
    *((f"VOTE_{name}", "integer", False, None) for name in ("EFFECTIF", "REEL", "POUR", "CONTRE", "ABSTENTION")),
    ("DELIB_URL", "string", False, r"^https?://.+$"),
)


def text_of(pdf: Path) -> str:
    """The words of a PDF, spaces made single."""
    done = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def in_tar(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as members:
        return {m.name: members.extractfile(m).read() for m in members if m.isfile()}  # type: ignore[union-attr]


def in_zip(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as members:
        return {name: members.read(name) for name in members.namelist()}


def scdl_faults(table: Path) -> list[str]:
    """What frictionless says against the schema written from the norm."""
    fields = []
    for name, kind, required, pattern in SCDL:
        constraints: dict[str, Any] = {"required": required, **({"pattern": pattern} if pattern else {})}
        fields.append({"name": name, "type": kind, "constraints": constraints})
    schema = Schema.from_descriptor({"fields": fields})
    report = Resource(path=table.name, basepath=str(table.parent), schema=schema).validate()
    return [error.message for task in report.tasks for error in task.errors]


def signature_of(pdf: Path) -> cms.SignerInfo:
    """The signer of the one CMS of a signed PDF (ISO 32000-2 §12.8.3)."""
    with pikepdf.open(pdf) as document:
        (field,) = document.Root.AcroForm.Fields
        contents = bytes(field.V.Contents)
    (signer,) = cms.ContentInfo.load(contents)["content"]["signer_infos"]
    return signer


def token_of(signer: cms.SignerInfo) -> cms.ContentInfo:
    """The RFC 3161 token that a PAdES B-T signature carries (ETSI EN 319 122-1 §5.3)."""
    (token,) = (
        attribute["values"][0]
        for attribute in signer["unsigned_attrs"]
        if attribute["type"].native == "signature_time_stamp_token"
    )
    return token
