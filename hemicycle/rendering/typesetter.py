"""The program that runs Typst: one document per process, so that it can be bounded and killed.

Started by path by `compile.py` in an isolated interpreter; it therefore imports nothing of ours.
Standard input: one JSON object {template, root, data, timestamp, standards, tagged, pictures}; output: the PDF.
A refusal of the compiler is exit code 3 with one JSON object {message, hints, trace} on standard error.
"""

from __future__ import annotations

import base64
import json
import resource
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import typst

REFUSED = 3
#: Bytes of address space. 200 dense pages take about 800 MB; Typst reserves far more than it touches.
MEMORY = 4 * 1024**3
#: Seconds of processor time, over all threads; the parent's wall clock is the shorter limit on an idle machine.
CPU_SECONDS = 120


def main() -> int:
    """Compile what standard input asks for."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    order = json.load(sys.stdin.buffer)
    root = Path(order["root"])
    if not order["pictures"]:
        return typeset(order, root)
    with tempfile.TemporaryDirectory(prefix="hemicycle-") as folder:
        # The compiler opens files under one root only: templates and images are put side by side.
        for template in root.glob("*.typ"):
            shutil.copy(template, folder)
        for name, data in order["pictures"].items():
            (Path(folder) / name).write_bytes(base64.b64decode(data))
        return typeset(order, Path(folder))


def typeset(order: dict[str, Any], root: Path) -> int:
    """Compile the template of that folder, and write the PDF or why there is none."""
    try:
        pdf = typst.compile(
            root / order["template"],
            root=root,
            # The whole document travels as one value: user text is never part of the source.
            sys_inputs={"data": json.dumps(order["data"], ensure_ascii=False)},
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=order["standards"],
            pdf_tags=order["tagged"],
            timestamp=order["timestamp"],
            # No package may be fetched: these folders hold none.
            package_path=root,
            package_cache_path=root,
        )
    except typst.TypstError as error:
        json.dump({"message": error.message, "hints": error.hints, "trace": error.trace}, sys.stderr)
        return REFUSED
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
