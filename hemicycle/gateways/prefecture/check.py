"""A test of whoever carries our acts: its address, its certificate, our account. No act is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from hemicycle.gateways.checks import Finding, Report, failed, in_doubt, works
from hemicycle.gateways.prefecture.errors import Rejected, Unreachable
from hemicycle.gateways.prefecture.line import Line
from hemicycle.gateways.reaching import reached_url, shown_certificate

ACCOUNT, NOMENCLATURE = "Compte", "Classification"
_REMEDIES = {
    ACCOUNT: "Vérifiez avec l’opérateur HEMICYCLE_TDT_CERTIFICATE et _KEY, puis HEMICYCLE_TDT_LOGIN et _PASSWORD.",
    NOMENCLATURE: "Demandez à l’opérateur que le compte lise la classification, ou attendez sa première réception.",
}


def tested(line: Line, *, at: datetime, ask: Sequence[tuple[str, Callable[[], object]]] = ()) -> Report:
    """The network, the certificates, then each question in turn; the first that fails ends them."""
    found = reached_url(line.url, context=line.context, at=at, timeout=line.timeout)
    found += shown_certificate(line.certificate, line.key, at=at)
    for what, question in ask:
        if not found.reached:
            break
        found += Report.of(_answered(line, what, question))
    return found


def _answered(line: Line, what: str, question: Callable[[], object]) -> Finding:
    try:
        question()
    except (Unreachable, Rejected) as trouble:
        # Acts leave without the nomenclature: only its absence is to be looked at.
        told = in_doubt if what == NOMENCLATURE else failed
        return told(what, str(trouble), remedy=_REMEDIES[what])
    if what == NOMENCLATURE:
        return works(what, f"{line.who} donne la classification de la préfecture.")
    return works(what, f"{line.who} admet notre compte.")
