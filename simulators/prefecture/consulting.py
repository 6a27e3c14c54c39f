"""Pages of the API that only read, and the mark of a letter read."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hemicycle.protocols.actes import Nature, media_type, parse_acknowledgement, read_archive

from .acceptance import Refused
from .ledger import LABELS, Ledger
from .platform import Platform
from .replies import as_json, guarded, integer, ko, not_admitted, text
from .stamp import one_page, stamped

_XML = "application/xml"


class Consulting:
    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    @property
    def _ledger(self) -> Ledger:
        return self._platform.ledger

    def _refused(self, request: Request) -> Response | None:
        return not_admitted(request, self._platform.settings.login, self._platform.settings.password)

    def _found(self, request: Request, name: str) -> sqlite3.Row:
        unique_id = request.query_params.get("unique_id", "")
        identifier = integer(request.query_params.get(name, ""))
        row = self._ledger.by_unique_id(unique_id) if unique_id else self._ledger.find(identifier)
        if row is None:
            raise Refused("Numéro de transaction invalide.")
        return row

    def test_connexion(self, request: Request) -> Response:
        return self._refused(request) or text("OK\n")

    def status(self, request: Request) -> Response:
        return self._refused(request) or guarded(lambda: self._status(self._found(request, "transaction")))

    def _status(self, row: sqlite3.Row) -> Response:
        """The stored return verbatim, then for -1 only the message (s2low-api.md, 4.3)."""
        state = self._ledger.state(row["id"])
        body = f"OK\n{state['status']}\n".encode("ascii") + bytes(state["flux"] or b"")
        if state["status"] == -1:
            body += str(state["message"]).encode("iso-8859-1", "replace")
        return Response(body, media_type="text/plain; charset=ISO-8859-1")

    def acknowledgement(self, request: Request) -> Response:
        refusal = self._refused(request)
        if refusal is not None:
            return refusal
        return guarded(lambda: Response(self._receipt(self._found(request, "id")["id"]) or b"", media_type=_XML))

    def _receipt(self, identifier: int) -> bytes | None:
        states = self._ledger.states(identifier)
        found = next((state["flux"] for state in reversed(states) if state["status"] == 4), None)
        return bytes(found) if found else None

    def files_list(self, request: Request) -> Response:
        return self._refused(request) or guarded(lambda: self._files(self._found(request, "transaction")))

    def _files(self, row: sqlite3.Row) -> Response:
        reached = {state["status"] for state in self._ledger.states(row["id"])}
        if row["type"] == "1" and reached <= {1, 2, 3, 17, 18}:
            raise Refused("Pas d'acquittement recu")
        names = ("id", "name", "posted_filename", "mimetype", "size", "code_pj")
        return as_json(
            [{**{name: str(file[name]) for name in names}, "sign": ""} for file in self._ledger.files(row["id"])]
        )

    def download(self, request: Request) -> Response:
        refusal = self._refused(request)
        if refusal is not None:
            return refusal
        if "env" in request.query_params:
            return guarded(lambda: self._envelope(integer(request.query_params["env"])))
        return guarded(lambda: self._file(request))

    def _envelope(self, identifier: int) -> Response:
        envelope = self._ledger.envelope(identifier)
        if envelope is None:
            raise Refused("Enveloppe invalide.")
        disposition = f'attachment; filename="{envelope["archive_name"]}"'
        return Response(
            self._ledger.archive(envelope),
            media_type="application/x-gzip",
            headers={"content-disposition": disposition},
        )

    def _file(self, request: Request) -> Response:
        file = self._ledger.db.one(
            "SELECT f.*, t.envelope_id, t.unique_id, t.type FROM file f"
            " JOIN transaction_ t ON t.id = f.transaction_id WHERE f.id = ?",
            integer(request.query_params.get("file", "")),
        )
        envelope = self._ledger.envelope(file["envelope_id"]) if file else None
        if file is None or envelope is None:
            raise Refused("Fichier invalide.")
        members = {member.name: member.data for member in read_archive(self._ledger.archive(envelope))}
        data = members[file["name"]]
        if request.query_params.get("tampon") == "true" and media_type(data) == "application/pdf":
            data = stamped(data, self._stamp(file, envelope, request.query_params.get("date_affichage", "")))
        return Response(data, media_type=file["mimetype"])

    def _stamp(self, file: sqlite3.Row, envelope: sqlite3.Row, shown: str) -> list[str]:
        receipt = self._receipt(file["transaction_id"])
        received = f"{parse_acknowledgement(receipt).received_on:%d/%m/%Y}" if receipt else ""
        sent = envelope["submitted_at"]
        lines = [
            f"Envoyé en préfecture le {datetime.fromisoformat(sent):%d/%m/%Y}" if sent else "Non envoyé",
            f"Reçu en préfecture le {received}" if received else "Non reçu en préfecture",
        ]
        if shown:
            lines.append(f"Affiché le {'/'.join(reversed(shown.split('-')))}")
        return [*lines, f"ID : {file['unique_id']}"]

    def document(self, request: Request) -> Response:
        """For an act, the list of what was exchanged; for a letter, where its archive is."""
        return self._refused(request) or guarded(lambda: self._document(self._found(request, "id")))

    def _document(self, row: sqlite3.Row) -> Response:
        if row["type"] != "1":
            return RedirectResponse(f"actes_download_file.php?env={row['envelope_id']}", status_code=302)
        lines = []
        for child in self._ledger.children(row["id"]):
            # Our own answer stands in place of the letter it answers.
            answers = [c for c in self._ledger.children(child["id"]) if c["flow"][2] != "2" or c["type"] == "2"]
            shown = answers[-1] if answers else child
            lines.append(f"{shown['type']}-{self._ledger.state(shown['id'])['status']}-{shown['id']}\n")
        return text("".join(lines))

    def letters(self, request: Request) -> Response:
        refusal = self._refused(request)
        if refusal is not None:
            return refusal
        rows = [row for row in self._ledger.all() if row["unread"]]
        return as_json(
            [
                {
                    "id": row["id"],
                    "type": row["type"],
                    "related_transaction_id": row["related_id"],
                    "number": row["number"],
                    "unique_id": row["unique_id"],
                    "last_status_id": self._ledger.state(row["id"])["status"],
                }
                for row in rows
            ]
        )

    def mark_as_read(self, request: Request) -> Response:
        refusal = self._refused(request)
        if refusal is not None:
            return refusal
        identifier = integer(request.query_params.get("transaction_id", ""))
        self._ledger.db.write("UPDATE transaction_ SET unread = 0 WHERE id = ?", identifier)
        return as_json({"result": "ok"})

    def classification(self, request: Request) -> Response:
        refusal = self._refused(request)
        if refusal is not None:
            return refusal
        held = self._ledger.classification()
        if held is None:
            return ko("Erreur de récupération de la dernière classification.")
        return Response(held, media_type=_XML)

    def statuses(self, request: Request) -> Response:
        return self._refused(request) or as_json({str(number): label for number, label in LABELS.items()})

    def number_of_actes(self, request: Request) -> Response:
        refusal = self._refused(request)
        if refusal is not None:
            return refusal
        status = _status_id(request)
        return as_json({"status_id": status, "authority_id": 1, "nb_transactions": len(self._ledger.in_state(status))})

    def list_actes(self, request: Request) -> Response:
        """Always one status at a time: there is no way to ask for all of them."""
        refusal = self._refused(request)
        if refusal is not None:
            return refusal
        status = _status_id(request)
        offset = integer(request.query_params.get("offset", "0"))
        limit = integer(request.query_params.get("limit", "100"))
        rows = self._ledger.in_state(status)[offset : offset + limit]
        natures = {int(nature): nature.label for nature in Nature}
        return as_json(
            {
                "status_id": status,
                "authority_id": 1,
                "offset": offset,
                "limit": limit,
                "transactions": [
                    {
                        "id": row["id"],
                        "subject": row["subject"],
                        "number": row["number"],
                        "date": row["decided_on"],
                        "nature_descr": natures.get(row["nature"], ""),
                        "classification": row["classification"],
                        "type": row["type"],
                    }
                    for row in rows
                ],
            }
        )

    def show(self, request: Request) -> Response:
        """The web page of a transaction: the only place where S²LOW links it to its envelope."""
        return self._refused(request) or guarded(lambda: self._show(self._found(request, "id")))

    def _show(self, row: sqlite3.Row) -> Response:
        envelope = self._ledger.envelope(row["envelope_id"])
        name = escape(str(envelope["archive_name"])) if envelope else ""
        link = f"/modules/actes/actes_download_file.php?env={row['envelope_id']}"
        return HTMLResponse(
            f'<!doctype html><html lang="fr"><head><title>Transaction {row["id"]} (simulateur)</title></head>'
            f"<body><h1>Transaction {row['id']}</h1><p>Archive transmise : "
            f'<a href="{link}" title="Télécharger l\'archive .tar.gz">{name}</a></p></body></html>'
        )

    def receipt_slip(self, request: Request) -> Response:
        return self._refused(request) or guarded(lambda: self._slip(self._found(request, "trans_id")))

    def _slip(self, row: sqlite3.Row) -> Response:
        states = [f"{state['at'][:16]}  {LABELS[state['status']]}" for state in self._ledger.states(row["id"])]
        lines = ["Bordereau d'acquittement (simulateur)", f"Acte {row['unique_id']}", row["subject"], *states]
        return Response(one_page(lines), media_type="application/pdf")


def _status_id(request: Request) -> int:
    value = request.query_params.get("status_id", "0")
    return -1 if value == "-1" else integer(value)
