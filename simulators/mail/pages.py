"""The pages a person reads: the list of letters, and each letter."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape

from .mailbox import Reading

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1c2126}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .6rem;"
    "border-bottom:1px solid #c9ced4;vertical-align:top;overflow-wrap:anywhere}caption{text-align:left}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;border:1px solid #c9ced4;padding:1rem}"
    "iframe{width:100%;height:30rem;border:1px solid #c9ced4}dt{font-weight:600}dd{margin:0 0 .5rem}"
)
_LINK = re.compile(r"https?://[^\s<>\"'»]+")


def inbox(letters: list[Reading]) -> str:
    """The list of letters, the latest first."""
    rows = "".join(
        f"<tr><td>{r.received.number}</td><td>{escape(_date(r.received.received_at))}</td>"
        f"<td>{escape(', '.join(r.received.recipients))}</td>"
        f'<td><a href="/messages/{r.received.number}">{escape(r.subject or "(sans objet)")}</a></td>'
        f"<td>{len(r.attachments)}</td></tr>"
        for r in letters
    )
    head = "".join(f'<th scope="col">{h}</th>' for h in ("N°", "Reçu le", "Destinataire", "Objet", "Pièces jointes"))
    table = (
        f"<table><caption>Les plus récents d’abord</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        if letters
        else "<p>Aucun message pour le moment.</p>"
    )
    return _page(
        "Courrier reçu",
        "<p>Ce service reçoit tout le courrier de la démonstration et n’en transmet aucun. "
        "Une adresse en <code>refus.invalid</code> est refusée définitivement, une adresse en "
        "<code>plus-tard.invalid</code> provisoirement.</p>" + table,
    )


def letter(reading: Reading) -> str:
    """One letter: headers, text, HTML in a frame that runs nothing, attachments."""
    number = reading.received.number
    headers = (
        ("De", reading.sender),
        ("À", reading.recipient),
        ("Répondre à", reading.reply_to),
        ("Date", reading.date),
        ("Identifiant", reading.message_id),
        ("Expéditeur d’enveloppe", reading.received.envelope_from),
    )
    described = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in headers if value)
    files = "".join(
        f'<li><a href="/messages/{number}/attachments/{rank}">{escape(name)}</a> ({len(content)} octets)</li>'
        for rank, (name, content) in enumerate(reading.attachments)
    )
    frame = (
        f'<h2>Version HTML</h2><iframe title="Version HTML du message" src="/messages/{number}/body.html" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
    )
    return _page(
        reading.subject or "(sans objet)",
        f'<p><a href="/">Tous les messages</a> · <a href="/messages/{number}.eml">Message brut (.eml)</a></p>'
        f"<dl>{described}</dl><h2>Texte</h2><pre>{_linked(reading.text)}</pre>"
        + (frame if reading.html else "")
        + (f"<h2>Pièces jointes</h2><ul>{files}</ul>" if files else ""),
    )


def _page(title: str, content: str) -> str:
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><link rel="icon" href="data:,">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} (simulateur de courrier)</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>{escape(title)} <small>(simulateur)</small></h1>{content}</main></body></html>"
    )


def _linked(text: str) -> str:
    """The text escaped, its addresses made clickable."""
    pieces, end = [], 0
    for match in _LINK.finditer(text):
        url = match[0].rstrip(".,;:)")
        pieces += [escape(text[end : match.start()]), f'<a href="{escape(url)}" rel="noopener">{escape(url)}</a>']
        end = match.start() + len(url)
    return "".join([*pieces, escape(text[end:])])


def _date(at: datetime) -> str:
    return at.strftime("%d/%m/%Y à %H:%M:%S UTC")
