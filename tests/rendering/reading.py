"""What a reader gets out of a PDF: its words, by poppler; its conformance, by veraPDF."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest


def words(pdf: bytes, *, layout: bool = False) -> str:
    """The text, spaces of every kind made plain, curly apostrophes straight."""
    needs("pdftotext", "poppler-utils")
    command = ["pdftotext", *(["-layout"] if layout else []), "-enc", "UTF-8", "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return re.sub(r"\s+", " ", done.stdout.decode()).replace("’", "'")


def pages(pdf: bytes) -> list[str]:
    """The words of each page."""
    needs("pdftotext", "poppler-utils")
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return [re.sub(r"\s+", " ", page) for page in done.stdout.decode().split("\f")[:-1]]


def faults(shared: Path, folder: Path, files: dict[str, bytes]) -> list[str]:
    """What veraPDF holds against the files, as PDF/A-2a and PDF/UA-1; one run for all."""
    needs("java", "a JRE")
    paths = [folder / f"{name}.pdf" for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_bytes(content)
    judge = shared / "tools" / "verapdf" / "verapdf"
    done = subprocess.run([judge, "2a,ua1", *paths], capture_output=True, text=True, check=False)
    passed = [line for line in done.stdout.splitlines() if line.startswith("PASS")]
    if done.returncode == 0 and len(passed) == 2 * len(files):
        return []
    return [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("PASS")] or ["no verdict"]


def needs(program: str, package: str) -> None:
    if shutil.which(program) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{program} is missing ({package})")
        pytest.skip(f"needs {program} ({package})")
