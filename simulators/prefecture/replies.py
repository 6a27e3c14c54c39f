"""S²LOW's conventions: text in ISO-8859-1, 200 even for KO, OK or KO on the first line (s2low-api.md, section 1)."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from .acceptance import Refused, Upload

_MAX_FILES = 200
Answer = Callable[[], Response]


def text(content: str) -> Response:
    return Response(content.encode("iso-8859-1", "replace"), media_type="text/plain; charset=ISO-8859-1")


def ok(payload: object) -> Response:
    """`OK`, the payload and a blank line: `OK\\n52\\n\\n`."""
    return text(f"OK\n{payload}\n\n")


def ko(reason: object) -> Response:
    return text(f"KO\n{reason}\n")


def as_json(content: Any) -> Response:
    return Response(json.dumps(content), media_type="application/json")


def guarded(answer: Answer) -> Response:
    try:
        return answer()
    except Refused as refusal:
        return ko(refusal)


def not_admitted(request: Request, login: str, password: str) -> Response | None:
    """None when the caller is the account; else what S²LOW answers."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return RedirectResponse("/login.php?error=multiple_accounts", status_code=302)
    try:
        given = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        given = b""
    if hmac.compare_digest(given, f"{login}:{password}".encode()):
        return None
    return ko("Échec de l'authentification")


async def read_form(request: Request) -> FormData:
    """The form, its fields taken for ISO-8859-1 as S²LOW does. Raises Refused."""
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        headers = Headers({"content-type": f"{kind}; charset=iso-8859-1"})
        try:
            return await MultiPartParser(headers, request.stream(), max_files=_MAX_FILES).parse()
        except MultiPartException as error:
            raise Refused(f"Le formulaire est illisible : {error.message}") from None
    body = (await request.body()).decode("latin-1")
    return FormData([*parse_qsl(body, keep_blank_values=True, encoding="latin-1")])


def field(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def fields(form: FormData, name: str) -> list[str]:
    return [value for value in form.getlist(name) if isinstance(value, str)]


async def upload(form: FormData, name: str, code_pj: str) -> Upload | None:
    found = form.get(name)
    if not isinstance(found, UploadFile):
        return None
    return Upload(filename=found.filename or "", data=await found.read(), code_pj=code_pj)


async def uploads(form: FormData, name: str, codes: list[str]) -> list[Upload]:
    found = [item for item in form.getlist(name) if isinstance(item, UploadFile)]
    return [
        Upload(
            filename=item.filename or "",
            data=await item.read(),
            code_pj=codes[rank] if rank < len(codes) else "",
        )
        for rank, item in enumerate(found)
    ]


def integer(value: str) -> int:
    """0 when it is no number, as PHP's intval."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0
