"""Stela's API for publishers, `/editeur/api/acte`, and what it shows the public (s2low-api.md, section 6)."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from hemicycle.protocols.actes import (
    Acte,
    ActesError,
    Nature,
    Piece,
    default_classification,
    media_type,
    parse_acknowledgement,
)

from .faults import Faults
from .secure import SERIAL_HEADER
from .stamp import one_page, stamped
from .stela import ASKED, CancelForbidden, Stela
from .stela_book import Attached

_NATURES = {
    "DELIBERATIONS": Nature.DELIBERATION,
    "ARRETES_REGLEMENTAIRES": Nature.REGULATORY,
    "ARRETES_INDIVIDUELS": Nature.INDIVIDUAL,
    "CONTRATS_ET_CONVENTIONS": Nature.CONTRACT,
    "DOCUMENTS_BUDGETAIRES_ET_FINANCIERS": Nature.BUDGET,
    "AUTRES": Nature.OTHER,
}
_ANSWERS = {
    "courrier-simple": "ReponseCourrierSimple",
    "pieces-complementaires": "PieceComplementaire",
    "pieces-complementaires/reject": "RefusPieceComplementaire",
    "lettre-observation": "ReponseLettreObservations",
    "lettre-observation/reject": "RejetLettreObservations",
}


class Api:
    def __init__(self, stela: Stela, faults: Faults, *, serial: str, classification: Callable[[], date]) -> None:
        self._stela, self._faults = stela, faults
        self._serial, self._classification = serial, classification

    def routes(self) -> list[BaseRoute]:
        root, public = "/editeur/api/acte", "/api/acte/public/{uuid}"
        return [
            Route(root, self.create, methods=["POST"]),
            Route(root, self.listed),
            Route(f"{root}/codes-matieres", self.matieres),
            Route(f"{root}/attachment-types/{{nature}}/{{code}}", self.types),
            Route(f"{root}/{{uuid}}", self.shown),
            Route(f"{root}/{{uuid}}/cancel", self.cancel, methods=["POST"]),
            *(Route(f"{root}/{{uuid}}/{path}", self._answering(name), methods=["POST"])
              for path, name in _ANSWERS.items()),
            Route(f"{public}/AR_{{same}}.pdf", self.slip),
            Route(f"{public}/file", self.file),
            Route(f"{public}/file/stamped", self.stamped),
        ]  # fmt: skip

    def _stranger(self, request: Request) -> Response | None:
        if _number_of(request.headers.get(SERIAL_HEADER, "")) == _number_of(self._serial):
            return None
        return PlainTextResponse("Authentication failed", status_code=401)

    async def create(self, request: Request) -> Response:
        refusal = self._stranger(request)
        if refusal is not None:
            return refusal
        form = await request.form(max_files=200)
        files, annexes = await _read(form, "file"), await _read(form, "annexes")
        answer = await run_in_threadpool(self._create, form, files, annexes)
        return await self._told(answer, _text(form, "number"))

    async def _told(self, answer: Response, number: str) -> Response:
        return await self._faults.told(answer, number) if answer.status_code == 200 else answer

    def _create(self, form: FormData, files: Sequence[Attached], annexes: Sequence[Attached]) -> Response:
        files, errors = _typed(form, files, annexes)
        errors = _field_errors(form, files) + errors
        if errors:
            return _invalid(errors, "has failed", 400)
        number, nature = _text(form, "number"), _NATURES[_text(form, "nature")]
        if self._stela.book.knows_number(number):
            return _invalid([("number", f"Number {number} already exists")], "conflict", 409)
        levels = tuple(int(level) for level in _text(form, "code").split("-") if level != "0")
        pieces = [_piece(file) for file in files]
        fields = {name: _text(form, name) for name in ("objet", "nature", "code", "decision", "groupUuid")}
        acte = Acte(
            number=number,
            nature=nature,
            decided_on=date.fromisoformat(fields["decision"]),
            matiere=levels,
            subject=fields["objet"],
            document=pieces[0],
            annexes=tuple(pieces[1:]),
            classification_date=self._classification(),
        )
        flags = {name: _text(form, name) == "true" for name in ("public", "publicWebsite")}
        shown = {**fields, **flags, "codeLabel": " / ".join(default_classification().path(levels))}
        try:
            return PlainTextResponse(self._stela.create(acte, shown, files))
        except ActesError as reason:
            return _invalid([("acte", str(reason))], "has failed", 400)

    def listed(self, request: Request) -> Response:
        refusal = self._stranger(request)
        if refusal is not None:
            return refusal
        asked = request.query_params
        limit, offset = asked.get("limit", "25"), asked.get("offset", "0")
        if not (limit.isdigit() and offset.isdigit()):
            return _invalid([("limit", "not a number")], "has failed", 400)
        newest = asked.get("direction", "DESC") != "ASC"
        rows = self._stela.book.all(limit=int(limit), offset=int(offset), newest_first=newest)
        return JSONResponse([self._stela.book.as_json(row) for row in rows])

    def shown(self, request: Request) -> Response:
        return self._stranger(request) or self._about(request, lambda row: JSONResponse(self._stela.book.as_json(row)))

    def matieres(self, request: Request) -> Response:
        refusal = self._stranger(request)
        if refusal is not None:
            return refusal
        held = default_classification().matieres
        codes = [("-".join(map(str, (*code, 0, 0, 0, 0)[:5])), label) for code, label in held.items() if len(code) > 1]
        # One digit a level: Stela cannot say 7.10.
        return JSONResponse([{"code": code, "label": label} for code, label in codes if len(code) == 9])

    def types(self, request: Request) -> Response:
        refusal = self._stranger(request)
        if refusal is not None:
            return refusal
        nature = _NATURES.get(request.path_params["nature"])
        first = "".join(str(request.path_params["code"]).split("-")[:2])
        allowed = default_classification().piece_types(int(nature)) if nature else {}
        fitting = {code: label for code, label in allowed.items() if code[:2] in (first, "99")}
        return JSONResponse([{"code": code, "label": label} for code, label in fitting.items()])

    async def cancel(self, request: Request) -> Response:
        def asked(row: sqlite3.Row) -> Response:
            try:
                self._stela.cancel(row)
            except CancelForbidden:
                return Response(status_code=403)
            return Response(status_code=200)

        refusal = self._stranger(request)
        if refusal is not None:
            return refusal
        answer = await run_in_threadpool(self._about, request, asked)
        return await self._told(answer, self._number(request))

    def _number(self, request: Request) -> str:
        row = self._stela.book.find(request.path_params["uuid"])
        return str(row["number"]) if row else ""

    def _answering(self, root: str) -> Callable[[Request], object]:
        assert root in ASKED

        async def answer(request: Request) -> Response:
            refusal = self._stranger(request)
            if refusal is not None:
                return refusal
            form = await request.form(max_files=200)
            name = "files" if root == "PieceComplementaire" else "file"
            files = await _read(form, name)
            if not files:
                return _invalid([(name, "Required part is not present")], "has failed", 400)

            def told(row: sqlite3.Row) -> Response:
                try:
                    self._stela.answer(row, root, files)
                except ActesError as reason:
                    return _invalid([(name, str(reason))], "has failed", 400)
                return Response(status_code=200)

            reply = await run_in_threadpool(self._about, request, told)
            return await self._told(reply, self._number(request))

        return answer

    def slip(self, request: Request) -> Response:
        return self._about(request, lambda row: Response(one_page(self._lines(row)), media_type="application/pdf"))

    def file(self, request: Request) -> Response:
        return self._about(request, lambda row: self._document(row))

    def stamped(self, request: Request) -> Response:
        return self._about(request, lambda row: self._document(row, self._lines(row)))

    def _document(self, row: sqlite3.Row, lines: Sequence[str] = ()) -> Response:
        data = bytes(self._stela.book.files(row["uuid"])[0]["data"])
        return Response(stamped(data, lines) if lines else data, media_type=media_type(data))

    def _lines(self, row: sqlite3.Row) -> list[str]:
        histories = self._stela.book.histories(row["uuid"])
        sent = next((h["at"] for h in histories if h["status"] == "SENT"), None)
        receipt = next((bytes(h["file"]) for h in histories if h["status"] == "ACK_RECEIVED"), None)
        received = f"{parse_acknowledgement(receipt).received_on:%d/%m/%Y}" if receipt else ""
        return [
            f"Envoyé en préfecture le {datetime.fromisoformat(sent):%d/%m/%Y}" if sent else "Non envoyé",
            f"Reçu en préfecture le {received}" if received else "Non reçu en préfecture",
            f"ID : {row['miat_id']}",
        ]

    def _about(self, request: Request, then: Callable[[sqlite3.Row], Response]) -> Response:
        row = self._stela.book.find(request.path_params["uuid"])
        return Response(status_code=404) if row is None else then(row)


def _number_of(serial: str) -> str:
    """Some write it with a zero in front."""
    return serial.upper().lstrip("0")


async def _read(form: FormData, name: str) -> list[Attached]:
    found = [item for item in form.getlist(name) if isinstance(item, UploadFile)]
    return [Attached(filename=item.filename or "", code="", data=await item.read()) for item in found]


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _typed(
    form: FormData, files: Sequence[Attached], annexes: Sequence[Attached]
) -> tuple[list[Attached], list[tuple[str, str]]]:
    """The files with their type codes: `fileType`, then `annexeTypes` as `name:CODE`."""
    codes = dict(str(item).rsplit(":", 1) for item in form.getlist("annexeTypes") if ":" in str(item))
    main = [Attached(filename=file.filename, code=_text(form, "fileType"), data=file.data) for file in files[:1]]
    rest = [Attached(filename=file.filename, code=codes.get(file.filename, ""), data=file.data) for file in annexes]
    missing = [("annexeType", f"Missing file type for {file.filename}") for file in rest if not file.code]
    return main + rest, missing


def _field_errors(form: FormData, files: Sequence[Attached]) -> list[tuple[str, str]]:
    checks = {
        "number": bool(re.fullmatch(r"[A-Z0-9_]{1,15}", _text(form, "number"))),
        "objet": 0 < len(_text(form, "objet")) <= 500,
        "nature": _text(form, "nature") in _NATURES,
        "code": bool(re.fullmatch(r"[0-9](-[0-9]){4}", _text(form, "code"))),
        "decision": _is_day(_text(form, "decision")),
        "file": bool(files) and all(media_type(file.data) for file in files),
        "fileType": bool(_text(form, "fileType")),
    }
    return [(name, f"{name} is not valid") for name, good in checks.items() if not good]


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _piece(file: Attached) -> Piece:
    kind = media_type(file.data) or "application/octet-stream"
    return Piece(name=file.filename, type_code=file.code, data=file.data, media_type=kind)


def _invalid(errors: Sequence[tuple[str, str]], message: str, status: int) -> Response:
    content = {
        "timestamp": int(time.time() * 1000),
        "status": status,
        "error": {400: "Bad Request", 409: "Conflict"}[status],
        "errors": [{"objectName": "acte", "field": name, "defaultMessage": text} for name, text in errors],
        "message": message,
    }
    return JSONResponse(content, status_code=status)
