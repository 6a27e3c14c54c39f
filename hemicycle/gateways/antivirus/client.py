"""The client of a clamd: one file, one verdict (clamd(8), the command INSTREAM)."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from hemicycle.gateways.antivirus.check import judged
from hemicycle.gateways.antivirus.errors import Rejected, Unreachable
from hemicycle.gateways.checks import Report, failed
from hemicycle.gateways.reaching import reached

_CHUNK = 1 << 16
_LONGEST_ANSWER = 4096


@dataclass(frozen=True, kw_only=True)
class Verdict:
    #: What was found, by the antivirus's own name; empty when nothing was.
    threat: str = ""

    @property
    def clean(self) -> bool:
        return not self.threat


class Antivirus(Protocol):
    """What a courier needs of the antivirus; ClamdClient and FakeAntivirus both are one."""

    def scan(self, data: bytes) -> Verdict:
        """What it finds in those bytes. Raises Unreachable, Rejected."""


class ClamdClient:
    """A clamd at one address, « tcp://host:3310 » or « unix:///run/clamav/clamd.ctl »; timeout in seconds."""

    def __init__(self, address: str, *, timeout: float = 60.0) -> None:
        place = urlsplit(address)
        if (place.scheme, bool(place.hostname)) != ("tcp", True) and (place.scheme, bool(place.path)) != ("unix", True):
            raise ValueError(
                f"L’adresse de l’antivirus « {address} » ne se lit pas ; écrivez tcp://hôte:3310 ou unix:///chemin."
            )
        self._place, self._timeout = place, timeout

    def scan(self, data: bytes) -> Verdict:
        """What it finds in those bytes. Raises Unreachable; Rejected for a file larger than it takes."""
        try:
            with self._connected() as connection:
                answer = _told(connection, data)
        except OSError as error:
            raise Unreachable("L’antivirus ne répond pas ; le fichier attend d’être analysé.") from error
        return _verdict(answer)

    def check(self, *, at: datetime) -> Report:
        """Its address, that it is alive (PING), how old its signatures are (VERSION). No file is given."""
        found = Report()
        if self._place.scheme == "tcp":
            found = reached(self._place.hostname or "", self._place.port or 3310, timeout=self._timeout)
            if not found.reached:
                return found
        try:
            with self._connected() as connection:
                connection.sendall(b"zPING\0")
                alive = _answer(connection)
            with self._connected() as connection:
                connection.sendall(b"zVERSION\0")
                version = _answer(connection)
        except OSError:
            remedy = "Vérifiez que clamd est démarré, et que le compte d’Hémicycle peut lui parler à cette adresse."
            silent = failed("Réponse", "L’antivirus ne répond pas.", remedy=remedy)
            return found + Report.of(silent)
        return found + judged(alive, version, at=at)

    def _connected(self) -> socket.socket:
        if self._place.scheme == "tcp":
            where = (self._place.hostname or "", self._place.port or 3310)
            return socket.create_connection(where, timeout=self._timeout)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(self._timeout)
        try:
            connection.connect(self._place.path)
        except OSError:
            connection.close()
            raise
        return connection


def _told(connection: socket.socket, data: bytes) -> str:
    try:
        connection.sendall(b"zINSTREAM\0")
        for at in range(0, len(data), _CHUNK):
            chunk = data[at : at + _CHUNK]
            connection.sendall(struct.pack(">I", len(chunk)) + chunk)
        connection.sendall(struct.pack(">I", 0))
    except (BrokenPipeError, ConnectionResetError):
        # A file over its limit: clamd says so and hangs up before the end.
        pass
    return _answer(connection)


def _answer(connection: socket.socket) -> str:
    answer = b""
    while b"\0" not in answer and len(answer) < _LONGEST_ANSWER:
        more = connection.recv(_LONGEST_ANSWER)
        if not more:
            break
        answer += more
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _verdict(answer: str) -> Verdict:
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return Verdict()
    if said.endswith(" FOUND"):
        return Verdict(threat=said.removesuffix(" FOUND")[:120] or "un programme malveillant")
    if "size limit exceeded" in said:
        raise Rejected(
            "Le fichier dépasse la taille que l’antivirus accepte ; l’administrateur doit y relever StreamMaxLength "
            "jusqu’à 100 Mo."
        )
    raise Unreachable("L’antivirus a répondu d’une manière illisible ; le fichier attend d’être analysé.")
