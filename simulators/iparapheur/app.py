"""The parapheur's HTTP side: the identity server's token, the standard API, and the page of its people."""

from __future__ import annotations

import asyncio
import io
import secrets
import zipfile
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from . import page, premis
from .book import EMITTER, FAULTS, SIGNATORY, SUBTYPE, TENANT, TYPE, Book, Folder, Problem, named, page_of
from .signing import Signatory

Handler = Callable[[Request], Awaitable[Response]]
TENANT_ID, EMITTER_ID, TYPE_ID = named(TENANT)["id"], named(EMITTER)["id"], named(TYPE)["id"]


def build(book: Book, signatory: Signatory, other: Signatory, *, slowness: float) -> Starlette:
    """The application over this book; `other` signs when the page asks for the wrong person."""
    guarded = _guard(book, slowness)
    base = "/api/standard/v1/tenant"
    tenant = f"{base}/{TENANT_ID}"
    desk = f"{tenant}/desk/{EMITTER_ID}"
    return Starlette(
        routes=[
            Route("/auth/realms/api/protocol/openid-connect/token", _connect(book), methods=["POST"]),
            Route(base, guarded(_names(TENANT))),
            Route(f"{tenant}/desk", guarded(_names(EMITTER, SIGNATORY))),
            Route(f"{tenant}/types", guarded(_names(TYPE))),
            Route(f"{tenant}/types/{TYPE_ID}/subtypes", guarded(_names(SUBTYPE))),
            Route(f"{desk}/folder", guarded(_create(book, slowness)), methods=["POST"]),
            Route(f"{desk}/folder/{{folder}}/premis", guarded(_premis(book))),
            Route(f"{desk}/folder/{{folder}}/zip", guarded(_zip(book))),
            Route(f"{desk}/folder/{{folder}}/task/{{task}}/start", guarded(_start(book)), methods=["PUT"]),
            Route(f"{desk}/{{state}}", guarded(_listed(book))),
            *_desk_of_people(book, signatory, other),
        ]
    )


def _guard(book: Book, slowness: float) -> Callable[[Handler], Handler]:
    """What every call of the API goes through: the token, and what the page asked to go wrong."""

    def guarded(handler: Handler) -> Handler:
        told = _told(handler)

        async def endpoint(request: Request) -> Response:
            if book.fault == "slow":
                await asyncio.sleep(slowness)
            if book.fault == "unavailable":
                return JSONResponse({"message": "Service unavailable"}, status_code=503)
            if book.fault == "garbage":
                return HTMLResponse("<html>passerelle</html>")
            if request.headers.get("authorization", "").removeprefix("Bearer ") not in book.tokens:
                return JSONResponse({"message": "Unauthorized"}, status_code=401)
            return await told(request)

        return endpoint

    return guarded


def _told(handler: Handler) -> Handler:
    """A refusal as the API words it."""

    async def endpoint(request: Request) -> Response:
        try:
            return await handler(request)
        except Problem as problem:
            return JSONResponse({"message": problem.message}, status_code=problem.status)

    return endpoint


def _connect(book: Book) -> Handler:
    async def connect(request: Request) -> Response:
        form = await request.form()
        given = (form.get("grant_type"), form.get("client_id"), form.get("username"), form.get("password"))
        if given != ("password", "ipcore-web", book.user, book.password):
            told = {"error": "invalid_grant", "error_description": "Invalid user credentials"}
            return JSONResponse(told, status_code=401)
        token = secrets.token_urlsafe(24)
        book.tokens.add(token)
        return JSONResponse({"access_token": token, "expires_in": 300, "token_type": "Bearer"})

    return connect


def _names(*names: str) -> Handler:
    async def listed(request: Request) -> Response:
        return JSONResponse(_page(request, [named(name) for name in names]))

    return listed


def _listed(book: Book) -> Handler:
    async def listed(request: Request) -> Response:
        found = book.seen_from_emitter(request.path_params["state"])
        return JSONResponse(_page(request, [{"id": one.id, "name": one.name} for one in found]))

    return listed


def _create(book: Book, slowness: float) -> Handler:
    async def create(request: Request) -> Response:
        form = await request.form()
        described, document = form.get("folder"), form.get("documents")
        if not isinstance(described, UploadFile) or not isinstance(document, UploadFile):
            raise Problem("Missing part")
        asked = premis.read(await described.read())
        if document.filename != asked.document:
            raise Problem(f"The file {asked.document} is not there")
        started = request.query_params.get("autoStart", "true") != "false"
        made = book.create(name=asked.name, document=asked.document, pdf=await document.read(), started=started)
        if book.fault == "lost":
            await asyncio.sleep(slowness)
        return JSONResponse({"id": made.id, "name": made.name}, status_code=201)

    return create


def _start(book: Book) -> Handler:
    async def start(request: Request) -> Response:
        book.start(_folder(book, request), request.path_params["task"])
        return Response(status_code=200)

    return start


def _premis(book: Book) -> Handler:
    async def described(request: Request) -> Response:
        folder = _folder(book, request)
        return Response(premis.write(folder, book.current(folder)), media_type="application/xml")

    return described


def _zip(book: Book) -> Handler:
    async def archived(request: Request) -> Response:
        folder = _folder(book, request)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"Documents principaux/{folder.document}", book.current(folder))
            archive.writestr("i_Parapheur_internal_premis.xml", premis.write(folder, book.current(folder)))
        data = packed.getvalue()
        whole = book.fault != "broken-zip"
        return Response(data if whole else data[: len(data) // 2], media_type="application/octet-stream")

    return archived


def _desk_of_people(book: Book, signatory: Signatory, other: Signatory) -> list[Route]:
    """What a person does at the page: sign, reject, and choose what goes wrong."""

    async def home(_: Request) -> Response:
        return HTMLResponse(page.overview(book, signatory.name))

    async def fault(request: Request) -> Response:
        chosen = str((await request.form()).get("fault", ""))
        if chosen not in FAULTS:
            return JSONResponse({"message": "Panne inconnue."}, status_code=400)
        book.fault = chosen
        return RedirectResponse("/", status_code=303)

    async def sign(request: Request) -> Response:
        folder = _folder(book, request)
        book.pending(folder)
        signed = await run_in_threadpool(_signed, book, folder, other if book.fault == "other" else signatory)
        book.finish(folder, signed, by=signatory.name)
        return RedirectResponse("/", status_code=303)

    async def reject(request: Request) -> Response:
        reason = str((await request.form()).get("reason", "")).strip()
        book.reject(_folder(book, request), reason, by=signatory.name)
        return RedirectResponse("/", status_code=303)

    async def told(_: Request) -> Response:
        return JSONResponse({"folders": [{"id": f.id, "name": f.name, "state": f.state} for f in book.folders()]})

    return [
        Route("/", home),
        Route("/dossiers.json", told),
        Route("/panne", fault, methods=["POST"]),
        Route("/dossiers/{folder}/signer", _told(sign), methods=["POST"]),
        Route("/dossiers/{folder}/rejeter", _told(reject), methods=["POST"]),
    ]


def _signed(book: Book, folder: Folder, signatory: Signatory) -> bytes:
    pdf = book.original(folder)
    if book.fault == "unsigned":
        return pdf
    if book.fault == "altered":
        # One byte of the comment at its head: what is shown does not change, the file does.
        place = pdf.index(b"\n%") + 2
        pdf = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
    return signatory.sign(pdf, at=book.clock.now())


def _folder(book: Book, request: Request) -> Folder:
    return book.find(request.path_params["folder"])


def _page(request: Request, rows: list[dict[str, str]]) -> dict[str, Any]:
    try:
        page, size = int(request.query_params.get("page", 0)), int(request.query_params.get("size", 10))
    except ValueError as cause:
        raise Problem("Wrong page") from cause
    return page_of(rows, page=max(page, 0), size=min(max(size, 1), 250))
