"""The page that shows what the archive received."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from simulators.archive.deposits import Deposit
from simulators.archive.judgement import Policy

_PARIS: Final = ZoneInfo("Europe/Paris")
_VERDICTS: Final = {
    "STARTED": "contrôle en cours",
    "OK": "accepté",
    "WARNING": "accepté avec avertissement",
    "KO": "refusé",
    "FATAL": "erreur technique",
}
_STYLE: Final = """
body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:70rem;padding:1rem;color:#1b1b1b;background:#fff}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;padding:.5rem 0}
th,td{border-bottom:1px solid #767676;padding:.5rem;text-align:left;vertical-align:top}
th small{font-weight:400}code,small{overflow-wrap:anywhere}td ul{margin:0;padding-left:1rem}
.wide{overflow-x:auto}.notice{border-left:.3rem solid #a94c00;padding:.5rem 1rem;background:#fff4ec}
"""


def render(deposits: list[Deposit], policy: Policy) -> str:
    """The whole page, in French."""
    rows = "".join(_row(deposit) for deposit in reversed(deposits))
    table = (
        f'<div class="wide" role="region" aria-label="Dépôts reçus" tabindex="0"><table>'
        f"<caption>Dépôts reçus, le dernier d'abord ({len(deposits)})</caption><thead><tr>"
        '<th scope="col">N°</th><th scope="col">Transfert</th><th scope="col">Reçu le</th>'
        '<th scope="col">Verdict</th><th scope="col">Constats</th><th scope="col">Documents</th>'
        f"</tr></thead><tbody>{rows}</tbody></table></div>"
        if deposits
        else "<p>Aucun dépôt reçu pour l'instant.</p>"
    )
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><link rel="icon" href="data:,">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Simulateur de service d'archives</title><style>{_STYLE}</style></head><body><main>"
        "<h1>Service d'archives électronique : simulateur</h1>"
        '<p class="notice">Ce service est un simulateur. Il ne conserve rien au sens du code du patrimoine.</p>'
        f"<h2>Dépôts</h2>{table}<h2>Ce que la plate-forme connaît</h2>{_known(policy)}</main></body></html>"
    )


def _row(deposit: Deposit) -> str:
    findings = "".join(f"<li>{escape(f.message)} <code>{escape(f.detail)}</code></li>" for f in deposit.findings[:20])
    verdict = _VERDICTS.get(deposit.status, deposit.status)
    if deposit.context != "DEFAULT_WORKFLOW":
        verdict += " (à blanc)"
    name = deposit.message_identifier or deposit.application_id or "identifiant non lu"
    return (
        f'<tr><td>{deposit.number}</td><th scope="row">{escape(name)}<br><small>{escape(deposit.comment)}</small>'
        f"<br><small>opération {escape(deposit.operation_id)}</small></th>"
        f"<td>{_moment(deposit.received_at)}</td><td>{escape(verdict)}</td>"
        f"<td>{f'<ul>{findings}</ul>' if findings else 'rien à signaler'}</td><td>{_links(deposit)}</td></tr>"
    )


def _moment(written: str) -> str:
    return datetime.fromisoformat(written).astimezone(_PARIS).strftime("%d/%m/%Y à %H h %M")


def _links(deposit: Deposit) -> str:
    base = f"/simulateur/{deposit.operation_id}"
    label = f" du dépôt n° {deposit.number}"
    links = [f'<a href="{base}/paquet" aria-label="Paquet{label}">paquet</a> ({deposit.size} octets)']
    if deposit.state == "COMPLETED":
        links.append(f'<a href="{base}/reponse" aria-label="Réponse{label}">réponse</a>')
    return "<br>".join(links)


def _known(policy: Policy) -> str:
    known = policy.referential
    lines = (
        ("Contrats d'entrée", known.agreements),
        ("Services d'archives", known.archival_agencies),
        ("Services agents", known.agencies),
        ("Règles de gestion", known.rules),
    )
    items = "".join(
        f"<dt>{name}</dt><dd>{escape(', '.join(sorted(values)) if values is not None else 'non contrôlés')}</dd>"
        for name, values in lines
    )
    siret = "<p>Tout SIRET est accepté comme service agent.</p>" if known.any_siret else ""
    repeated = "refusé" if policy.refuse_repeated else "accepté"
    return f"<dl>{items}</dl>{siret}<p>Un identifiant de transfert déjà reçu est {repeated}.</p>"
