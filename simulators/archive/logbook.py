"""Searching the logbook of operations: the small part of Vitam's query language that a depositor needs."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from simulators.archive.deposits import Deposit, Deposits

_DEEPEST = 8


class BadQuery(ValueError):
    """The query is not one this simulator understands; str() is the sentence to show."""


async def search(deposits: Deposits, request: Request) -> Response:
    """GET with a body, or POST with X-Http-Method-Override: GET."""
    if request.method == "POST" and request.headers.get("x-http-method-override", "").upper() != "GET":
        return _answer(405, "La recherche se fait par GET.")
    try:
        asked = json.loads(await request.body() or b"{}")
        query = asked.get("$query") or {}
        query = query[0] if isinstance(query, list) else query
        _holds(query, {"events": []}, 0)
        found = [_line(deposit) for deposit in deposits.all() if _holds(query, _line(deposit), 0)]
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        reason = str(error) if isinstance(error, BadQuery) else "La requête est illisible."
        return _answer(412, reason)
    hits = {"total": len(found), "offset": 0, "limit": 10000, "size": len(found)}
    return JSONResponse({"httpCode": 200, "$hits": hits, "$results": found, "$context": asked})


def _answer(code: int, message: str) -> Response:
    return JSONResponse({"httpCode": code, "message": message}, status_code=code)


def _line(deposit: Deposit) -> dict[str, Any]:
    events: list[dict[str, str]] = []
    if deposit.state == "COMPLETED":
        events.append(
            {
                "evType": "PROCESS_SIP_UNITARY",
                "outcome": deposit.status,
                "outDetail": f"PROCESS_SIP_UNITARY.{deposit.status}",
                "evDateTime": deposit.completed_at,
                "obIdIn": deposit.message_identifier,
            }
        )
    return {
        "evId": deposit.operation_id,
        "evIdProc": deposit.operation_id,
        "evType": "PROCESS_SIP_UNITARY",
        "evTypeProc": "INGEST" if deposit.context == "DEFAULT_WORKFLOW" else "INGEST_TEST",
        "evDateTime": deposit.received_at,
        "evIdAppSession": deposit.application_id,
        "obIdIn": deposit.message_identifier,
        "outcome": "STARTED",
        "events": events,
    }


def _holds(query: Any, line: dict[str, Any], depth: int) -> bool:
    if depth > _DEEPEST or not isinstance(query, dict):
        raise BadQuery("La requête est trop profonde ou mal formée.")
    for operator, operand in query.items():
        if operator == "$and":
            holds = all(_parts(operand, line, depth))
        elif operator == "$or":
            holds = any(_parts(operand, line, depth))
        elif operator == "$eq":
            holds = all(str(value) in _values(line, name) for name, value in operand.items())
        else:
            raise BadQuery(f"L'opérateur « {operator} » n'est pas connu du simulateur.")
        if not holds:
            return False
    return True


def _parts(operands: list[Any], line: dict[str, Any], depth: int) -> list[bool]:
    """Every part, even past the decisive one, so that a part that is not understood is always said."""
    return [_holds(part, line, depth + 1) for part in operands]


def _values(line: dict[str, Any], name: str) -> list[str]:
    if name.startswith("events."):
        return [str(event.get(name.removeprefix("events."), "")) for event in line["events"]]
    return [str(line.get(name, ""))]
