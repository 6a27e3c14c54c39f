"""The page a person reads: what the authority issued, revoked and stamped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from .authority import Authority

_KINDS = {"person": "Personne", "seal": "Cachet", "tls": "Serveur ou client TLS"}
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1c2126}"
    "table{border-collapse:collapse;width:100%;margin-bottom:2rem}caption{text-align:left;font-weight:600}"
    "th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #c9ced4;vertical-align:top}"
    "td.code{font-family:ui-monospace,monospace;font-size:.85rem;overflow-wrap:anywhere}"
)


def overview(authority: Authority) -> str:
    """The whole page, in HTML."""
    registry = authority.registry
    certificates = [
        (f"{c.serial:x}", c.subject, _KINDS[c.kind], _date(c.at), _standing(registry.revoked.get(c.serial)))
        for c in reversed(registry.issued.values())
    ]
    stamps = [(str(s.serial), _date(s.at), s.imprint) for s in reversed(registry.stamped[-200:])]
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><link rel="icon" href="data:,">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Autorité de certification (simulateur)</title><style>{_STYLE}</style></head><body><main>"
        "<h1>Autorité de certification <small>(simulateur)</small></h1>"
        "<p>Ce service imite une autorité de certification et d’horodatage. "
        "Ses certificats n’ont aucune valeur hors de la démonstration.</p>"
        f"<p>Heure de l’autorité : {_date(authority.clock.now())}.</p>"
        '<ul><li><a href="/root.pem">Certificat racine (PEM)</a></li>'
        '<li><a href="/chain.pem">Chaîne de certification (PEM)</a></li>'
        '<li><a href="/crl/issuing.crl">Liste des certificats révoqués (CRL)</a></li></ul>'
        + _table(
            f"Certificats délivrés ({len(certificates)})",
            ("Numéro de série", "Titulaire", "Nature", "Délivré le", "État"),
            certificates,
        )
        + _table(f"Jetons d’horodatage émis ({len(registry.stamped)})", ("Numéro", "Heure", "Empreinte"), stamps)
        + "</main></body></html>"
    )


def _table(caption: str, headers: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return f"<h2>{escape(caption)}</h2><p>Aucun pour le moment.</p>"
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in headers)
    body = "".join("<tr>" + "".join(f'<td class="code">{escape(cell)}</td>' for cell in row) + "</tr>" for row in rows)
    return (
        f"<h2>{escape(caption)}</h2><table><caption>Les plus récents d’abord</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _date(at: datetime) -> str:
    return at.strftime("%d/%m/%Y à %H:%M:%S UTC")


def _standing(revoked: datetime | None) -> str:
    return "Valide" if revoked is None else f"Révoqué le {_date(revoked)}"
