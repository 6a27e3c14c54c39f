"""The page that shows, in French, what the TdT and the ministry hold."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from html import escape

from .ledger import LABELS, Ledger
from .ministry import Ministry
from .settings import SCENARIOS

_STYLE = """
body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:76rem;padding:1rem;color:#1b1b1b;background:#fff}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;padding:.5rem 0}
th,td{border-bottom:1px solid #767676;padding:.5rem;text-align:left;vertical-align:top;overflow-wrap:break-word}
thead th{white-space:nowrap}
.wide{overflow-x:auto}.notice{border-left:.3rem solid #a94c00;padding:.5rem 1rem;background:#fff4ec}
ol{margin:0;padding-left:1.2rem}button,select{font:inherit;padding:.3rem .6rem}form{display:inline-block}
"""
_LETTERS = {
    "2-1": "Courrier simple",
    "3-1": "Demande de pièces",
    "4-1": "Lettre d’observations",
}
_FLOWS = {
    "1-1": "Transmission d’un acte",
    "2-1": "Courrier simple",
    "2-2": "Réponse au courrier",
    "3-1": "Demande de pièces",
    "4-1": "Lettre d’observations",
    "6-1": "Annulation",
    "7-1": "Demande de classification",
}


def render(ledger: Ledger, ministry: Ministry, *, now: datetime) -> str:
    rows = "".join(_row(ledger, row) for row in ledger.all())
    empty = '<tr><td colspan="6">Aucune transaction pour le moment.</td></tr>'
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Préfecture – simulateur</title><style>{_STYLE}</style></head><body><main>"
        "<h1>TdT et ministère – simulateur</h1>"
        '<p class="notice">Rien de ce qui passe ici n’atteint une préfecture : ce programme imite un tiers de '
        f"télétransmission et @CTES. Il est {now:%d/%m/%Y %H:%M:%S} pour lui.</p>"
        f"{_scenario(ministry.scenario)}"
        '<div class="wide"><table><caption>Transactions, les plus récentes d’abord</caption><thead><tr>'
        '<th scope="col">N°</th><th scope="col">Objet</th><th scope="col">État</th>'
        '<th scope="col">Historique</th><th scope="col">Fichiers</th><th scope="col">Préfecture</th>'
        f"</tr></thead><tbody>{rows or empty}</tbody></table></div>"
        f"{_received(ministry)}</main></body></html>"
    )


def _scenario(current: str) -> str:
    options = "".join(
        f'<option value="{name}"{" selected" if name == current else ""}>{escape(label)}</option>'
        for name, label in SCENARIOS.items()
    )
    return (
        '<form method="post" action="/scenario"><p><label for="scenario">Prochains envois</label> '
        f'<select id="scenario" name="scenario">{options}</select> '
        "<button>Appliquer</button></p></form>"
    )


def _row(ledger: Ledger, row: sqlite3.Row) -> str:
    states = ledger.states(row["id"])
    history = "".join(f"<li>{_when(state['at'])} : {escape(state['message'])}{_return(state)}</li>" for state in states)
    last = states[-1]["status"]
    flow = _FLOWS.get(row["flow"], f"Message {row['flow']}")
    subject = f"<br>{escape(row['subject'])}" if row["subject"] else ""
    links = f'<a href="/archive/{row["envelope_id"]}">archive .tar.gz</a>'
    buttons = _buttons(row["unique_id"]) if row["type"] == "1" and last in (4, 5) else ""
    return (
        f'<tr><th scope="row">{row["id"]}</th><td>{escape(flow)} {escape(row["unique_id"])}{subject}</td>'
        f"<td>{last} – {escape(LABELS[last])}</td><td><ol>{history}</ol></td>"
        f"<td>{links}</td><td>{buttons}</td></tr>"
    )


def _return(state: sqlite3.Row) -> str:
    return f' (<a href="/retour-xml/{state["id"]}">message XML</a>)' if state["flux"] else ""


def _buttons(unique_id: str) -> str:
    return "".join(
        '<form method="post" action="/ministere/courrier">'
        f'<input type="hidden" name="acte" value="{escape(unique_id)}">'
        f'<button name="type" value="{flow}">{escape(label)}</button></form> '
        for flow, label in _LETTERS.items()
    )


def _received(ministry: Ministry) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(acte["id"])}</th><td>{acte["count"]}</td>'
        f"<td>{_when(acte['received_at'])}</td><td>{'<br>'.join(escape(d['name']) for d in acte['documents'])}"
        "</td></tr>"
        for acte in ministry.registry.actes()
    )
    return (
        '<h2>Au ministère</h2><div class="wide"><table><caption>Actes reçus</caption><thead><tr>'
        '<th scope="col">Identifiant</th><th scope="col">Dépôts</th><th scope="col">Reçu le</th>'
        '<th scope="col">Documents</th></tr></thead>'
        f"<tbody>{rows or '<tr><td colspan=4>Aucun acte reçu.</td></tr>'}</tbody></table></div>"
    )


def _when(at: str) -> str:
    return f"{datetime.fromisoformat(at):%d/%m/%Y %H:%M:%S}"
