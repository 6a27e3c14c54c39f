"""The verdict on a file for a terminal, or as JSON for another program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from .apart import verify_apart
from .people import plain
from .summary import advice, facts, headline, kind, reasons, stamp_fact, word
from .told import as_data
from .verdicts import Verdict
from .verify import Unreadable

__all__ = ["CODES", "as_json", "as_text", "judged", "written"]

#: Exit codes of the command, by outcome.
CODES = {"whole": 0, "doubtful": 1, "refused": 2}


def judged(pdf: bytes, *, roots: Sequence[bytes], at: datetime) -> Verdict | str:
    """The verdict on a file, or the sentence that says why there is none."""
    try:
        return verify_apart(pdf, trust_roots=roots, at=at)
    except Unreadable as refusal:
        return str(refusal)


def as_text(name: str, verdict: Verdict | str) -> str:
    """What a clerk reads of one file."""
    if isinstance(verdict, str):
        return f"{plain(name)} : refusé\n\n  {verdict}"
    lines = [f"{plain(name)} : {word(verdict.outcome)}", "", f"  {headline(verdict)}"]
    lines += [f"  ✗ {reason}" for reason in reasons(verdict)]
    lines += [f"  {advice(verdict)}"]
    for rank, signature in enumerate(verdict.signatures, start=1):
        told = facts(signature)
        width = max(len(term) for term, _ in told)
        judged_so = word(signature.outcome, feminine=not signature.seal)
        lines += ["", f"  {kind(signature)} {rank} sur {len(verdict.signatures)} : {judged_so}"]
        lines += [f"    {term:<{width}}  {value}" for term, value in told]
        lines += [f"    · {note}" for note in signature.notes]
    lines += [f"  Horodatage d’archivage : {stamp_fact(stamp)}" for stamp in verdict.stamps]
    return "\n".join(lines)


def as_json(name: str, verdict: Verdict | str) -> dict[str, Any]:
    """The same for a program: keys in French, as the command's other answers."""
    if isinstance(verdict, str):
        return {"fichier": name, "verdict": "refusé", "phrase": verdict, "raisons": [verdict], "signatures": []}
    data = as_data(verdict)
    return {
        "fichier": name,
        "verdict": word(verdict.outcome),
        "phrase": headline(verdict),
        "raisons": list(reasons(verdict)),
        "signatures": [
            {"verdict": word(signature.outcome), "faits": dict(facts(signature)), "detail": detail}
            for signature, detail in zip(verdict.signatures, data["signatures"], strict=True)
        ],
        "horodatages": data["stamps"],
    }


def written(answers: Sequence[dict[str, Any]]) -> str:
    """Answers as the command prints them: one object for one file, a list for several."""
    return json.dumps(answers[0] if len(answers) == 1 else list(answers), ensure_ascii=False, indent=2)
