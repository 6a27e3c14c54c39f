"""The client of i-Parapheur against the simulated one, faults included."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from hemicycle.gateways.signature.brought import proof_of
from hemicycle.gateways.signature.errors import Rejected, Unreachable
from hemicycle.gateways.signature.parapheur import ParapheurClient
from hemicycle.protocols.pades.verify import verify
from hemicycle.protocols.parapheur.premis import FolderState
from tests.simulators.iparapheur.running import Parapheur, running

from .conftest import Office

NAME = "CP-2026-0001 0123456789ab"
KIND = {"kind": "Actes", "subtype": "Signature du président", "document": "CP-2026-0001.pdf"}


@pytest.fixture
def parapheur(office: Office) -> Iterator[Parapheur]:
    with running(office.url, "--slowness", "1.5") as program:
        yield program


def client(parapheur: Parapheur, **changed: object) -> ParapheurClient:
    known = {name: getattr(parapheur, name) for name in ("url", "user", "password", "tenant", "desk")}
    return ParapheurClient(**{"timeout": 10.0, **known, **changed})  # type: ignore[arg-type]


def left(book: ParapheurClient, act: bytes, **changed: str) -> str:
    """A folder made and started."""
    folder = book.create(name=NAME, pdf=act, **{**KIND, **changed})
    book.start(folder, book.folder(folder).start_task)
    return folder


def test_a_folder_goes_from_draft_to_signed_and_its_file_comes_back(
    parapheur: Parapheur, office: Office, act: bytes
) -> None:
    book = client(parapheur)
    folder = book.create(name=NAME, pdf=act, **KIND)
    states = [book.folder(folder).state]
    book.start(folder, book.folder(folder).start_task)
    states.append(book.folder(folder).state)
    parapheur.sign(folder)

    found = book.folder(folder)
    signed = book.signed(folder, found.document)

    assert [*states, found.state] == [FolderState.DRAFT, FolderState.PENDING, FolderState.FINISHED]
    assert signed.startswith(act)
    verdict = verify(signed, trust_roots=[office.root()], at=datetime.now(UTC))
    assert (verdict.signatures[0].signer, verdict.signatures[0].intact) == ("Étienne Valmorin", True)


def test_a_rejection_comes_back_with_who_and_why(parapheur: Parapheur, act: bytes) -> None:
    book = client(parapheur)
    folder = left(book, act)
    parapheur.reject(folder, "Le montant est faux.")

    found = book.folder(folder)

    assert found.state == FolderState.REJECTED
    assert found.rejection is not None
    assert (found.rejection.by, found.rejection.note) == ("Étienne Valmorin", "Le montant est faux.")


def test_a_creation_without_answer_is_found_again(parapheur: Parapheur, act: bytes) -> None:
    with parapheur.broken("lost"), pytest.raises(Unreachable):
        client(parapheur, timeout=0.8).create(name=NAME, pdf=act, **KIND)

    found = client(parapheur).find(NAME)

    assert found == parapheur.folders()[0]["id"]
    assert len(parapheur.folders()) == 1


@pytest.mark.parametrize("started", [False, True])
def test_a_folder_is_found_by_its_exact_name(parapheur: Parapheur, act: bytes, started: bool) -> None:
    book = client(parapheur)
    folder = left(book, act) if started else book.create(name=NAME, pdf=act, **KIND)

    assert book.find(NAME) == folder
    assert book.find(NAME + " 2") is None


@pytest.mark.parametrize("fault", ["slow", "unavailable", "garbage"])
def test_a_parapheur_out_of_order_makes_the_act_wait(parapheur: Parapheur, fault: str) -> None:
    book = client(parapheur, timeout=0.8)
    book.check()

    with parapheur.broken(fault), pytest.raises(Unreachable):
        book.find(NAME)


def test_a_parapheur_that_is_not_there_makes_the_act_wait(parapheur: Parapheur) -> None:
    with pytest.raises(Unreachable, match="ne répond pas"):
        client(parapheur, url="http://127.0.0.1:9").check()


def test_a_truncated_archive_is_asked_for_again(parapheur: Parapheur, act: bytes) -> None:
    book = client(parapheur)
    folder = left(book, act)
    parapheur.sign(folder)

    with parapheur.broken("broken-zip"), pytest.raises(Unreachable, match="illisible"):
        book.signed(folder, "CP-2026-0001.pdf")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"password": "faux"}, "n’admet pas notre compte"),
        ({"tenant": "Ailleurs"}, "L’entité « Ailleurs » n’existe pas"),
        ({"desk": "Ailleurs"}, "Le bureau « Ailleurs » n’existe pas"),
        ({"url": "parapheur"}, "L’adresse"),
    ],
)
def test_a_setting_that_is_wrong_is_named(parapheur: Parapheur, changed: dict[str, str], sentence: str) -> None:
    with pytest.raises(Rejected, match=sentence):
        client(parapheur, **changed).check()


def test_an_unknown_type_is_refused_in_its_words(parapheur: Parapheur, act: bytes) -> None:
    with pytest.raises(Rejected, match="Unknown subtype: Ailleurs"):
        left(client(parapheur), act, subtype="Ailleurs")


def test_a_folder_that_was_thrown_away_is_said(parapheur: Parapheur) -> None:
    with pytest.raises(Rejected, match="n’est plus dans i-Parapheur"):
        client(parapheur).folder("0000")


def test_a_token_that_has_expired_is_asked_for_again(parapheur: Parapheur) -> None:
    book = client(parapheur)
    book.check()
    book._token = "old"

    assert book.find(NAME) is None


def test_a_timestamp_is_trusted_beside_the_proof_of_the_signatory_alone(
    parapheur: Parapheur, office: Office, act: bytes
) -> None:
    book = client(parapheur)
    folder = left(book, act)
    parapheur.sign(folder)
    signed = book.signed(folder, "CP-2026-0001.pdf")
    proof = proof_of(signed, at=datetime.now(UTC), known=[office.root()])

    verdict = verify(signed, trust_roots=[office.root()], ocsp_responses=proof.ocsp_responses, crls=proof.crls)

    assert verdict.faults == ()
    assert verdict.signatures[0].stamp_trusted
