"""The client of i-Parapheur 5 (standard API v1): a folder is left there, its signatory signs when they can.

Source: the publisher's OpenAPI document. A folder is made as a draft, then started by a second call: a draft whose
creation got no answer is found again on the desk, and never made twice.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any, Final, Protocol
from urllib.parse import quote

import httpx

from hemicycle.protocols.parapheur.premis import ReadFolder, Unreadable, draft, read_folder

from .errors import Rejected, Unreachable
from .exchanges import opened

__all__ = ["Parapheur", "ParapheurClient"]

SERVICE: Final = "i-Parapheur"
#: The publisher's own client of the identity server, known to every installation.
CLIENT_ID: Final = "ipcore-web"
#: Where a folder of ours can be seen from our desk, a draft first.
STATES: Final = ("DRAFT", "RETRIEVABLE", "PENDING", "FINISHED", "REJECTED")
PAGE: Final = 100
#: Bytes of an archive, and of the file taken out of it.
LARGEST: Final = 200 << 20


class Parapheur(Protocol):
    """What a courier asks of the parapheur; ParapheurClient is one."""

    def find(self, name: str) -> str | None: ...
    def create(self, *, name: str, kind: str, subtype: str, document: str, pdf: bytes) -> str: ...
    def folder(self, identifier: str) -> ReadFolder: ...
    def start(self, identifier: str, task: str) -> None: ...
    def signed(self, identifier: str, document: str) -> bytes: ...


@dataclass(kw_only=True)
class ParapheurClient:
    """An account at `url`; `tenant` and `desk` are the names, or the identifiers, of the entity and of our desk."""

    url: str
    user: str
    password: str = field(repr=False)
    tenant: str
    desk: str
    timeout: float = 30.0
    _token: str = field(default="", init=False, repr=False)
    _place: str = field(default="", init=False, repr=False)

    def check(self) -> str:
        """The path of our desk: the account opens, the entity and the desk are there. Raises Unreachable, Rejected."""
        with opened(self.timeout) as client:
            return self._desk(client)

    def find(self, name: str) -> str | None:
        """The folder of that name seen from our desk, None when there is none. Raises Unreachable, Rejected."""
        with opened(self.timeout) as client:
            for state in STATES:
                for one in self._listed(client, f"{self._desk(client)}/{state}"):
                    if one.get("name") == name and one.get("id"):
                        return str(one["id"])
        return None

    def create(self, *, name: str, kind: str, subtype: str, document: str, pdf: bytes) -> str:
        """A draft with that one file to sign; its identifier. Raises Unreachable, Rejected."""
        described = draft(name=name, type_name=kind, subtype_name=subtype, document=document)
        files = [
            ("folder", ("folder.xml", described, "application/xml")),
            ("documents", (document, pdf, "application/pdf")),
        ]
        with opened(self.timeout) as client:
            path = f"{self._desk(client)}/folder"
            made = _object(self._call(client, "POST", path, files=files, params={"autoStart": "false"}))
        if not isinstance(made.get("id"), str) or not made["id"]:
            raise Unreachable(f"{SERVICE} n’a pas dit quel dossier il a créé ; il sera cherché avant un nouvel essai.")
        return str(made["id"])

    def folder(self, identifier: str) -> ReadFolder:
        """Where the folder stands. Raises Unreachable, Rejected (it is no longer there)."""
        with opened(self.timeout) as client:
            answer = self._call(client, "GET", f"{self._desk(client)}/folder/{_quoted(identifier)}/premis")
        try:
            return read_folder(answer.content)
        except Unreadable as cause:
            raise Unreachable(f"La réponse d’{SERVICE} est illisible ; nouvel essai plus tard.") from cause

    def start(self, identifier: str, task: str) -> None:
        """Send a draft on its way. Raises Unreachable, Rejected."""
        with opened(self.timeout) as client:
            path = f"{self._desk(client)}/folder/{_quoted(identifier)}/task/{_quoted(task)}/start"
            self._call(client, "PUT", path, json={"publicAnnotation": "", "privateAnnotation": ""})

    def signed(self, identifier: str, document: str) -> bytes:
        """The file of a finished folder. Raises Unreachable, Rejected."""
        with opened(self.timeout) as client:
            answer = self._call(client, "GET", f"{self._desk(client)}/folder/{_quoted(identifier)}/zip")
        return _taken_out(answer.content, document)

    def _desk(self, client: httpx.Client) -> str:
        """The path of our desk: names are turned into identifiers once."""
        if not self._place:
            tenant = self._named(client, "/api/standard/v1/tenant", self.tenant, "L’entité")
            path = f"/api/standard/v1/tenant/{tenant}/desk"
            self._place = f"{path}/{self._named(client, path, self.desk, 'Le bureau')}"
        return self._place

    def _named(self, client: httpx.Client, path: str, wanted: str, what: str) -> str:
        for one in self._listed(client, path):
            if wanted in (one.get("id"), one.get("name")):
                return _quoted(str(one["id"]))
        raise Rejected(f"{what} « {wanted} » n’existe pas dans {SERVICE}, ou n’est pas ouvert à notre compte.")

    def _listed(self, client: httpx.Client, path: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while True:
            asked = {"page": len(found) // PAGE, "size": PAGE}
            page = _object(self._call(client, "GET", path, params=asked)).get("content")
            if not isinstance(page, list):
                raise Unreachable(f"La réponse d’{SERVICE} est illisible ; nouvel essai plus tard.")
            found += [one for one in page if isinstance(one, dict)]
            if len(page) < PAGE:
                return found

    def _call(self, client: httpx.Client, method: str, path: str, **options: Any) -> httpx.Response:
        """One exchange, with a new access token when the one kept is refused."""
        kept = bool(self._token)
        if not kept:
            self._token = self._connected(client)
        answer = self._exchange(client, method, path, **options)
        if answer.status_code == 401 and kept:
            self._token = self._connected(client)
            answer = self._exchange(client, method, path, **options)
        return _checked(answer)

    def _connected(self, client: httpx.Client) -> str:
        form = {"grant_type": "password", "client_id": CLIENT_ID, "username": self.user, "password": self.password}
        answer = self._exchange(client, "POST", "/auth/realms/api/protocol/openid-connect/token", data=form)
        if answer.status_code in (400, 401):
            raise Rejected(f"{SERVICE} n’admet pas notre compte ; l’administrateur doit vérifier ses identifiants.")
        token = _object(_checked(answer)).get("access_token")
        if not isinstance(token, str) or not token.isascii():
            raise Unreachable(f"La réponse d’{SERVICE} est illisible ; nouvel essai plus tard.")
        return token

    def _exchange(self, client: httpx.Client, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        try:
            return client.request(method, f"{self.url}{path}", headers=headers, **options)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as cause:
            raise Rejected(f"L’adresse d’{SERVICE} n’est pas valide : {self.url}.") from cause
        except httpx.HTTPError as cause:
            raise Unreachable(f"{SERVICE} ne répond pas ; l’acte attend, nouvel essai plus tard.") from cause


def _checked(answer: httpx.Response) -> httpx.Response:
    """The answer when it is one. Raises Unreachable, Rejected."""
    code = answer.status_code
    if code >= 500 or code in (408, 429):
        raise Unreachable(f"{SERVICE} est indisponible (code {code}) ; l’acte attend, nouvel essai plus tard.")
    if code in (401, 403):
        raise Rejected(f"{SERVICE} n’ouvre pas ce bureau à notre compte (code {code}) ; vérifiez ses droits.")
    if code == 404:
        raise Rejected(f"Le dossier n’est plus dans {SERVICE} : donnez de nouveau l’ordre de signer.")
    if code not in (200, 201, 204):
        raise Rejected(f"{SERVICE} a refusé la demande (code {code}){_said(answer)}.")
    return answer


def _said(answer: httpx.Response) -> str:
    """The message of an error, as the API words it."""
    try:
        told = answer.json()
    except ValueError:
        return ""
    message = told.get("message") if isinstance(told, dict) else None
    return f" : {message[:200]}" if isinstance(message, str) and message else ""


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        content = answer.json()
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise Unreachable(f"La réponse d’{SERVICE} est illisible ; nouvel essai plus tard.")
    return content


def _taken_out(archive: bytes, document: str) -> bytes:
    """The file of that name in the archive, wherever its folder. Raises Unreachable, Rejected."""
    if len(archive) > LARGEST:
        raise Rejected(f"L’archive rendue par {SERVICE} dépasse la taille admise.")
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened_archive:
            for entry in opened_archive.infolist():
                if entry.filename.rpartition("/")[2] != document:
                    continue
                with opened_archive.open(entry) as stream:
                    data = stream.read(LARGEST + 1)
                if len(data) > LARGEST:
                    raise Rejected(f"Le fichier rendu par {SERVICE} dépasse la taille admise.")
                return data
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, zlib.error) as cause:
        raise Unreachable(f"L’archive rendue par {SERVICE} est illisible ; nouvel essai plus tard.") from cause
    raise Rejected(f"L’archive rendue par {SERVICE} ne contient pas le fichier « {document} ».")


def _quoted(identifier: str) -> str:
    return quote(identifier, safe="")
