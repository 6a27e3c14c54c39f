"""The desk of whoever plays the préfecture: the page, and the same gestures by HTTP for tests."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from hemicycle.protocols.actes import ActesError

from .clock import Clock
from .inbox import Inbox
from .ministry import Ministry
from .page import render
from .platform import Platform
from .replies import as_json, field, integer
from .scenarios import Stage, UnknownScenario


class Houses(Protocol):
    """What the desk acts upon."""

    @property
    def platform(self) -> Platform: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def ministry(self) -> Ministry: ...
    @property
    def stage(self) -> Stage: ...
    @property
    def clock(self) -> Clock: ...


def routes(houses: Houses) -> list[BaseRoute]:
    return [*_gestures(houses), *_operator(houses), *_pages(houses)]


def _gestures(houses: Houses) -> list[BaseRoute]:
    async def scenario(request: Request) -> Response:
        """`scenario`, then `number` for one act or nothing for all, and `times` or nothing for ever."""
        form = await request.form()
        times = integer(field(form, "times")) or None
        try:
            houses.stage.choose(field(form, "scenario"), number=field(form, "number").strip(), times=times)
        except UnknownScenario as reason:
            return _refused(reason, 400)
        return _back()

    async def letter(request: Request) -> Response:
        """`acte` and `type` (2-1, 3-1, 4-1, 5-1); `rappel` for a reminder, `texte` for other words."""
        form = await request.form()
        acte, flow, says = field(form, "acte"), field(form, "type"), field(form, "texte").strip()
        reminder = field(form, "rappel") == "1"
        try:
            await run_in_threadpool(houses.ministry.write_letter, acte, flow, says=says, reminder=reminder)
        except LookupError as reason:
            return _refused(reason, 404)
        return _back()

    async def classification(request: Request) -> Response:
        """The préfecture changes its classification: acts that follow the former one are refused."""
        try:
            dated = date.fromisoformat(field(await request.form(), "date"))
        except ValueError:
            return _refused("La date s’écrit AAAA-MM-JJ.", 400)
        houses.ministry.change_classification(dated)
        return _back()

    return [
        Route("/scenario", scenario, methods=["POST"]),
        Route("/ministere/courrier", letter, methods=["POST"]),
        Route("/ministere/classification", classification, methods=["POST"]),
    ]


def _operator(houses: Houses) -> list[BaseRoute]:
    async def attach(request: Request) -> Response:
        """The TdT's operator gives a return put aside to the act of the same number."""
        key = field(await request.form(), "retour")
        try:
            await run_in_threadpool(houses.inbox.attach, key)
        except (LookupError, ActesError) as reason:
            return _refused(reason, 404)
        return _back()

    return [Route("/retours/rattacher", attach, methods=["POST"])]


def _pages(houses: Houses) -> list[BaseRoute]:
    ledger = houses.platform.ledger

    def home(_: Request) -> Response:
        page = render(ledger, houses.ministry, houses.stage.staged(), houses.inbox.aside.all(), now=houses.clock.now())
        return HTMLResponse(page)

    def actes(_: Request) -> Response:
        return as_json({"actes": houses.ministry.registry.actes()})

    def aside(_: Request) -> Response:
        found = [
            {"retour": item.key, "motif": item.reason, "pieces": list(item.names)} for item in houses.inbox.aside.all()
        ]
        return as_json({"retours": found})

    def archive(request: Request) -> Response:
        envelope = ledger.envelope(integer(request.path_params["envelope"]))
        if envelope is None:
            return _refused("Enveloppe inconnue.", 404)
        disposition = f'attachment; filename="{envelope["archive_name"]}"'
        return Response(
            ledger.archive(envelope), media_type="application/gzip", headers={"content-disposition": disposition}
        )

    def returned(request: Request) -> Response:
        row = ledger.db.one("SELECT flux FROM state WHERE id = ?", integer(request.path_params["state"]))
        if row is None or row["flux"] is None:
            return _refused("Message inconnu.", 404)
        return Response(bytes(row["flux"]), media_type="application/xml")

    return [
        Route("/", home),
        Route("/ministere/actes.json", actes),
        Route("/retours.json", aside),
        Route("/archive/{envelope}", archive),
        Route("/retour-xml/{state}", returned),
    ]


def _back() -> Response:
    return RedirectResponse("/", status_code=303)


def _refused(reason: object, status: int) -> Response:
    return PlainTextResponse(str(reason), status_code=status)
