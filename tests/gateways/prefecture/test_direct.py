"""Straight to the ministry: the book, the door, and what may come in a mail box."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from hemicycle.gateways.mail.reading import ImapBox
from hemicycle.gateways.prefecture.direct import DirectClient
from hemicycle.gateways.prefecture.direct_post import Operator
from hemicycle.gateways.prefecture.direct_returns import Returns, Trust
from hemicycle.gateways.prefecture.errors import NumberTaken, Rejected, Unreachable
from hemicycle.gateways.prefecture.ledger import Fate, Ledger
from hemicycle.gateways.prefecture.line import Line
from hemicycle.protocols.actes import (
    ARActe,
    Emitter,
    NotBuildable,
    Transmission,
    TransmissionActe,
    build_message,
    parse_message,
    read_return,
)
from hemicycle.protocols.actes.messages import Courrier, FichierSigne, SansChangement
from simulators.prefecture import returns as ministry
from tests.gateways.mail.boxes import ADDRESS, PASSWORD, Box, a_box
from tests.gateways.prefecture.channels import NOW
from tests.protocols.actes.made import CONTACT, EMITTER, a_transmission, an_acte

ACTE = an_acte(number="DIRECT_1")
ACTE_ID = ACTE.unique_id(EMITTER)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    with a_box(tmp_path_factory.mktemp("box")) as found:
        yield found


@pytest.fixture
def box(served: Box) -> Iterator[Box]:
    """Empty after each test."""
    yield served
    with served.by_hand() as server:
        server.uid("STORE", "1:*", "+FLAGS", "(\\Deleted)")
        server.expunge()


@contextmanager
def a_door(status: int, body: bytes = b"") -> Iterator[str]:
    """A ministry that answers always the same."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/depot"
    finally:
        server.shutdown()
        server.server_close()


def a_client(box: Box, folder: Path, url: str = "http://127.0.0.1:9/depot", emitter: Emitter = EMITTER) -> DirectClient:
    ledger = Ledger(folder / "ledger")
    reader = ImapBox(box.imap, PASSWORD, verify=box.authority, timeout=5)
    return DirectClient(
        Line(url, who="Le ministère", timeout=2),
        returns=Returns(reader, ledger, trust=Trust(senders=("@ministere-simule.test",)), every=0),
        ledger=ledger,
        operator=lambda: Operator(
            emitter=emitter, contact=CONTACT, return_address=ADDRESS, trigramme="HEM", quadrigramme="TACT"
        ),
        clock=lambda: NOW,
    )


def a_return(data: bytes, code: str = "1-2", emitter: Emitter = EMITTER) -> list[tuple[str, bytes]]:
    """The files of a mail of the ministry."""
    office = ministry.Office(emitter=emitter, quadrigramme="TACT")
    parts = ministry.mail(data, code=code, acte_id=ACTE_ID, office=office, on=NOW.date(), serial=7)
    return [(part.name, part.data) for part in parts if not part.name.endswith(".html")]


PREFIX = "TACT--229999990--20261218-"


def an_envelope(serial: int) -> Transmission:
    return a_transmission(serial=serial)


def newest(client: DirectClient) -> str:
    return client.letters()[-1]


def an_acknowledgement() -> bytes:
    sent = parse_message(a_transmission(ACTE).message)
    assert isinstance(sent, TransmissionActe)
    day = NOW.date()
    return build_message(ARActe(acte_id=ACTE_ID, received_on=day, acte=sent.acte, classification_date=day))


RECEIPT = an_acknowledgement()
PIRATE = "x@ministere-simule.test.pirate.fr"
OTHER = replace(EMITTER, siren="111111118")
BAD_MAILS: dict[str, Callable[[Box], None]] = {
    "n’est pas une adresse connue": lambda box: box.drop(*a_return(RECEIPT), sender=PIRATE),
    "ne porte aucune pièce": lambda box: box.drop(text="Gagnez un voyage"),
    "le même nom": lambda box: box.drop(("a.xml", b"<a/>"), ("a.xml", b"<b/>")),
    "n’est pas celui d’un fichier": lambda box: box.drop(("../../etc/passwd.xml", b"<a/>")),
    "aucun message @CTES lisible": lambda box: box.drop(("facture.pdf", b"%PDF-1.7")),
    "autre collectivité": lambda box: box.drop(*a_return(RECEIPT, emitter=OTHER)),
    "manque dans le retour": lambda box: box.drop(a_return(RECEIPT)[0]),
    "pas d’enveloppe lisible": lambda box: box.drop(a_return(RECEIPT)[1]),
}


@pytest.mark.parametrize("why", BAD_MAILS)
def test_what_is_no_return_for_us_is_left_whole_with_its_reason_and_never_lost(
    box: Box, tmp_path: Path, why: str
) -> None:
    BAD_MAILS[why](box)
    client = a_client(box, tmp_path)
    unseen = box.unseen()

    name = newest(client)
    letter = client.letter(name)

    assert why in letter.doubt
    assert [part.name for part in letter.parts] == ["courriel.eml"]
    assert b"From: " in letter.parts[0].data
    assert box.unseen() == unseen
    client.letter_taken(name)
    assert name not in client.letters()
    assert box.unseen() == unseen - 1


def test_an_acknowledgement_of_a_stranger_acknowledges_nothing(box: Box, tmp_path: Path) -> None:
    with a_door(200) as url:
        client = a_client(box, tmp_path, url)
        transaction = client.deposit(ACTE)
    box.drop(*a_return(RECEIPT), sender="faussaire@exemple.test")

    before = client.status(transaction).state
    box.drop(*a_return(RECEIPT))

    assert before == 3
    assert client.status(transaction).acknowledged


def test_a_word_about_several_channels_is_no_trouble(box: Box, tmp_path: Path) -> None:
    box.drop(text="Le contrôle de légalité a identifié un acte transmis en multi canal.")
    client = a_client(box, tmp_path)

    letter = client.letter(newest(client))

    assert letter.doubt == ""
    assert read_return(letter.parts) is None


def test_a_nomenclature_unchanged_is_nobody_s_work(box: Box, tmp_path: Path) -> None:
    client = a_client(box, tmp_path)
    for name in client.letters():
        client.letter_taken(name)
    box.drop(*a_return(build_message(SansChangement(classification_date=NOW.date())), "7-3"))

    assert client.letters() == []
    assert box.unseen() == 0


def test_what_left_and_what_came_back_outlive_the_program(box: Box, tmp_path: Path) -> None:
    with a_door(200) as url:
        transaction = a_client(box, tmp_path, url).deposit(ACTE)
    box.drop(*a_return(RECEIPT))
    a_client(box, tmp_path).status(transaction)

    again = a_client(box, tmp_path)

    assert again.find(ACTE.number, ACTE_ID) == transaction
    assert again.acknowledgement(transaction) == RECEIPT
    with pytest.raises(NumberTaken):
        again.deposit(ACTE)


@pytest.mark.parametrize("status", [500, 502, 504])
def test_an_error_of_the_ministry_leaves_the_question_open(box: Box, tmp_path: Path, status: int) -> None:
    with a_door(status) as url, pytest.raises(Unreachable) as trouble:
        a_client(box, tmp_path, url).deposit(ACTE)

    client = a_client(box, tmp_path)
    assert trouble.value.outcome_unknown
    with pytest.raises(NumberTaken):
        client.deposit(ACTE)


@pytest.mark.parametrize("status", [301, 401, 403, 404, 503])
def test_a_door_that_says_no_has_taken_nothing_and_the_act_may_leave(box: Box, tmp_path: Path, status: int) -> None:
    with a_door(status) as url, pytest.raises(Unreachable) as trouble:
        a_client(box, tmp_path, url).deposit(ACTE)

    assert not trouble.value.outcome_unknown
    with a_door(200) as url:
        client = a_client(box, tmp_path, url)
        assert client.find(ACTE.number, ACTE_ID) is None
        assert client.deposit(ACTE).endswith("-2")


def test_an_archive_refused_is_refused_in_the_words_of_the_ministry(box: Box, tmp_path: Path) -> None:
    with a_door(400, "Le nom n’est pas celui d’une archive.".encode()) as url, pytest.raises(Rejected) as refusal:
        a_client(box, tmp_path, url).deposit(ACTE)

    assert "Le nom n’est pas celui d’une archive." in str(refusal.value)


@pytest.mark.parametrize(("status", "taken"), [(200, True), (400, True), (503, False)])
def test_a_letter_is_acknowledged_before_it_is_marked_and_a_refusal_stops_nothing(
    box: Box, tmp_path: Path, status: int, taken: bool
) -> None:
    document = FichierSigne(name=f"{ACTE_ID}-4-1_8.pdf")
    letter = Courrier(
        root="LettreObservations", acte_id=ACTE_ID, dated=NOW.date(), text="À compléter.", documents=(document,)
    )
    box.drop(*a_return(build_message(letter), "4-1"))

    with a_door(status) as url:
        client = a_client(box, tmp_path, url)
        name = newest(client)
        with nullcontext() if taken else pytest.raises(Unreachable, match="maintenance"):
            client.letter_taken(name)

    assert (box.unseen() == 0) is taken
    assert len(Ledger(tmp_path / "ledger").about(ACTE_ID, "4-2")) == (1 if status == 200 else 0)


def test_two_couriers_never_give_one_serial_twice(tmp_path: Path) -> None:
    folder = tmp_path / "ledger"
    Ledger(folder)
    made: list[str] = []

    def courier() -> None:
        book = Ledger(folder)
        for _ in range(10):
            sent = book.write(lambda serial: a_transmission(serial=serial), prefix=PREFIX, flow="1-1", at=NOW)
            made.append(sent.name)

    threads = [threading.Thread(target=courier) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(made)) == 30


def test_an_envelope_that_cannot_be_built_is_not_in_the_book(tmp_path: Path) -> None:
    def impossible(_: int) -> Transmission:
        raise NotBuildable("L’objet de l’acte est vide.")

    book = Ledger(tmp_path)

    with pytest.raises(NotBuildable):
        book.write(impossible, prefix=PREFIX, flow="1-1", at=NOW)

    assert book.by_name("TACT--229999990--20261218-1") is None
    assert book.about(ACTE_ID) == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "", ".", "a/b"])
def test_a_name_that_is_none_is_nowhere_in_the_book(tmp_path: Path, name: str) -> None:
    book = Ledger(tmp_path)

    book.hear(name, "1-2", b"<a/>", mail="1-1")

    assert book.by_name(name) is None
    assert book.heard(name, "1-2") == []


def test_what_is_settled_stays_so(tmp_path: Path) -> None:
    book = Ledger(tmp_path)
    sent = book.write(lambda serial: a_transmission(serial=serial), prefix=PREFIX, flow="1-1", at=NOW)

    book.settle(sent, Fate.SENT)
    book.settle(sent, Fate.VOID)

    found = book.by_name(sent.name)
    assert found is not None
    assert found.fate is Fate.SENT
    assert book.archive(found).startswith(b"\x1f\x8b")
