"""The client of a Vitam platform: deposit a package, follow the operation, fetch the reply."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal, Protocol

import httpx

from hemicycle.gateways.archive.check import asked
from hemicycle.gateways.archive.errors import Rejected, Unreachable
from hemicycle.gateways.checks import Report
from hemicycle.gateways.reaching import reached_url, shown_certificate

_INGESTS: Final = "/ingest-external/v1/ingests"
_OPERATIONS: Final = "/admin-external/v1/operations"
_LOGBOOK: Final = "/access-external/v1/logbookoperations"
_OPERATION_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
#: Largest reply taken, in bytes.
_LARGEST_REPLY: Final = 64 << 20

Status = Literal["UNKNOWN", "STARTED", "OK", "WARNING", "KO", "FATAL"]


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Where an operation stands. status is a verdict only when completed."""

    completed: bool
    status: str


class Archive(Protocol):
    """What a courier needs of the archive; VitamClient and FakeArchive both are one."""

    def deposit(self, sip: bytes, *, message_identifier: str) -> str:
        """Hand over a package; the operation's identifier."""

    def progress(self, operation_id: str) -> Progress:
        """Where the operation stands."""

    def reply(self, operation_id: str) -> bytes:
        """The ArchiveTransferReply, as it came."""

    def find(self, message_identifier: str) -> list[str]:
        """The operations that carry this transfer, oldest first."""


class VitamClient:
    """A platform at one address, for one tenant, under one access contract.

    certificate and key (PEM files) identify the application; verify is a PEM file of trusted authorities, None for
    the system's own. timeout, in seconds, is for each exchange; a deposit may take ten times longer to send.
    """

    def __init__(
        self,
        url: str,
        *,
        tenant: int = 0,
        access_contract: str = "",
        certificate: Path | None = None,
        key: Path | None = None,
        verify: Path | None = None,
        timeout: float = 30.0,
    ) -> None:
        context = ssl.create_default_context(cafile=str(verify) if verify else None)
        if certificate:
            context.load_cert_chain(str(certificate), str(key) if key else None)
        self._url, self._context, self._timeout = url, context, timeout
        self._certificate, self._key = certificate, key
        self._tenant, self._contract = tenant, access_contract
        headers = {"X-Tenant-Id": str(tenant)}
        if access_contract:
            headers["X-Access-Contract-Id"] = access_contract
        self._http = httpx.Client(
            base_url=url,
            headers=headers,
            verify=context,
            timeout=httpx.Timeout(timeout, write=timeout * 10),
            follow_redirects=False,
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def deposit(self, sip: bytes, *, message_identifier: str) -> str:
        """Hand over a package; the identifier of the operation that will judge it.

        message_identifier, the transfer's own, also goes as X-Application-Id: the logbook keeps it from the first
        second, so that `find` sees the deposit even before its manifest is read.

        Raises Unreachable (look at outcome_unknown) and Rejected.
        """
        answer = self._call(
            "POST",
            _INGESTS,
            content=sip,
            headers={
                "Content-Type": "application/octet-stream",
                "Accept": "application/json",
                "X-Action": "RESUME",
                "X-Context-Id": "DEFAULT_WORKFLOW",
                "X-Application-Id": message_identifier,
            },
        )
        operation_id = str(answer.headers.get("X-Request-Id", ""))
        if answer.status_code != 202 or not _OPERATION_ID.fullmatch(operation_id):
            raise Unreachable(
                "Le service d'archives a répondu au dépôt sans donner de numéro d'opération ; "
                "le dépôt est à rechercher avant tout nouvel envoi.",
                outcome_unknown=True,
            )
        return operation_id

    def progress(self, operation_id: str) -> Progress:
        """Where an operation stands. Raises Unreachable, and Rejected when the platform does not know it."""
        answer = self._call("HEAD", f"{_OPERATIONS}/{_checked(operation_id)}")
        if answer.status_code == 204:
            raise Rejected(f"Le service d'archives ne connaît pas l'opération {operation_id}.")
        return Progress(
            completed=answer.headers.get("X-Global-Execution-State") == "COMPLETED",
            status=answer.headers.get("X-Global-Execution-Status", "UNKNOWN"),
        )

    def reply(self, operation_id: str) -> bytes:
        """The ArchiveTransferReply, byte for byte. Raises Unreachable while it does not exist yet."""
        path = f"{_INGESTS}/{_checked(operation_id)}/archivetransferreply"
        answer = self._call("GET", path, headers={"Accept": "application/octet-stream"}, absent_is_early=True)
        if len(answer.content) > _LARGEST_REPLY:
            raise Rejected("La réponse du service d'archives dépasse 64 Mo ; elle n'est pas lue.")
        return answer.content

    def find(self, message_identifier: str) -> list[str]:
        """The operations that carry this transfer, oldest first: how an unknown outcome is settled.

        The ingest API has no look-up by MessageIdentifier. The logbook of operations has: Vitam writes there the
        X-Application-Id of the call (evIdAppSession) at once, and the MessageIdentifier (obIdIn) once the manifest
        is read. The access contract must allow the reading of the logbook.

        An empty list means that no deposit arrived. Raises Unreachable and Rejected.
        """
        either = [{"$eq": {name: message_identifier}} for name in ("evIdAppSession", "obIdIn", "events.obIdIn")]
        query = {
            "$query": {"$and": [{"$eq": {"evTypeProc": "INGEST"}}, {"$or": either}]},
            "$filter": {"$orderby": {"evDateTime": 1}},
            "$projection": {},
        }
        answer = self._call("GET", _LOGBOOK, json=query, headers={"Accept": "application/json"})
        return _operations(answer)

    def check(self, *, at: datetime) -> Report:
        """Address, certificates, contract: what works and what does not. Nothing is deposited."""
        found = reached_url(self._url, context=self._context, at=at, timeout=self._timeout)
        found += shown_certificate(self._certificate, self._key, at=at)
        if found.reached:
            found += Report.of(asked(self._http, contract=self._contract, tenant=self._tenant))
        return found

    def _call(self, method: str, path: str, *, absent_is_early: bool = False, **options: Any) -> httpx.Response:
        try:
            answer = self._http.request(method, path, **options)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise Unreachable(f"Le service d'archives est injoignable : {error}.") from error
        except httpx.HTTPError as error:
            raise Unreachable(
                f"Le service d'archives n'a pas répondu jusqu'au bout : {error}.", outcome_unknown=method == "POST"
            ) from error
        code = answer.status_code
        if code == 404 and absent_is_early:
            raise Unreachable("Le service d'archives n'a pas encore produit sa réponse.")
        if code >= 500 or code in (408, 425, 429):
            raise Unreachable(
                f"Le service d'archives a répondu par l'erreur {code} ; nouvel essai plus tard.",
                outcome_unknown=method == "POST" and code != 429,
            )
        if code >= 300:
            raise Rejected(f"Le service d'archives a refusé l'appel (code {code}){_reason(answer)}.")
        return answer


def _checked(operation_id: str) -> str:
    if not _OPERATION_ID.fullmatch(operation_id):
        raise Rejected(f"« {operation_id[:80]} » n'est pas un numéro d'opération.")
    return operation_id


def _reason(answer: httpx.Response) -> str:
    try:
        body = answer.json()
    except ValueError:
        return ""
    reason = body.get("message") if isinstance(body, dict) else None
    return f" : {str(reason)[:300].rstrip('.')}" if reason else ""


def _operations(answer: httpx.Response) -> list[str]:
    try:
        results = answer.json()["$results"]
        found = [str(line.get("evIdProc") or line["evId"]) for line in results]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreachable("Le journal du service d'archives a répondu d'une manière illisible.") from error
    return list(dict.fromkeys(found))
