"""What a file of the chain is, in French: asked of each protocol in turn."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from hemicycle.protocols.actes import inspection as actes
from hemicycle.protocols.pades import inspection as pades
from hemicycle.protocols.pades.verdicts import Verdict
from hemicycle.protocols.seda import inspection as seda

#: Bytes; the largest thing of the chain is an archive of 150 MiB (norms/actes §5), a package a little more.
MAX_BYTES = 400 * 1024 * 1024


class Description(Protocol):
    """What every protocol answers."""

    @property
    def kind(self) -> str: ...
    @property
    def facts(self) -> Sequence[tuple[str, str]]: ...
    @property
    def problems(self) -> Sequence[str]: ...
    @property
    def notes(self) -> Sequence[str]: ...
    @property
    def sound(self) -> bool: ...


def verify(paths: Sequence[Path], *, roots: Path | None, at: datetime, as_json: bool = False) -> tuple[str, int]:
    """The verdicts on signed PDF files, and the worst exit code: 0 whole, 1 doubtful, 2 refused.

    `roots`: file or folder of the authorities to trust; none leaves every signatory unvouched for. `at`: now.
    """
    from hemicycle.protocols.pades import report
    from hemicycle.protocols.pades.roots import UnreadableRoots, read_roots

    try:
        trusted = read_roots(roots) if roots is not None else ()
    except UnreadableRoots as refusal:
        return str(refusal), 2
    found = [(path.name, _verdict(path, trusted, at)) for path in paths]
    codes = [2 if isinstance(verdict, str) else report.CODES[verdict.outcome] for _, verdict in found]
    if as_json:
        return report.written([report.as_json(name, verdict) for name, verdict in found]), max(codes)
    return "\n\n".join(report.as_text(name, verdict) for name, verdict in found), max(codes)


def _verdict(path: Path, roots: Sequence[bytes], at: datetime) -> Verdict | str:
    from hemicycle.protocols.pades import report

    data = _read(path)
    return data if isinstance(data, str) else report.judged(data, roots=roots, at=at)


def inspect(path: Path, *, as_json: bool = False) -> tuple[str, bool]:
    """The report on a file, and whether it is sound. A file that is nothing of the chain is not."""
    data = _read(path)
    if isinstance(data, str):
        return _plain(path, data, as_json)
    found = describe(data, path.name)
    if found is None:
        return _plain(
            path,
            "Ce fichier n’est ni un message, une enveloppe ou une archive @CTES, ni un bordereau, un paquet ou une "
            "réponse SEDA, ni un PDF.",
            as_json,
        )
    return (_as_json(path, found) if as_json else _as_text(path, found)), found.sound


def _read(path: Path) -> bytes | str:
    """The bytes of a file, or the sentence that says why there are none."""
    try:
        if path.is_dir():
            return f"{path} est un dossier ; donnez un seul fichier."
        if not path.is_file():
            return f"Le fichier {path} n’existe pas ; vérifiez son chemin."
        if path.stat().st_size > MAX_BYTES:
            return f"Ce fichier dépasse {MAX_BYTES // 1_048_576} Mo ; il n’est pas de la chaîne."
        data = path.read_bytes()
    except (OSError, ValueError):
        return f"Le fichier {path} ne se lit pas ; vérifiez son chemin et ses droits."
    return data or f"Le fichier {path} est vide ; demandez-le de nouveau à qui l’a produit."


def describe(data: bytes, name: str) -> Description | None:
    """The first protocol that knows the file says what it is."""
    return (
        pades.describe(data, name)
        or actes.describe(data, name, schemas=_schemas("HEMICYCLE_ACTES_XSD"))
        or seda.describe(data, name, schemas=_schemas("HEMICYCLE_SEDA_XSD"))
    )


def _schemas(variable: str) -> Path | None:
    folder = os.environ.get(variable, "")
    return Path(folder) if folder and Path(folder).is_dir() else None


def _as_text(path: Path, found: Description) -> str:
    width = max((len(term) for term, _ in found.facts), default=0)
    lines = [f"{path.name} : {found.kind}", ""]
    lines += [f"  {term:<{width}}  {value}" for term, value in found.facts]
    if found.notes:
        lines += ["", "À savoir :", *(f"  · {note}" for note in found.notes)]
    if found.problems:
        lines += ["", "Ce qui ne va pas :", *(f"  ✗ {problem}" for problem in found.problems)]
    lines += ["", "Verdict : conforme." if found.sound else "Verdict : non conforme."]
    return "\n".join(lines)


def _as_json(path: Path, found: Description) -> str:
    return json.dumps(
        {
            "fichier": path.name,
            "nature": found.kind,
            "conforme": found.sound,
            "faits": [{"nom": term, "valeur": value} for term, value in found.facts],
            "problemes": list(found.problems),
            "notes": list(found.notes),
        },
        ensure_ascii=False,
        indent=2,
    )


def _plain(path: Path, sentence: str, as_json: bool) -> tuple[str, bool]:
    if not as_json:
        return sentence, False
    answer = {
        "fichier": path.name,
        "nature": None,
        "conforme": False,
        "faits": [],
        "problemes": [sentence],
        "notes": [],
    }
    return json.dumps(answer, ensure_ascii=False, indent=2), False
