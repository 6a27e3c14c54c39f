"""Pandoc as a separate, sandboxed program: an office file in, its syntax tree out."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from typing import Any

import pypandoc

from hemicycle.texts.office_file import Kind, shown, unreadable
from hemicycle.texts.refusal import TextRefused

#: Seconds given to one file; a 400-paragraph report takes under one.
TIME_LIMIT = 60
#: Of Pandoc's heap: beyond, it stops by itself (exit status 251) and the machine is safe.
MEMORY_LIMIT = "1g"
_HEAP_EXHAUSTED = 251


@cache
def _program() -> str:
    return str(pypandoc.get_pandoc_path())


def syntax_tree(data: bytes, kind: Kind, filename: str) -> dict[str, Any]:
    """Pandoc's JSON tree of the file, with every tracked change still in it. Raises TextRefused."""
    command = [_program(), "+RTS", f"-M{MEMORY_LIMIT}", "-RTS"]
    command += ["--sandbox", "--track-changes=all", f"--from={kind}", "--to=json"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=TIME_LIMIT, check=False)
    except subprocess.TimeoutExpired as expired:
        raise _too_heavy(filename) from expired
    if done.returncode == _HEAP_EXHAUSTED:
        raise _too_heavy(filename)
    if done.returncode != 0:
        raise unreadable(filename)
    try:
        tree = json.loads(done.stdout)
    except (ValueError, RecursionError) as invalid:
        raise unreadable(filename) from invalid
    if not isinstance(tree, dict):
        raise unreadable(filename)
    return tree


def written(tree: dict[str, Any], kind: Kind) -> bytes:
    """The office file that Pandoc writes of a syntax tree of ours. Raises TextRefused."""
    command = [_program(), "+RTS", f"-M{MEMORY_LIMIT}", "-RTS", "--sandbox", "--from=json", f"--to={kind}"]
    command += ["--metadata=lang:fr-FR", "--output=-"]
    refusal = TextRefused("Le texte n’a pas pu être exporté, il est trop lourd ; déplacez-en une partie en annexe.")
    try:
        done = subprocess.run(
            command, input=json.dumps(tree).encode(), capture_output=True, timeout=TIME_LIMIT, check=False
        )
    except subprocess.TimeoutExpired as expired:
        raise refusal from expired
    if done.returncode != 0:
        raise refusal
    return done.stdout


def _too_heavy(filename: str) -> TextRefused:
    return TextRefused(
        f"Le fichier « {shown(filename)} » est trop lourd à lire ; "
        "coupez-le en plusieurs documents ou joignez-le en annexe en PDF."
    )
