"""What a TdT answers when all is not well, on a real socket."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from hemicycle.gateways.prefecture.client import S2lowClient
from hemicycle.gateways.prefecture.errors import Rejected, Unreachable
from hemicycle.gateways.prefecture.replies import payload_of, read_status
from tests.protocols.actes.made import EMITTER, an_acte

Answer = tuple[int, str, bytes]
UNIQUE_ID = an_acte().unique_id(EMITTER)
NO_LIST = (200, "application/json", b'{"transactions": []}')


@pytest.fixture
def serving() -> Iterator[Callable[[Callable[[str], Answer]], S2lowClient]]:
    """A client of a server that answers by this function of the path."""
    running: list[ThreadingHTTPServer] = []
    clients: list[S2lowClient] = []

    def start(answer: Callable[[str], Answer]) -> S2lowClient:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.rfile.read(int(self.headers.get("content-length") or 0))
                status, kind, body = answer(self.path)
                if status == 0:
                    self.connection.close()
                    return
                self.send_response(status)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(body)))
                if status == 302:
                    self.send_header("location", "/login.php?error=multiple_accounts")
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        clients.append(S2lowClient(f"http://127.0.0.1:{server.server_port}", "a", "b", timeout=3))
        return clients[-1]

    yield start
    for client in clients:
        client.close()
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("answer", "unknown"),
    [
        ((302, "text/html", b""), False),
        ((401, "text/html", b""), False),
        ((200, "text/html; charset=utf-8", b"<html>OK</html>"), True),
        ((200, "text/plain", b"OK\n\n"), True),
        ((200, "text/plain", b"OK\nabc\n\n"), True),
        ((200, "text/plain", b""), True),
        ((200, "text/plain", b"<br />Warning: PHP"), True),
        ((502, "text/plain", b""), True),
        ((0, "", b""), True),
        ((200, "text/plain", "KO\nÉchec de l'authentification\n".encode("latin-1")), False),
    ],
)
def test_a_deposit_without_a_number_is_never_taken_for_one(
    serving: Callable[[Callable[[str], Answer]], S2lowClient], answer: Answer, unknown: bool
) -> None:
    client = serving(lambda _: answer)

    with pytest.raises(Unreachable) as trouble:
        client.deposit(an_acte())

    assert trouble.value.outcome_unknown is unknown
    assert str(trouble.value).endswith(".")


def test_a_tdt_that_is_not_there_has_surely_taken_nothing() -> None:
    client = S2lowClient("http://127.0.0.1:9", timeout=2)

    with pytest.raises(Unreachable) as trouble:
        client.deposit(an_acte())

    assert not trouble.value.outcome_unknown
    client.close()


def test_a_refusal_is_said_in_the_words_of_the_tdt(
    serving: Callable[[Callable[[str], Answer]], S2lowClient],
) -> None:
    body = "KO\nLe numéro n'est pas correct\n".encode("latin-1")
    client = serving(lambda _: (200, "text/plain", body))

    with pytest.raises(Rejected, match="a refusé : Le numéro n'est pas correct"):
        client.deposit(an_acte())


def test_an_act_the_tdt_knows_and_does_not_list_is_not_said_absent(
    serving: Callable[[Callable[[str], Answer]], S2lowClient],
) -> None:
    client = serving(lambda path: NO_LIST if "list_actes" in path else (200, "text/plain", b"OK\n1\n"))

    with pytest.raises(Unreachable, match="ne le liste pas"):
        client.find("CP2026_101", UNIQUE_ID)


@pytest.mark.parametrize("broken", [(500, "text/plain", b""), (200, "application/json", b"[]"), (0, "", b"")])
def test_a_list_that_fails_leaves_the_question_open(
    serving: Callable[[Callable[[str], Answer]], S2lowClient], broken: Answer
) -> None:
    client = serving(lambda path: broken if "status_id=4" in path else NO_LIST)

    with pytest.raises(Unreachable):
        client.find("CP2026_101", UNIQUE_ID)


def test_a_page_longer_than_one_answer_is_read_to_its_end(
    serving: Callable[[Callable[[str], Answer]], S2lowClient],
) -> None:
    other = b'{"id": 1, "number": "AUTRE", "date": "2026-01-01", "type": "1"}'
    mine = b'{"id": 7, "number": "CP2026_101", "date": "2026-12-17", "type": "1"}'

    def answer(path: str) -> Answer:
        if "status_id=4&" not in path:
            return NO_LIST
        items = [other] * 500 if "offset=0" in path else [mine]
        return (200, "application/json", b'{"transactions": [' + b",".join(items) + b"]}")

    assert serving(answer).find("CP2026_101", UNIQUE_ID) == "7"


def test_the_error_after_the_xml_is_told_apart_even_with_a_sign_in_it() -> None:
    xml = b'<?xml version="1.0" encoding="ISO-8859-1"?>\n<a:X xmlns:a="u"><a:Detail>p -&gt; q</a:Detail></a:X>\n'
    payload = payload_of(b"OK\n-1\n" + xml + "SLO.tar.gz -> PREF-VERIF-02 : numéro\n".encode("latin-1"))

    status = read_status(payload)

    assert status.state == -1
    assert status.message == xml.strip()
    assert status.error == "SLO.tar.gz -> PREF-VERIF-02 : numéro"


@pytest.mark.parametrize(
    ("payload", "state", "message", "error"),
    [
        (b"3\n", 3, None, ""),
        (b"0\n<a:AR xmlns:a='u'/>", 0, b"<a:AR xmlns:a='u'/>", ""),
        (b"-1\nEnveloppe invalide : PDF", -1, None, "Enveloppe invalide : PDF"),
        (b"17\n", 17, None, ""),
    ],
)
def test_each_shape_of_status_is_read(payload: bytes, state: int, message: bytes | None, error: str) -> None:
    status = read_status(payload)

    assert (status.state, status.message, status.error) == (state, message, error)


def test_a_status_that_is_no_number_is_not_guessed() -> None:
    with pytest.raises(Unreachable):
        read_status(b"bonjour\n")
