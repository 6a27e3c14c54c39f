"""The page a person reads: the holders, their codes, what was authorised and signed, and what may go wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any

from .service import FAULTS, Service

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1c2126}"
    "table{border-collapse:collapse;width:100%;margin-bottom:2rem}caption{text-align:left;font-weight:600}"
    "th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #c9ced4;vertical-align:top}"
    "td:first-child{white-space:nowrap}.wide{overflow-x:auto}"
    "select,button{font:inherit;padding:.4rem .6rem;max-width:100%}"
)


def about(url: str) -> dict[str, Any]:
    """The answer of `info`: what the service is and does (CSC API v2 §11.1)."""
    return {
        "specs": "2.0.0.0",
        "name": "Signature à distance (simulateur)",
        "logo": f"{url}/logo.png",
        "region": "FR",
        "lang": "fr-FR",
        "description": "Service de signature à distance simulé",
        "authType": ["oauth2client"],
        "oauth2": url,
        "methods": ["credentials/list", "credentials/info", "credentials/authorize", "signatures/signHash"],
    }


def overview(service: Service) -> str:
    """The whole page, in HTML."""
    holders = [
        (
            c.id,
            c.holder,
            c.shape,
            " et ".join(c.codes) or "aucun",
            (c.pin if "PIN" in c.codes else "") + (f" – {c.otp}" if "OTP" in c.codes else ""),
            str(c.multisign),
            "Bloquée" if c.locked else "En service",
        )
        for c in service.vault.values()
    ]
    lines = [(_date(x.at), x.what, x.credential, str(x.count)) for x in reversed(service.lines[-200:])]
    options = "".join(
        f'<option value="{name}"{" selected" if name == service.fault else ""}>{escape(told)}</option>'
        for name, told in FAULTS.items()
    )
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><link rel="icon" href="data:,">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Signature à distance (simulateur)</title><style>{_STYLE}</style></head><body><main>"
        "<h1>Signature à distance <small>(simulateur)</small></h1>"
        "<p>Ce service imite un prestataire qui garde les clés de ses titulaires et signe à leur demande "
        "(API du Cloud Signature Consortium, version 2). Ses signatures n’ont aucune valeur.</p>"
        f"<p>Heure du service : {_date(service.clock.now())}.</p>"
        '<h2>Ce qui ne va pas</h2><form method="post" action="/panne"><p><label for="fault">Panne jouée</label> '
        f'<select id="fault" name="fault">{options}</select> <button>Jouer</button></p></form>'
        + _table(
            "Titulaires",
            ("Clé", "Titulaire", "Nature", "Codes demandés", "PIN – code du téléphone", "Actes par geste", "État"),
            holders,
        )
        + _table("Autorisations et signatures", ("Heure", "Opération", "Clé", "Nombre"), lines)
        + "</main></body></html>"
    )


def _table(caption: str, headers: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return f"<h2>{escape(caption)}</h2><p>Aucune pour le moment.</p>"
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in headers)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _date(at: datetime) -> str:
    return at.strftime("%d/%m/%Y à %H:%M:%S UTC")
