"""LibreOffice as a separate program, where it is installed: .rtf and .doc in, .docx out."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Literal, TypeAlias

from hemicycle.texts.office_file import shown, unreadable
from hemicycle.texts.refusal import TextRefused

Source: TypeAlias = Literal["rtf", "doc", "docx", "odt"]

#: Seconds given to one file; most take two, of which one and a half to start.
TIME_LIMIT = 60
#: Kilobytes of each file it may write.
_LARGEST = 300_000
#: No macro, no link to another place followed, whatever the file asks.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def program() -> str | None:
    """Where LibreOffice is, or None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_docx(data: bytes, kind: Source, filename: str) -> bytes:
    """The file as a .docx. Raises TextRefused: LibreOffice is not installed, could not read it, or took too long."""
    soffice = program()
    if soffice is None:
        raise TextRefused(
            f"Le fichier « {shown(filename)} » est au format .{kind}, que ce serveur ne sait pas convertir ; "
            "ouvrez-le, enregistrez-le en .docx ou .odt, puis recommencez."
        )
    with tempfile.TemporaryDirectory(prefix="hemicycle-") as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source = folder / f"text.{kind}"
        source.write_bytes(data)
        (folder / "out").mkdir()
        _convert(soffice, source, folder, filename)
        made = folder / "out" / "text.docx"
        if not made.is_file():
            raise unreadable(filename)
        return made.read_bytes()


def _convert(soffice: str, source: Path, folder: Path, filename: str) -> None:
    """Run it in a session of its own, so that it can be killed with all that it started."""
    command = [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "docx:Office Open XML Text", "--outdir", str(folder / "out"), str(source)]
    bounded = ["/bin/sh", "-c", f'ulimit -f {_LARGEST * 2}; ulimit -t {TIME_LIMIT * 2}; exec "$@"', "sh", *command]
    surroundings = {"HOME": str(folder), "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"}
    running = subprocess.Popen(
        bounded,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=surroundings,
        start_new_session=True,
    )
    try:
        running.wait(timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired as expired:
        raise TextRefused(
            f"Le fichier « {shown(filename)} » est trop lourd à convertir ; "
            "ouvrez-le, enregistrez-le en .docx ou .odt, puis recommencez."
        ) from expired
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
