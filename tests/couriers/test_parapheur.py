"""Leaving an act in i-Parapheur, and bringing it back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from uuid import uuid4

import pytest

from hemicycle.accounts.models import Signatory
from hemicycle.chain.signing.actions.record_signature import SignatureNotAccepted
from hemicycle.chain.signing.elsewhere import folders_left
from hemicycle.chain.signing.models import Act
from hemicycle.couriers import parapheur as module
from hemicycle.couriers.outcomes import DONE, GiveUp, Later
from hemicycle.couriers.parapheur import NONE_SET, fetch_signed
from hemicycle.couriers.signature import sign
from hemicycle.couriers.world import World
from hemicycle.dossier import journal
from hemicycle.dossier.outbox import Task
from hemicycle.dossier.stages import Stage
from hemicycle.gateways.signature.brought import Proof
from hemicycle.gateways.signature.errors import Rejected, Unreachable
from hemicycle.gateways.signature.fake import FakeSigner
from hemicycle.protocols.parapheur.premis import FolderState, ReadFolder, Step
from tests.cast import Cast
from tests.couriers.worlds import a_task, a_world
from tests.signed_acts import a_pdf, an_act_to_sign, sign_pdf


@dataclass(kw_only=True)
class Book:
    """A parapheur in memory; `lose` drops the answer of the next creation."""

    folders: dict[str, ReadFolder] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    failure: Unreachable | Rejected | None = None
    lose: bool = False

    def find(self, name: str) -> str | None:
        self._answer()
        return next((key for key, folder in self.folders.items() if folder.name == name), None)

    def create(self, *, name: str, kind: str, subtype: str, document: str, pdf: bytes) -> str:
        self._answer()
        key = str(uuid4())
        self.asked.append((kind, subtype))
        steps = (Step(id="t1", action="START", at="", note="", by=""),)
        self.folders[key] = ReadFolder(name=name, state=FolderState.DRAFT, document=document, steps=steps)
        self.files[key] = pdf
        if self.lose:
            self.lose = False
            raise Unreachable("i-Parapheur ne répond pas.")
        return key

    def folder(self, identifier: str) -> ReadFolder:
        self._answer()
        if identifier not in self.folders:
            raise Rejected("Le dossier n’est plus dans i-Parapheur.")
        return self.folders[identifier]

    def start(self, identifier: str, task: str) -> None:
        assert task == "t1"
        self._become(identifier, FolderState.PENDING)

    def signed(self, identifier: str, document: str) -> bytes:
        assert document == self.folders[identifier].document
        return self.files[identifier]

    def give(self, identifier: str, signed: bytes) -> None:
        self._become(identifier, FolderState.FINISHED)
        self.files[identifier] = signed

    def reject(self, identifier: str, *steps: Step) -> None:
        self._become(identifier, FolderState.REJECTED)
        self.folders[identifier] = replace(self.folders[identifier], steps=steps)

    def _become(self, identifier: str, state: FolderState) -> None:
        self.folders[identifier] = replace(self.folders[identifier], state=state)

    def _answer(self) -> None:
        if self.failure is not None:
            raise self.failure


@pytest.fixture(autouse=True)
def _certificates_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "proof_of", lambda *_, **__: Proof())


def the_order(cast: Cast) -> tuple[Task, Act]:
    dossier, act = an_act_to_sign(cast, ordered=True)
    Signatory.objects.update(key_name="iparapheur:Actes/Signature du président")
    return a_task(dossier, sha256=act.frozen.sha256), act


def with_book(book: Book | None) -> World:
    return replace(a_world(signer=FakeSigner("Personne")), parapheur=book)


def left(cast: Cast, book: Book) -> tuple[Task, Act, str]:
    """An act left there and started; the errand that fetches it."""
    task, act = the_order(cast)
    assert sign(task, with_book(book)) == DONE
    (folder,) = folders_left(act.dossier_id, act.frozen.sha256)
    fetching = a_task(act.dossier, sha256=act.frozen.sha256, folder=folder)
    assert isinstance(fetch_signed(fetching, with_book(book)), Later)
    return fetching, act, folder


def test_the_act_is_left_as_a_draft_then_started_then_waited_for(cast: Cast) -> None:
    book = Book()

    task, act, folder = left(cast, book)
    again = fetch_signed(task, with_book(book))

    act.refresh_from_db()
    assert book.asked == [("Actes", "Signature du président")]
    assert book.files[folder] == a_pdf()
    assert book.folders[folder].state == FolderState.PENDING
    assert (act.state, again) == (Act.State.ORDERED, Later(seconds=3.0))


def test_what_the_president_signed_there_is_judged_and_kept(cast: Cast) -> None:
    book = Book()
    task, act, folder = left(cast, book)
    book.give(folder, sign_pdf(a_pdf()))

    outcome = fetch_signed(task, with_book(book))

    act.refresh_from_db()
    assert outcome == DONE
    assert (act.state, act.verification["signer"]) == (Act.State.SIGNED, "Jean Valmorin")
    assert fetch_signed(task, with_book(book)) == DONE


def test_a_creation_that_got_no_answer_is_found_and_not_made_twice(cast: Cast) -> None:
    book = Book(lose=True)
    task, act = the_order(cast)

    first, second = sign(task, with_book(book)), sign(task, with_book(book))

    assert (first, second) == (Later(why="i-Parapheur ne répond pas."), DONE)
    assert folders_left(act.dossier_id, act.frozen.sha256) == list(book.folders)
    assert len(book.folders) == 1


def test_a_courier_that_died_after_writing_leaves_no_second_folder(cast: Cast) -> None:
    book = Book()
    task, act, folder = left(cast, book)

    sign(task, with_book(book))

    assert list(book.folders) == [folder]
    assert folders_left(act.dossier_id, act.frozen.sha256) == [folder]


def test_a_rejection_there_is_a_refusal_here(cast: Cast) -> None:
    book = Book()
    task, act, folder = left(cast, book)
    book.reject(folder, Step(id="t2", action="REJECT", at="2026", note="Montant faux.", by="Jean Valmorin"))

    outcome = fetch_signed(task, with_book(book))

    act.refresh_from_db()
    act.dossier.refresh_from_db()
    assert outcome == DONE
    assert act.refusal_reason == "Refusé dans i-Parapheur par Jean Valmorin : Montant faux."
    assert (act.state, act.dossier.stage) == (Act.State.REFUSED, Stage.ADOPTED)


@pytest.mark.parametrize(
    ("came_back", "sentence"),
    [
        (sign_pdf(a_pdf("autre")), "ne commence pas par le document figé"),
        (a_pdf(), "sans signature"),
        (sign_pdf(a_pdf(), FakeSigner("Hors Circuit")), "signé par « Hors Circuit »"),
    ],
    ids=["altered", "unsigned", "somebody else"],
)
def test_what_is_not_the_act_signed_by_the_president_is_refused_in_words(
    cast: Cast, came_back: bytes, sentence: str
) -> None:
    book = Book()
    task, act, folder = left(cast, book)
    book.give(folder, came_back)

    with pytest.raises(SignatureNotAccepted, match=sentence):
        fetch_signed(task, with_book(book))

    act.refresh_from_db()
    assert act.signed is None


def test_after_a_file_refused_a_new_order_makes_another_folder(cast: Cast) -> None:
    book = Book()
    _, act, folder = left(cast, book)
    book.give(folder, a_pdf())

    sign(a_task(act.dossier, sha256=act.frozen.sha256), with_book(book))

    names = [one.name for one in book.folders.values()]
    assert names == [f"{act.number} {act.frozen.sha256[:12]}", f"{act.number} {act.frozen.sha256[:12]} 2"]
    assert len(folders_left(act.dossier_id, act.frozen.sha256)) == 2


def test_a_silent_parapheur_makes_the_act_wait(cast: Cast) -> None:
    book = Book()
    task, act, _ = left(cast, book)
    book.failure = Unreachable("i-Parapheur ne répond pas.")

    outcome = fetch_signed(task, with_book(book))

    act.refresh_from_db()
    assert (outcome, act.state) == (Later(why="i-Parapheur ne répond pas."), Act.State.ORDERED)


def test_what_it_refuses_is_told_and_not_tried_again(cast: Cast) -> None:
    task, _ = the_order(cast)

    outcome = sign(task, with_book(Book(failure=Rejected("Unknown type: Actes"))))

    assert outcome == GiveUp(why="Unknown type: Actes")


def test_without_a_parapheur_the_order_is_given_up(cast: Cast) -> None:
    task, act = the_order(cast)

    outcome = sign(task, with_book(None))

    assert outcome == GiveUp(why=NONE_SET)
    assert journal.of(act.dossier) == []
