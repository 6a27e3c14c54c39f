"""The words inside the files: PDF, Word, OpenDocument, plain text. Each file is read once, within its budgets."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable

from hemicycle.chain.finding.models import FileWords
from hemicycle.dossier import blobs
from hemicycle.dossier.models import Attachment
from hemicycle.texts.reading import read_document
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import plain_text

#: What is read of one file, at most.
MOST_BYTES, MOST_PAGES, MOST_CHARACTERS, SECONDS = 60 * 1024 * 1024, 400, 120_000, 30
OFFICE = ("docx", "odt")


def words_of(files: Iterable[Attachment]) -> dict[str, str]:
    """SHA-256 → words of the files; those never read before are read now. Raises StoreUnavailable."""
    wanted = {file.sha256: file for file in files}
    known = {row.sha256: row.words for row in FileWords.objects.filter(sha256__in=list(wanted)).order_by("sha256")}
    for sha256, file in wanted.items():
        if sha256 not in known:
            words, left_out = _read(file)
            FileWords.objects.get_or_create(sha256=sha256, defaults={"words": words, "left_out": left_out[:200]})
            known[sha256] = words
    return known


def _read(file: Attachment) -> tuple[str, str]:
    """The words, and why there are none."""
    if file.size > MOST_BYTES:
        return "", "fichier trop lourd pour que ses mots soient cherchés"
    kind = file.name.rpartition(".")[2].lower()
    data = blobs.get(file.sha256)
    if data.startswith(b"%PDF-"):
        return _of_pdf(data)
    if kind in OFFICE:
        try:
            return plain_text(read_document(data, file.name).doc)[:MOST_CHARACTERS], ""
        except TextRefused as refusal:
            return "", str(refusal)
    if kind in ("txt", "csv", "md") and b"\x00" not in data:
        return data[: MOST_CHARACTERS * 4].decode("utf-8", "replace")[:MOST_CHARACTERS], ""
    return "", "format dont les mots ne sont pas lus"


def _of_pdf(data: bytes) -> tuple[str, str]:
    command = [sys.executable, "-m", f"{__package__}.pdf_words", str(MOST_PAGES), str(MOST_CHARACTERS)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return "", "PDF trop long à lire"
    words = done.stdout.decode("utf-8", "replace").replace("\x00", " ").replace("\ufffe", "")
    return words, "" if done.returncode == 0 else "PDF illisible, ou lu en partie seulement"
