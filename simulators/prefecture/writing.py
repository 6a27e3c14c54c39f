"""Pages of the API that change something."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from .acceptance import NewActe, Refused
from .faults import Faults
from .platform import Platform
from .replies import field, fields, guarded, integer, ko, not_admitted, ok, read_form, text, upload, uploads


class Writing:
    def __init__(self, platform: Platform, faults: Faults) -> None:
        self._platform, self._faults = platform, faults

    def _refused(self, request: Request) -> Response | None:
        return not_admitted(request, self._platform.settings.login, self._platform.settings.password)

    async def create(self, request: Request) -> Response:
        refusal = self._refused(request)
        if refusal is not None:
            return refusal
        try:
            form = await read_form(request)
        except Refused as reason:
            return ko(reason)
        if not form:
            return ko("La taille totale des fichiers est trop importante")
        levels = [field(form, f"classif{level}") for level in range(1, 6)]
        waiting = 18 if field(form, "must_signed") not in ("", "0") else 1
        if field(form, "en_attente") == "1":
            waiting = 17
        posted = NewActe(
            number=field(form, "number"),
            nature=field(form, "nature_code"),
            classif=[level for level in levels if level not in ("", "0")],
            decision_date=field(form, "decision_date"),
            subject=field(form, "subject"),
            paper=field(form, "document_papier") == "1",
            waiting=waiting,
            document=await upload(form, "acte_pdf_file", field(form, "type_acte")),
            annexes=await uploads(form, "acte_attachments[]", fields(form, "type_pj[]")),
        )
        await form.close()
        answer = await run_in_threadpool(guarded, lambda: ok(self._platform.create(posted)))
        return await self._told(answer, posted.number)

    async def _told(self, answer: Response, number: str) -> Response:
        return await self._faults.told(answer, number) if bytes(answer.body).startswith(b"OK") else answer

    def _number(self, identifier: int) -> str:
        row = self._platform.ledger.find(identifier)
        return str(row["number"]) if row else ""

    async def cancel(self, request: Request) -> Response:
        refusal = self._refused(request)
        if refusal is not None:
            return refusal
        form = await read_form(request)
        identifier = integer(field(form, "id"))
        answer = await run_in_threadpool(guarded, lambda: ok(self._platform.cancel(identifier)))
        return await self._told(answer, self._number(identifier))

    async def answer(self, request: Request) -> Response:
        """Two shapes of reply, by where `api` stands (s2low-api.md, 4.7)."""
        refusal = self._refused(request)
        if refusal is not None:
            return refusal
        form = await read_form(request)
        code = field(form, "type_acte")
        if not code:
            return ko("Acte : typologie absente")
        document = await upload(form, "acte_pdf_file", code)
        others = await uploads(form, "acte_attachments[]", fields(form, "type_pj[]"))
        files = [document, *others] if document else others
        in_query = "api" in request.query_params
        letter = integer(field(form, "id"))
        try:
            identifier = await run_in_threadpool(
                self._platform.answer,
                letter,
                integer(field(form, "type_envoie")),
                files,
            )
        except Refused as reason:
            return text(f"KO : {reason}\n") if in_query else ko(reason)
        reply = text(f"OK : id généré : {identifier}\n") if in_query else ok(identifier)
        return await self._told(reply, self._number(letter))

    async def close(self, request: Request) -> Response:
        refusal = self._refused(request)
        if refusal is not None:
            return refusal
        form = await read_form(request)
        identifiers = [integer(item) for item in [*fields(form, "id"), *fields(form, "liste_id[]")]]
        status = field(form, "status")

        def settle() -> Response:
            self._platform.close(identifiers, status)
            return text("OK\n")

        return await run_in_threadpool(guarded, settle)

    async def request_classification(self, request: Request) -> Response:
        refusal = self._refused(request)
        if refusal is not None:
            return refusal
        force = request.query_params.get("force") == "1"
        answer = await run_in_threadpool(guarded, lambda: ok(self._platform.request_classification(force=force)))
        return await self._told(answer, "")
