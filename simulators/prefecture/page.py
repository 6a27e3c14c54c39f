"""The page that shows, in French, what the TdT and the ministry hold, and lets one play the préfecture."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any

from hemicycle.protocols.actes.messages import KINDS

from .aside import PutAside
from .correspondence import LETTERS
from .ledger import LABELS, Ledger
from .ministry import Ministry
from .scenarios import EVERY_ACT, SCENARIOS, Staged

_STYLE = """
body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:80rem;padding:1rem;color:#1b1b1b;background:#fff}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;padding:.5rem 0}
th,td{border-bottom:1px solid #767676;padding:.5rem;text-align:left;vertical-align:top;overflow-wrap:break-word}
thead th{white-space:nowrap}th.act{word-break:break-word;min-width:15rem}td{min-width:6rem}h2{margin-top:2.5rem}
.wide{overflow-x:auto}.notice{border-left:.3rem solid #a94c00;padding:.5rem 1rem;background:#fff4ec}
ol{margin:0;padding-left:1.2rem}button,select,input{font:inherit;padding:.3rem .6rem;max-width:100%}
.fields{display:flex;flex-wrap:wrap;gap:.75rem 1.5rem;align-items:end}
.fields>p{margin:.5rem 0;max-width:100%}
.fields label{display:block;font-weight:600}.fields label.beside{display:inline}

.line{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.35rem}
.line li{border:1px solid #767676;border-radius:.25rem;padding:.1rem .5rem}
.line .out{background:#eaf1fb}.line .late{border-style:dashed}
summary{cursor:pointer}details .fields{padding:.5rem 0}
"""
_TITLES = {kind.code: kind.title for kind in KINDS.values()}
_PLAYERS = {"ministere": "Ministère et préfecture", "tdt": "Tiers de télétransmission"}


def render(
    ledger: Ledger, ministry: Ministry, staged: Sequence[Staged], aside: Sequence[PutAside], *, now: datetime
) -> str:
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><link rel="icon" href="data:,">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Préfecture – simulateur</title><style>{_STYLE}</style></head><body><main>"
        "<h1>TdT et ministère – simulateur</h1>"
        '<p class="notice">Rien de ce qui passe ici n’atteint une préfecture : ce programme imite un tiers de '
        f"télétransmission et @CTES. Il est {now:%d/%m/%Y %H:%M:%S} pour lui.</p>"
        f"{_scenarios(staged)}{_actes(ledger, ministry)}{_aside(aside)}{_transactions(ledger)}</main></body></html>"
    )


def _scenarios(staged: Sequence[Staged]) -> str:
    groups = "".join(
        f'<optgroup label="{label}">'
        + "".join(
            f'<option value="{name}">{escape(scenario.label)}</option>'
            for name, scenario in SCENARIOS.items()
            if scenario.who == player
        )
        + "</optgroup>"
        for player, label in _PLAYERS.items()
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(item.number) if item.number != EVERY_ACT else "Tous les envois"}</th>'
        f"<td>{_PLAYERS[item.who]}</td><td>{escape(SCENARIOS[item.scenario].label)}</td>"
        f"<td>{'jusqu’à nouvel ordre' if item.left is None else f'encore {item.left} fois'}</td></tr>"
        for item in staged
    )
    return (
        '<h2>Scénario</h2><form method="post" action="/scenario" class="fields">'
        f'<p><label for="scenario">Ce qui arrive</label><select id="scenario" name="scenario">{groups}</select></p>'
        '<p><label for="number">Numéro de l’acte (vide : tous les prochains)</label>'
        '<input id="number" name="number" autocomplete="off"></p>'
        '<p><label for="times">Combien de fois (vide : toujours)</label>'
        '<input id="times" name="times" inputmode="numeric" size="4"></p><p><button>Appliquer</button></p></form>'
        + _table("Scénarios en cours", ("Acte", "Qui", "Scénario", "Durée"), rows, "Aucun : tout se passe bien.")
    )


def _actes(ledger: Ledger, ministry: Ministry) -> str:
    rows = "".join(_acte(ledger, acte, rank) for rank, acte in enumerate(reversed(ministry.registry.actes())))
    dated = f"{ministry.classification().dated:%d/%m/%Y}"
    return (
        f"<h2>Au ministère</h2><p>Classification en vigueur : {dated}.</p>"
        '<form method="post" action="/ministere/classification" class="fields"><p>'
        '<label for="date">La remplacer par celle du</label><input id="date" name="date" type="date" required></p>'
        "<p><button>Remplacer</button></p></form>"
    ) + _table(
        "Actes reçus, les plus récents d’abord",
        ("Acte", "Dépôts", "Échanges, dans l’ordre", "Écrire à la collectivité"),
        rows,
        "Aucun acte reçu.",
    )


def _acte(ledger: Ledger, acte: dict[str, Any], rank: int) -> str:
    known = ledger.by_unique_id(acte["id"])
    subject = f"<br>{escape(known['subject'])}" if known else ""
    files = "".join(f"<li>{escape(document['name'])}</li>" for document in acte["documents"])
    line = "".join(_exchange(exchange) for exchange in acte["exchanges"])
    return (
        f'<tr><th scope="row" class="act">{escape(acte["id"])}{subject}'
        f"<details><summary>Documents</summary><ol>{files}</ol></details></th><td>{acte['count']}</td>"
        f'<td><ol class="line">{line}</ol></td><td>{_letter(acte, rank) if acte["accepted"] else ""}</td></tr>'
    )


def _exchange(exchange: dict[str, Any]) -> str:
    title = _TITLES.get(exchange["code"], "Message que la norme ne connaît pas")
    way = "de la collectivité" if exchange["inbound"] else "de l’État"
    way += "" if exchange["sent"] else ", en attente"
    kind = "in" if exchange["inbound"] else "out" if exchange["sent"] else "out late"
    when = f"{datetime.fromisoformat(exchange['at']):%d/%m %H:%M}"
    return f'<li class="{kind}"><strong>{escape(exchange["code"])}</strong> {escape(title)}, {way}, {when}</li>'


def _letter(acte: dict[str, Any], rank: int) -> str:
    options = "".join(f'<option value="{flow}">{escape(letter.label)}</option>' for flow, letter in LETTERS.items())
    return (
        '<details><summary>Courrier…</summary><form method="post" action="/ministere/courrier" class="fields">'
        f'<input type="hidden" name="acte" value="{escape(acte["id"])}">'
        f'<p><label for="type-{rank}">Courrier</label><select id="type-{rank}" name="type">{options}</select></p>'
        f'<p><label for="texte-{rank}">Motif (vide : un exemple)</label>'
        f'<input id="texte-{rank}" name="texte"></p>'
        f'<p><input type="checkbox" id="rappel-{rank}" name="rappel" value="1"> '
        f'<label for="rappel-{rank}" class="beside">C’est un rappel</label></p>'
        "<p><button>Envoyer</button></p></form></details>"
    )


def _aside(aside: Sequence[PutAside]) -> str:
    rows = "".join(
        f'<tr><th scope="row" class="act">{"<br>".join(escape(n) for n in item.names if n.endswith(".xml"))}</th>'
        f"<td>{escape(item.reason)}</td>"
        '<td><form method="post" action="/retours/rattacher">'
        f'<button name="retour" value="{item.key}">Rattacher à l’acte de même numéro</button></form></td></tr>'
        for item in aside
    )
    return "<h2>Au TdT</h2>" + _table(
        "Retours mis de côté, que l’opérateur du TdT peut rattacher à la main",
        ("Messages", "Pourquoi", "Opérateur"),
        rows,
        "Aucun retour mis de côté.",
    )


def _transactions(ledger: Ledger) -> str:
    return _table(
        "Transactions, les plus récentes d’abord",
        ("N°", "Objet", "État", "Historique", "Fichiers"),
        "".join(_row(ledger, row) for row in ledger.all()),
        "Aucune transaction pour le moment.",
    )


def _row(ledger: Ledger, row: sqlite3.Row) -> str:
    states = ledger.states(row["id"])
    history = "".join(f"<li>{_when(state['at'])} : {escape(state['message'])}{_return(state)}</li>" for state in states)
    last = states[-1]["status"]
    subject = f"<br>{escape(row['subject'])}" if row["subject"] else ""
    title = f"{row['flow']} {_TITLES.get(row['flow'], 'Message')}"
    return (
        f'<tr><th scope="row">{row["id"]}</th><td>{escape(title)}<br>{escape(row["unique_id"])}{subject}</td>'
        f"<td>{last} – {escape(LABELS[last])}</td><td><ol>{history}</ol></td>"
        f'<td><a href="/archive/{row["envelope_id"]}">archive .tar.gz</a></td></tr>'
    )


def _return(state: sqlite3.Row) -> str:
    return f' (<a href="/retour-xml/{state["id"]}">message XML</a>)' if state["flux"] else ""


def _table(caption: str, heads: Sequence[str], rows: str, empty: str) -> str:
    header = "".join(f'<th scope="col">{head}</th>' for head in heads)
    nothing = f'<tr><td colspan="{len(heads)}">{empty}</td></tr>'
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{caption}"><table><caption>{caption}</caption>'
        f"<thead><tr>{header}</tr></thead><tbody>{rows or nothing}</tbody></table></div>"
    )


def _when(at: str) -> str:
    return f"{datetime.fromisoformat(at):%d/%m/%Y %H:%M:%S}"
