"""The client of the antivirus against a small clamd that speaks INSTREAM."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hemicycle.gateways.antivirus.client import ClamdClient
from hemicycle.gateways.antivirus.errors import Rejected, Unreachable
from hemicycle.gateways.antivirus.fake import FakeAntivirus

LIMIT = 300_000


class Clamd(socketserver.StreamRequestHandler):
    """As clamd: chunks with their length before them, until an empty one, then the verdict."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            data += self.rfile.read(size)
            if len(data) > LIMIT:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        if b"ILLISIBLE" in data:
            self.wfile.write(b"???\0")
        elif b"EICAR" in data:
            self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0")
        else:
            self.wfile.write(b"stream: OK\0")


@pytest.fixture(params=["tcp", "unix"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    server: socketserver.BaseServer
    if request.param == "tcp":
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd)
        where = f"tcp://127.0.0.1:{server.server_address[1]}"
    else:
        server = socketserver.ThreadingUnixStreamServer(str(tmp_path / "clamd"), Clamd)
        where = f"unix://{tmp_path / 'clamd'}"
    with server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield where
        server.shutdown()


def test_a_clean_file_and_an_infected_one(address: str) -> None:
    clamd = ClamdClient(address, timeout=10)

    assert clamd.scan(b"%PDF sain" * 20_000).clean
    assert clamd.scan(b"%PDF EICAR").threat == "Eicar-Test-Signature"


def test_a_file_over_its_limit_names_the_setting(address: str) -> None:
    with pytest.raises(Rejected, match="StreamMaxLength"):
        ClamdClient(address, timeout=10).scan(bytes(LIMIT + 200_000))


def test_an_answer_that_makes_no_sense_is_no_verdict(address: str) -> None:
    with pytest.raises(Unreachable, match="illisible"):
        ClamdClient(address, timeout=10).scan(b"ILLISIBLE")


@pytest.mark.parametrize("place", ["tcp://127.0.0.1:1", "unix:///nulle/part"])
def test_silence_is_told_and_nothing_is_said_of_the_file(place: str) -> None:
    with pytest.raises(Unreachable, match="le fichier attend"):
        ClamdClient(place, timeout=2).scan(b"x")


@pytest.mark.parametrize("wrong", ["clamd", "http://clamd", "tcp://", "unix://"])
def test_an_address_that_is_none_stops_the_start(wrong: str) -> None:
    with pytest.raises(ValueError, match="ne se lit pas"):
        ClamdClient(wrong)


def test_the_stand_in_obeys_the_same_contract() -> None:
    fake = FakeAntivirus()

    assert fake.scan(b"sain").clean and not fake.scan(b"EICAR").clean
    fake.down = True
    with pytest.raises(Unreachable):
        fake.scan(b"sain")
