"""What an antivirus says of itself (clamd(8), the commands PING and VERSION)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hemicycle.gateways.checks import Finding, Report, failed, in_doubt, works

ANSWER, SIGNATURES = "Réponse", "Signatures de virus"
#: Past that age, what is new is no longer found: ClamAV publishes every day.
OLD = timedelta(days=7)


def judged(alive: str, version: str, *, at: datetime) -> Report:
    """The answers to PING and to VERSION, « ClamAV 1.4.1/27500/Mon Nov 23 09:10:00 2026 »."""
    if alive != "PONG":
        return Report.of(
            failed(
                ANSWER,
                "Ce n’est pas un clamd qui répond à cette adresse.",
                remedy="Vérifiez HEMICYCLE_CLAMD ; freshclam et clamav-milter écoutent sur d’autres ports.",
            )
        )
    engine, _, rest = version.partition("/")
    return Report.of(works(ANSWER, f"{engine or 'clamd'} répond."), _signatures(rest, at=at))


def _signatures(rest: str, *, at: datetime) -> Finding:
    remedy = "Vérifiez que freshclam tourne sur la machine de l’antivirus, et qu’il atteint ses miroirs."
    number, _, written = rest.partition("/")
    try:
        published = datetime.strptime(written.strip(), "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    except ValueError:
        return in_doubt(SIGNATURES, "L’antivirus ne dit pas de quand datent ses signatures.", remedy=remedy)
    said = f"Elles datent du {published:%d/%m/%Y} (n° {number})"
    if at - published > OLD:
        return in_doubt(SIGNATURES, f"{said} : les menaces récentes lui échappent.", remedy=remedy)
    return works(SIGNATURES, f"{said}.")
