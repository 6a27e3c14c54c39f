"""All the addresses of the program: the TdT's API, the ministry's door, and the page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from hemicycle.protocols.actes import ActesError

from .clock import Clock
from .consulting import Consulting
from .inbox import Inbox
from .ledger import Ledger
from .ministry import Ministry
from .page import render
from .platform import Platform
from .registry import Registry
from .replies import as_json, field, integer, read_form
from .rounds import Rounds
from .settings import SCENARIOS, Settings
from .writing import Writing


@dataclass(frozen=True, kw_only=True)
class Town:
    """The two houses and what runs in each."""

    platform: Platform
    inbox: Inbox
    rounds: Rounds
    ministry: Ministry
    clock: Clock
    lose_answers: int


def make_town(settings: Settings, url: str) -> Town:
    """The TdT and the ministry know each other by address only."""
    clock = Clock(settings.now)
    tdt, ministry = settings.data / "tdt", settings.data / "ministere"
    platform = Platform(settings, Ledger(tdt), clock)
    return Town(
        platform=platform,
        inbox=Inbox(platform, tdt / "erreurs"),
        rounds=Rounds(platform, f"{url}/ministere/depot"),
        ministry=Ministry(settings, Registry(ministry, scenario=settings.scenario), clock, f"{url}/retour"),
        clock=clock,
        lose_answers=settings.lose_answers,
    )


def make_app(town: Town, ready: Callable[[], None]) -> Starlette:
    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        town.rounds.start()
        town.ministry.start()
        ready()
        yield
        await run_in_threadpool(town.rounds.stop)
        await run_in_threadpool(town.ministry.stop)

    return Starlette(routes=[*_api(town), *_doors(town), *_ministry_desk(town), *_pages(town)], lifespan=life)


def _api(town: Town) -> list[BaseRoute]:
    read, write = Consulting(town.platform), Writing(town.platform, lose_answers=town.lose_answers)
    actes = "/modules/actes"
    posts = {
        "actes_transac_create.php": write.create,
        "actes_transac_cancel.php": write.cancel,
        "actes_transac_reponse_create.php": write.answer,
        "actes_transac_close.php": write.close,
    }
    gets = {
        "actes_transac_get_status.php": read.status,
        "actes_transac_get_ARActe.php": read.acknowledgement,
        "actes_transac_get_files_list.php": read.files_list,
        "actes_download_file.php": read.download,
        "actes_transac_get_document.php": read.document,
        "actes_transac_show.php": read.show,
        "actes_create_pdf.php": read.receipt_slip,
        "actes_classification_fetch.php": read.classification,
        "api/list_document_prefecture.php": read.letters,
        "api/document_prefecture_mark_as_read.php": read.mark_as_read,
        "api/actes_status.php": read.statuses,
        "api/number_actes.php": read.number_of_actes,
        "api/list_actes.php": read.list_actes,
    }
    return [
        Route("/api/test-connexion.php", read.test_connexion),
        Route("/login.php", _login),
        Route(
            f"{actes}/actes_classification_request.php",
            write.request_classification,
            methods=["GET", "POST"],
        ),
        *(Route(f"{actes}/{name}", endpoint, methods=["POST"]) for name, endpoint in posts.items()),
        *(Route(f"{actes}/{name}", endpoint) for name, endpoint in gets.items()),
    ]


def _login(_: Request) -> Response:
    return HTMLResponse(
        '<!doctype html><html lang="fr"><head><title>Connexion (simulateur)</title></head>'
        "<body><h1>Connexion</h1><p>Identifiant et mot de passe attendus (HTTP Basic).</p></body></html>"
    )


def _doors(town: Town) -> list[BaseRoute]:
    async def deposit(request: Request) -> Response:
        """One file, whatever the name of its field; 200 means taken, nothing more."""
        files = [item for item in (await _files(request)).values() if isinstance(item, UploadFile)]
        if len(files) != 1:
            return Response(status_code=400)
        name, data = files[0].filename or "", await files[0].read()
        try:
            await run_in_threadpool(town.ministry.receive, name, data)
        except ActesError as reason:
            return PlainTextResponse(str(reason), status_code=400)
        return Response(status_code=200)

    async def returned(request: Request) -> Response:
        parts = {}
        for item in (await _files(request)).values():
            if isinstance(item, UploadFile):
                parts[item.filename or ""] = await item.read()
        await run_in_threadpool(town.inbox.receive, parts)
        return Response(status_code=200)

    return [
        Route("/ministere/depot", deposit, methods=["POST"]),
        Route("/retour", returned, methods=["POST"]),
    ]


def _ministry_desk(town: Town) -> list[BaseRoute]:
    def actes(_: Request) -> Response:
        return as_json({"actes": town.ministry.registry.actes()})

    async def letter(request: Request) -> Response:
        form = await read_form(request)
        try:
            await run_in_threadpool(town.ministry.write_letter, field(form, "acte"), field(form, "type"))
        except LookupError as reason:
            return PlainTextResponse(str(reason), status_code=404)
        return RedirectResponse("/", status_code=303)

    async def classification(request: Request) -> Response:
        """The préfecture changes its classification: acts that follow the former one are refused."""
        try:
            dated = date.fromisoformat(field(await read_form(request), "date"))
        except ValueError:
            return PlainTextResponse("La date s’écrit AAAA-MM-JJ.", status_code=400)
        town.ministry.registry.set("classification", dated.isoformat())
        return RedirectResponse("/", status_code=303)

    return [
        Route("/ministere/actes.json", actes),
        Route("/ministere/courrier", letter, methods=["POST"]),
        Route("/ministere/classification", classification, methods=["POST"]),
    ]


async def _files(request: Request) -> dict[str, object]:
    form = await request.form(max_files=200)
    return {f"{rank}": item for rank, (_, item) in enumerate(form.multi_items())}


def _pages(town: Town) -> list[BaseRoute]:
    def home(_: Request) -> Response:
        return HTMLResponse(render(town.platform.ledger, town.ministry, now=town.clock.now()))

    async def scenario(request: Request) -> Response:
        chosen = field(await read_form(request), "scenario")
        if chosen not in SCENARIOS:
            return PlainTextResponse(f"Scénarios : {', '.join(SCENARIOS)}.", status_code=400)
        town.ministry.registry.set("scenario", chosen)
        return RedirectResponse("/", status_code=303)

    def archive(request: Request) -> Response:
        envelope = town.platform.ledger.envelope(integer(request.path_params["envelope"]))
        if envelope is None:
            return PlainTextResponse("Enveloppe inconnue.", status_code=404)
        disposition = f'attachment; filename="{envelope["archive_name"]}"'
        return Response(
            town.platform.ledger.archive(envelope),
            media_type="application/gzip",
            headers={"content-disposition": disposition},
        )

    def returned(request: Request) -> Response:
        row = town.platform.ledger.db.one("SELECT flux FROM state WHERE id = ?", integer(request.path_params["state"]))
        if row is None or row["flux"] is None:
            return PlainTextResponse("Message inconnu.", status_code=404)
        return Response(bytes(row["flux"]), media_type="application/xml")

    return [
        Route("/", home),
        Route("/scenario", scenario, methods=["POST"]),
        Route("/archive/{envelope}", archive),
        Route("/retour-xml/{state}", returned),
    ]
