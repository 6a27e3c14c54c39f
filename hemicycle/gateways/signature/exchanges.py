"""The HTTP exchanges with the authority and the timestamping service."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import httpx

from .errors import Rejected, Unreachable

#: Larger than any OCSP answer, token or list this product needs.
MAXIMUM = 20 * 1024 * 1024


@contextmanager
def opened(timeout: float) -> Iterator[httpx.Client]:
    """A client for the time of one signature, so that its exchanges share a connection."""
    with httpx.Client(timeout=timeout, verify=_tls(), follow_redirects=False) as client:
        yield client


def ask(client: httpx.Client, url: str, body: bytes | None, *, media_type: str, service: str) -> bytes:
    """The body of the answer. Raises Unreachable when none comes, Rejected when the request is refused."""
    headers = {} if body is None else {"Content-Type": media_type}
    try:
        request = client.build_request("GET" if body is None else "POST", url, content=body, headers=headers)
        answer = client.send(request)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as cause:
        raise Rejected(f"L’adresse du {service} n’est pas valide : {url}.") from cause
    except httpx.HTTPError as cause:
        raise Unreachable(f"Le {service} ne répond pas ; la signature sera retentée.") from cause
    if answer.status_code >= 500 or answer.status_code == 429:
        raise Unreachable(f"Le {service} est indisponible (code {answer.status_code}) ; nouvel essai plus tard.")
    if answer.status_code != 200:
        raise Rejected(f"Le {service} a refusé la demande (code {answer.status_code}).")
    if len(answer.content) > MAXIMUM:
        raise Rejected(f"La réponse du {service} dépasse la taille admise.")
    return answer.content


@cache
def _tls() -> ssl.SSLContext:
    # Building a context reads every root of the system: once is enough.
    return ssl.create_default_context()
