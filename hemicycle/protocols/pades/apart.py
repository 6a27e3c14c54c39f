"""Verification in a process of its own: a file made to exhaust its reader exhausts only that one.

`python -m hemicycle.protocols.pades.apart`: on its input a line of JSON (roots, time), then the file; a line of JSON
on its output. The answer is data, never code: whoever took the process over could only lie about its own file.
"""

from __future__ import annotations

import json
import logging
import resource
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import datetime

from .told import as_data, from_data
from .verdicts import Verdict
from .verify import Unreadable, verify

__all__ = ["MAX_BYTES", "verify_apart"]

#: Bytes of one file; an act with its annexes is far below.
MAX_BYTES = 100 * 1024 * 1024
#: Bytes of memory and seconds of processor; and seconds of waiting, since others may use the processor.
MEMORY, CPU_SECONDS, SECONDS = 2 * 1024**3, 30, 90

TOO_BIG = f"Le fichier dépasse {MAX_BYTES // 1024**2} Mo ; il n’est pas vérifié."
TOO_HEAVY = "Le fichier est fait de telle sorte que sa lecture ne finit pas ; il n’est pas vérifié."


def verify_apart(pdf: bytes, *, trust_roots: Sequence[bytes], at: datetime | None = None) -> Verdict:
    """`verify`, within a budget of size, memory and time. Raises Unreadable, also when the budget is spent."""
    if len(pdf) > MAX_BYTES:
        raise Unreadable(TOO_BIG)
    asked = {"roots": [b64encode(r).decode() for r in trust_roots], "at": at.isoformat() if at else None}
    command = [sys.executable, "-m", "hemicycle.protocols.pades.apart"]
    try:
        done = subprocess.run(
            command, input=json.dumps(asked).encode() + b"\n" + pdf, capture_output=True, timeout=SECONDS, check=False
        )
        told = json.loads(done.stdout)
        if "refusal" in told:
            raise Unreadable(str(told["refusal"]))
        return from_data(told)
    except Unreadable:
        raise
    except (subprocess.TimeoutExpired, ValueError, TypeError, KeyError) as cause:
        raise Unreadable(TOO_HEAVY) from cause


def main() -> int:
    """Judge one file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    logging.disable(logging.CRITICAL)
    asked = json.loads(sys.stdin.buffer.readline())
    pdf = sys.stdin.buffer.read()
    try:
        verdict = verify(
            pdf,
            trust_roots=[b64decode(root) for root in asked["roots"]],
            at=datetime.fromisoformat(asked["at"]) if asked["at"] else None,
        )
        answer = as_data(verdict)
    except Unreadable as refusal:
        answer = {"refusal": str(refusal)}
    except MemoryError:
        answer = {"refusal": TOO_HEAVY}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
