"""The service's HTTP side: OAuth 2, the API, and the page of whoever plays with it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from . import page
from .service import FAULTS, Problem, Service

#: 200 digests and their envelope take a tenth of it.
MAXIMUM = 256 * 1024


def build(service: Service, *, url: str, slowness: float) -> Starlette:
    """The application serving this service at that address."""

    async def connect(request: Request) -> Response:
        form = {key: str(value) for key, value in (await request.form()).items()}
        return await _answer(service, lambda: service.connect(form), slowness)

    def api(method: Callable[[Mapping[str, Any]], dict[str, Any]], *, private: bool = True) -> Callable[..., Any]:
        async def endpoint(request: Request) -> Response:
            body, authorization = await request.body(), request.headers.get("authorization", "")

            def called() -> dict[str, Any]:
                if private:
                    service.check_token(authorization)
                return method(_object(body))

            return await _answer(service, called, slowness)

        return endpoint

    routes = {
        "info": api(lambda _: page.about(url), private=False),
        "credentials/list": api(lambda _: {"credentialIDs": list(service.vault)}),
        "credentials/info": api(service.describe),
        "credentials/authorize": api(service.authorize),
        "signatures/signHash": api(service.sign_hash),
    }
    return Starlette(
        routes=[
            *_desk(service),
            Route("/oauth2/token", connect, methods=["POST"]),
            *(Route(f"/csc/v2/{path}", endpoint, methods=["POST"]) for path, endpoint in routes.items()),
        ]
    )


def _desk(service: Service) -> list[Route]:
    """What a person plays with: the page, the faults, the holder's telephone."""

    async def home(_: Request) -> Response:
        return HTMLResponse(page.overview(service))

    async def fault(request: Request) -> Response:
        chosen = str((await request.form()).get("fault", ""))
        if chosen not in FAULTS:
            return JSONResponse({"error": "Panne inconnue."}, status_code=400)
        service.fault = chosen
        return RedirectResponse("/", status_code=303)

    async def code(request: Request) -> Response:
        found = service.vault.get(request.path_params["credential"])
        return JSONResponse({"otp": found.otp} if found else {}, status_code=200 if found else 404)

    return [
        Route("/", home),
        Route("/panne", fault, methods=["POST"]),
        Route("/telephone/{credential}", code),
    ]


async def _answer(service: Service, call: Callable[[], dict[str, Any]], slowness: float) -> Response:
    """The answer, with what the page asked to go wrong."""
    if service.fault == "slow":
        await asyncio.sleep(slowness)
    if service.fault == "unavailable":
        return JSONResponse({"error": "temporarily_unavailable"}, status_code=503)
    if service.fault == "garbage":
        return Response("<html>passerelle</html>", media_type="text/html")
    try:
        return JSONResponse(await run_in_threadpool(call))
    except Problem as problem:
        told = {"error": problem.error, "error_description": problem.description}
        return JSONResponse(told, status_code=problem.status)


def _object(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body) if len(body) <= MAXIMUM else None
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise Problem("invalid_request", "The request body must be a JSON object")
    return content
