"""All the addresses of the program: the TdT's API, the ministry's door, and the page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from hemicycle.protocols.actes import ActesError

from . import desk
from .clock import Clock
from .consulting import Consulting
from .delivery import Deliver, by_address, by_http, by_mail
from .faults import Faults
from .inbox import Inbox
from .ledger import Ledger
from .ministry import Maintenance, Ministry, Practice
from .platform import Platform
from .registry import Registry
from .returns import Office
from .rounds import Rounds
from .scenarios import NORMAL, Stage
from .settings import Settings
from .stela import RETURN_ADDRESS, Stela
from .stela_api import Api
from .writing import Writing

_CLOSED = (
    '<!doctype html><html lang="fr"><head><title>Maintenance (simulateur)</title></head>'
    "<body><h1>Maintenance en cours</h1><p>Le service est interrompu. Revenez plus tard.</p></body></html>"
)


@dataclass(frozen=True, kw_only=True)
class Town:
    """The two houses and what runs in each."""

    platform: Platform
    inbox: Inbox
    rounds: Rounds
    ministry: Ministry
    stela: Stela
    stage: Stage
    clock: Clock
    faults: Faults


def make_town(settings: Settings, url: str) -> Town:
    """The TdT and the ministry know each other by address only; Stela is a second TdT before the same ministry."""
    clock = Clock(settings.now)
    tdt, stage = settings.data / "tdt", Stage(settings.data, for_this_run=settings.scenario)
    platform = Platform(settings, Ledger(tdt), clock)
    fronts: dict[str, Deliver] = {settings.return_address: by_http(f"{url}/retour")}
    ministry = _ministry(settings, stage, clock, fronts)
    stela = Stela(
        settings.data / "stela",
        emitter=settings.emitter,
        quadrigramme=settings.quadrigramme,
        clock=clock,
        to_ministry=ministry.receive,
    )
    fronts[RETURN_ADDRESS] = stela.deliver
    return Town(
        platform=platform,
        inbox=Inbox(platform, tdt / "erreurs"),
        rounds=Rounds(platform, f"{url}/ministere/depot"),
        ministry=ministry,
        stela=stela,
        stage=stage,
        clock=clock,
        faults=Faults(stage, hold=settings.hold, to_lose=settings.lose_answers),
    )


def _ministry(settings: Settings, stage: Stage, clock: Clock, fronts: Mapping[str, Deliver]) -> Ministry:
    office = Office(emitter=settings.emitter, quadrigramme=settings.quadrigramme)
    mailed = by_mail(*settings.smtp) if settings.smtp else None
    deliver = by_address(fronts, to_others=mailed, without_server=fronts[settings.return_address])
    return Ministry(
        Practice(office=office, delay=settings.delay, schemas=settings.schemas),
        registry=Registry(settings.data / "ministere"),
        stage=stage,
        clock=clock,
        deliver=deliver,
    )


def make_app(town: Town, ready: Callable[[], None], *, serial: str) -> Starlette:
    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        town.rounds.start()
        town.ministry.start()
        town.stela.start()
        ready()
        yield
        await run_in_threadpool(town.rounds.stop)
        await run_in_threadpool(town.ministry.stop)
        await run_in_threadpool(town.stela.stop)

    # Stela is told of every new classification at once: its publishers have no way to ask for it.
    stela = Api(town.stela, town.faults, serial=serial, classification=lambda: town.ministry.classification().dated)
    routes = [*_api(town), *_doors(town), *stela.routes(), *desk.routes(town)]
    return Starlette(routes=routes, lifespan=life, middleware=[Middleware(Door, stage=town.stage)])


class Door:
    """A TdT in maintenance answers so to whatever is asked of its API."""

    def __init__(self, app: ASGIApp, stage: Stage) -> None:
        self._app, self._stage = app, stage

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if scope["type"] == "http" and str(scope["path"]).startswith(("/modules/", "/api/", "/editeur/")):
            scenario = await run_in_threadpool(self._stage.at_the_door)
            if scenario != NORMAL:
                app = HTMLResponse(_CLOSED, status_code=503 if scenario == "tdt-maintenance" else 200)
        await app(scope, receive, send)


def _api(town: Town) -> list[BaseRoute]:
    read, write = Consulting(town.platform), Writing(town.platform, town.faults)
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
            number = await run_in_threadpool(town.ministry.receive, name, data)
        except ActesError as reason:
            return PlainTextResponse(str(reason), status_code=400)
        except Maintenance:
            return HTMLResponse(_CLOSED, status_code=503)
        taken = Response(status_code=200)
        # Our own platform plays its faults with its own clients.
        ours = name.startswith(f"{town.platform.settings.trigramme}-")
        return taken if ours else await town.faults.told(taken, number)

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


async def _files(request: Request) -> dict[str, object]:
    form = await request.form(max_files=200)
    return {f"{rank}": item for rank, (_, item) in enumerate(form.multi_items())}
