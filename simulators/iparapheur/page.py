"""The page a person reads: what waits for a signature, what was signed or rejected, and what may go wrong."""

from __future__ import annotations

from html import escape

from .book import EMITTER, FAULTS, SIGNATORY, SUBTYPE, TYPE, Book, Folder

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1c2126}"
    "table{border-collapse:collapse;width:100%;margin-bottom:2rem}caption{text-align:left;font-weight:600}"
    "th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #c9ced4;vertical-align:top}"
    ".wide{overflow-x:auto}form{margin:0 0 .4rem}ul{margin:0;padding-left:1.2rem}"
    "select,button,input{font:inherit;padding:.4rem .6rem;max-width:100%}"
)
_STATES = {"DRAFT": "Brouillon", "PENDING": "À signer", "FINISHED": "Signé", "REJECTED": "Rejeté"}
_ACTIONS = {
    "START": "Envoi",
    "SIGNATURE": "Signature",
    "REJECT": "Rejet",
    "ARCHIVE": "Fin du circuit",
    "DELETE": "À supprimer",
}


def overview(book: Book, signatory: str) -> str:
    """The whole page, in HTML."""
    folders = list(reversed(book.folders()))
    options = "".join(
        f'<option value="{name}"{" selected" if name == book.fault else ""}>{escape(told)}</option>'
        for name, told in FAULTS.items()
    )
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><link rel="icon" href="data:,">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>i-Parapheur (simulateur)</title><style>{_STYLE}</style></head><body><main>"
        "<h1>i-Parapheur <small>(simulateur)</small></h1>"
        "<p>Ce programme imite un i-Parapheur 5 par son API publique ; ses signatures n’ont aucune valeur. "
        f"Le bureau « {escape(EMITTER)} » y dépose des dossiers de type « {escape(TYPE)} », sous-type "
        f"« {escape(SUBTYPE)} » ; {escape(signatory)} les signe sur le bureau « {escape(SIGNATORY)} ».</p>"
        f"<p>Heure du parapheur : {book.clock.now():%d/%m/%Y à %H:%M:%S} UTC.</p>"
        '<h2>Ce qui ne va pas</h2><form method="post" action="/panne"><p><label for="fault">Panne jouée</label> '
        f'<select id="fault" name="fault">{options}</select> <button>Jouer</button></p></form>' + _table(folders)
    ) + "</main></body></html>"


def _table(folders: list[Folder]) -> str:
    if not folders:
        return "<h2>Dossiers</h2><p>Aucun pour le moment.</p>"
    rows = "".join(
        f"<tr><td>{escape(one.name)}</td><td>{escape(one.document)}</td><td>{_STATES[one.state]}</td>"
        f"<td>{_history(one)}</td><td>{_gestures(one)}</td></tr>"
        for one in folders
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Dossier", "Fichier", "État", "Historique", "Gestes"))
    return (
        '<div class="wide" role="region" tabindex="0" aria-label="Dossiers"><table><caption>Dossiers</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _history(folder: Folder) -> str:
    told = [
        f"<li>{_ACTIONS.get(event.action, event.action)} ({escape(event.desk)})"
        + (f", le {event.at[:10]} à {event.at[11:16]} par {escape(event.by)}" if event.at else " : en attente")
        + (f" : {escape(event.note)}" if event.note else "")
        + "</li>"
        for event in folder.events
    ]
    return f"<ul>{''.join(told)}</ul>"


def _gestures(folder: Folder) -> str:
    if folder.state != "PENDING":
        return ""
    name = escape(folder.name)
    return (
        f'<form method="post" action="/dossiers/{folder.id}/signer"><button aria-label="Signer {name}">Signer</button>'
        f'</form><form method="post" action="/dossiers/{folder.id}/rejeter">'
        f'<label>Motif <input name="reason" aria-label="Motif du rejet de {name}"></label> '
        f'<button aria-label="Rejeter {name}">Rejeter</button></form>'
    )
