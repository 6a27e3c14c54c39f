"""The HTTP side: Vitam's ingest API, its logbook, and a page to look at."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, replace
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from simulators.archive import logbook, page
from simulators.archive.clock import Clock
from simulators.archive.deposits import Deposit, Deposits, new_operation_id
from simulators.archive.judgement import Policy, settle

#: Largest package taken over HTTP.
LARGEST = 1 << 30
_FILES = {"paquet": ("package", "zip"), "manifests": ("manifest.xml", "xml"), "reponse": ("reply.xml", "xml")}


class Archive:
    """The platform: what it received, and the controls running behind."""

    def __init__(self, deposits: Deposits, policy: Policy, clock: Clock, delay: float, lose_answers: int = 0) -> None:
        self.deposits, self.policy, self.clock, self.delay = deposits, policy, clock, delay
        self.answers_to_lose = lose_answers
        self._running: set[asyncio.Task[None]] = set()
        self._one_at_a_time = asyncio.Lock()

    def start(self, deposit: Deposit) -> None:
        """Judge a deposit in the background, after the delay."""
        task = asyncio.create_task(self._judge(deposit))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _judge(self, deposit: Deposit) -> None:
        await asyncio.sleep(self.delay)
        async with self._one_at_a_time:
            try:
                await run_in_threadpool(settle, self.deposits, deposit, self.policy, self.clock.now())
            except Exception:
                # As a platform does: a fault of its own is FATAL, and nobody waits for ever.
                self.deposits.save(replace(deposit, state="COMPLETED", status="FATAL"))
                raise

    def stop(self) -> None:
        """What is not judged yet will be at the next start."""
        for task in self._running:
            task.cancel()


def make_app(archive: Archive, ready: Callable[[], None] = lambda: None) -> Starlette:
    """The application; ready is called once it can serve."""

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        for deposit in archive.deposits.all():
            if deposit.state == "RUNNING":
                archive.start(deposit)
        ready()
        yield
        archive.stop()

    return Starlette(lifespan=lifespan, routes=_routes(archive))


def _routes(archive: Archive) -> list[BaseRoute]:
    async def deposit(request: Request) -> Response:
        return await _receive(archive, request)

    async def operation(request: Request) -> Response:
        return _operation(archive, request)

    async def reply(request: Request) -> Response:
        found = archive.deposits.get(request.path_params["operation_id"])
        name = "reply.xml"
        if request.url.path.endswith("/manifests"):
            name = "manifest.xml" if found and found.status in ("OK", "WARNING") else ""
        return _file(archive, request, name, "application/octet-stream")

    async def journal(request: Request) -> Response:
        return await logbook.search(archive.deposits, request)

    async def home(_: Request) -> Response:
        return HTMLResponse(page.render(archive.deposits.all(), archive.policy))

    async def listing(_: Request) -> Response:
        return JSONResponse([asdict(deposit) for deposit in archive.deposits.all()])

    async def download(request: Request) -> Response:
        name, _ = _FILES.get(request.path_params["name"], ("", ""))
        return _file(archive, request, name, "application/zip" if name == "package" else "text/xml")

    ingest = "/ingest-external/v1/ingests"
    return [
        Route(ingest, deposit, methods=["POST"]),
        Route(ingest + "/{operation_id}/archivetransferreply", reply),
        Route(ingest + "/{operation_id}/manifests", reply),
        Route("/admin-external/v1/operations/{operation_id}", operation, methods=["GET", "HEAD"]),
        Route("/access-external/v1/logbookoperations", journal, methods=["GET", "POST"]),
        Route("/", home),
        Route("/simulateur/depots.json", listing),
        Route("/simulateur/{operation_id}/{name}", download),
    ]


async def _receive(archive: Archive, request: Request) -> Response:
    if not request.headers.get("x-tenant-id", "").isdigit():
        return _problem(412, "L'en-tête X-Tenant-Id manque ou n'est pas un nombre.")
    if not request.headers.get("content-type", "").startswith("application/octet-stream"):
        return _problem(415, "Le simulateur ne prend que le paquet lui-même (application/octet-stream).")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return _problem(413, "Le paquet dépasse 1 Go.")
    if not body:
        return _problem(400, "Le corps de l'appel est vide.")
    deposit = await run_in_threadpool(
        archive.deposits.add,
        Deposit(
            operation_id=new_operation_id(),
            number=0,
            received_at=archive.clock.now().isoformat(timespec="milliseconds"),
            size=len(body),
            sha512=hashlib.sha512(body).hexdigest(),
            application_id=request.headers.get("x-application-id", "")[:200],
            context=request.headers.get("x-context-id", "DEFAULT_WORKFLOW")[:40],
            manifest_digest=request.headers.get("x-manifest-digest-value", "")[:200],
            manifest_algorithm=request.headers.get("x-manifest-digest-algo", "SHA-512")[:20],
        ),
        bytes(body),
    )
    archive.start(deposit)
    if archive.answers_to_lose > 0:
        archive.answers_to_lose -= 1
        return _problem(504, "Réponse perdue à dessein (--lose-answers).")
    return Response(status_code=202, headers=_headers(deposit))


def _headers(deposit: Deposit) -> dict[str, str]:
    return {
        "X-Request-Id": deposit.operation_id,
        "X-Global-Execution-State": deposit.state,
        "X-Global-Execution-Status": deposit.status,
    }


def _operation(archive: Archive, request: Request) -> Response:
    deposit = archive.deposits.get(request.path_params["operation_id"])
    if deposit is None:
        return Response(status_code=204)
    code = 200 if deposit.state == "COMPLETED" else 202
    if request.method == "HEAD":
        return Response(status_code=code, headers=_headers(deposit))
    result: dict[str, Any] = {
        "operationId": deposit.operation_id,
        "processType": "INGEST",
        "stepByStep": False,
        "globalState": deposit.state,
        "globalStatus": deposit.status,
        "processDate": deposit.received_at,
    }
    return JSONResponse(
        {"httpCode": code, "$hits": {"total": 1, "offset": 0, "limit": 1, "size": 1}, "$results": [result]},
        status_code=200,
        headers=_headers(deposit),
    )


def _file(archive: Archive, request: Request, name: str, media_type: str) -> Response:
    data = archive.deposits.read(request.path_params["operation_id"], name) if name else None
    if data is None:
        return _problem(404, "Ce document n'existe pas, ou pas encore.")
    return Response(data, media_type=media_type)


def _problem(code: int, message: str) -> Response:
    return JSONResponse({"httpCode": code, "message": message, "description": message}, status_code=code)
