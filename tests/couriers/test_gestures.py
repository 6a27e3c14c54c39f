"""Carrying a whole gesture: one authorisation, each act kept at once, what failed left alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from hemicycle.chain.signing.actions.order_signature import order_signature
from hemicycle.chain.signing.models import Act, KeyCodes, SigningGesture
from hemicycle.couriers import gestures
from hemicycle.couriers.outcomes import DONE, GiveUp, Later
from hemicycle.couriers.signature import sign
from hemicycle.couriers.world import World
from hemicycle.dossier import journal
from hemicycle.dossier.models import JournalEntry
from hemicycle.dossier.outbox import Task
from hemicycle.gateways.signature.client import Document, Result
from hemicycle.gateways.signature.errors import CodesWanted, Rejected, Unreachable
from hemicycle.gateways.signature.fake import FakeSigner
from tests.after_vote import produced
from tests.cast import NOON, Cast
from tests.couriers.worlds import a_task, a_world
from tests.signed_acts import a_gesture, an_act_to_sign

pytestmark = pytest.mark.django_db
CODE = "731946"


def errand(act: Act) -> Task:
    return a_task(act.dossier, sha256=act.frozen.sha256)


def states(acts: list[Act]) -> list[str]:
    return [Act.objects.get(pk=act.pk).state for act in acts]


class Holder(FakeSigner):
    """The president's key, whose keeper wants a code, and remembers what it was given."""

    def __init__(self) -> None:
        super().__init__("Jean Valmorin")
        self.given: list[dict[str, str]] = []
        #: Stops after so many documents, as a program that dies.
        self.dies_after = 1000

    def world(self) -> World:
        def signer(_name: str, codes: Mapping[str, str]) -> Holder:
            self.given.append(dict(codes))
            return self

        return dataclasses.replace(a_world(), signer=signer)

    def sign_each(self, documents: Any, **options: Any) -> Iterator[tuple[int, Result]]:
        for rank, found in enumerate(super().sign_each(documents, **options)):
            if rank == self.dies_after:
                raise KeyboardInterrupt
            yield found


def test_the_acts_of_a_gesture_are_signed_by_one_authorisation(cast: Cast) -> None:
    _, acts = a_gesture(cast, 3)
    signer = Holder()

    outcomes = [sign(errand(act), signer.world()) for act in acts]

    assert outcomes == [DONE, DONE, DONE]
    assert states(acts) == ["signed", "signed", "signed"]
    assert signer.gestures == [3]
    assert [journal.of(act.dossier)[-1].event for act in acts] == ["signing.signature_recorded"] * 3


def test_a_crash_midway_loses_nothing_and_signs_nothing_twice(cast: Cast) -> None:
    gesture, acts = a_gesture(cast, 3)
    signer = Holder()
    signer.dies_after = 1

    with pytest.raises(KeyboardInterrupt):
        sign(errand(acts[1]), signer.world())
    signer.dies_after = 1000
    after_crash = states(acts)
    for act in acts:
        sign(errand(act), signer.world())

    gesture.refresh_from_db()
    assert after_crash == ["ordered", "signed", "ordered"]
    assert states(acts) == ["signed", "signed", "signed"]
    assert signer.gestures == [3, 2]
    assert JournalEntry.objects.filter(event="signing.signature_recorded").count() == 3
    assert gesture.leased_until is None


def test_an_act_that_cannot_be_signed_leaves_the_others(cast: Cast) -> None:
    gesture, acts = a_gesture(cast, 2)
    dossier, broken = an_act_to_sign(cast)
    broken.frozen = produced(dossier, cast, b"%PDF-1.7 rien", "acte.pdf", at=NOON)
    broken.save()
    order = {"dossier_id": dossier.id, "agent": cast.president, "at": NOON, "gesture_id": gesture.pk}
    order_signature(**order, sha256_read=broken.frozen.sha256)
    signer = Holder()

    first, other = sign(errand(acts[0]), signer.world()), sign(errand(broken), signer.world())

    assert first == DONE and isinstance(other, GiveUp)
    assert states([*acts, broken]) == ["signed", "signed", "ordered"]


def test_a_silent_service_is_not_asked_again_by_each_act(cast: Cast) -> None:
    _, acts = a_gesture(cast, 2)
    signer = Holder()
    signer.failure = Unreachable("Le service d’horodatage ne répond pas.")

    outcomes = [sign(errand(act), signer.world()) for act in acts]

    assert outcomes == [Later(seconds=5.0, why="Le service d’horodatage ne répond pas.")] * 2
    assert signer.gestures == [2]


def test_the_code_typed_goes_to_the_key_once_and_is_kept_nowhere(cast: Cast) -> None:
    gesture, acts = a_gesture(cast, 2, OTP=CODE)
    signer = Holder()

    for act in acts:
        sign(errand(act), signer.world())

    gesture.refresh_from_db()
    assert signer.given == [{"OTP": CODE}]
    assert bytes(gesture.sealed_codes) == b""
    assert CODE not in str(list(JournalEntry.objects.order_by("n").values_list("sealed", flat=True)))


def test_a_wrong_code_gives_all_the_acts_back_and_is_tried_once(cast: Cast) -> None:
    gesture, acts = a_gesture(cast, 2, OTP=CODE)
    signer = Holder()
    signer.failure = Rejected("Le code à usage unique est refusé.")

    outcomes = [sign(errand(act), signer.world()) for act in acts]

    gesture.refresh_from_db()
    assert outcomes == [DONE, DONE]
    assert states(acts) == ["to_sign", "to_sign"]
    assert signer.gestures == [2]
    assert gesture.refusal == "Le code à usage unique est refusé."


def test_a_code_waits_for_a_silent_service_and_serves_when_it_answers(cast: Cast) -> None:
    gesture, acts = a_gesture(cast, 1, OTP=CODE)
    signer = Holder()
    signer.failure = Unreachable("Le service d’horodatage ne répond pas.")
    sign(errand(acts[0]), signer.world())
    SigningGesture.objects.filter(pk=gesture.pk).update(leased_until=None)
    signer.failure = None

    outcome = sign(errand(acts[0]), signer.world())

    assert outcome == DONE
    assert signer.given == [{"OTP": CODE}, {"OTP": CODE}]
    assert states(acts) == ["signed"]


def test_a_code_cut_short_by_a_crash_is_asked_again_and_never_given_twice(cast: Cast) -> None:
    gesture, acts = a_gesture(cast, 2, OTP=CODE)
    signer = Holder()
    signer.dies_after = 1
    with pytest.raises(KeyboardInterrupt):
        sign(errand(acts[0]), signer.world())

    outcome = sign(errand(acts[1]), signer.world())

    gesture.refresh_from_db()
    assert outcome == DONE
    assert states(acts) == ["signed", "to_sign"]
    assert len(signer.given) == 1
    assert gesture.refusal == gestures.SPENT


def test_a_key_that_wants_a_code_has_it_asked_on_the_page(cast: Cast) -> None:
    _, acts = a_gesture(cast, 2)
    signer = Holder()
    signer.failure = CodesWanted("La clé demande un code à usage unique.", ("OTP",))  # type: ignore[assignment]

    outcomes = [sign(errand(act), signer.world()) for act in acts]

    assert outcomes == [DONE, DONE]
    assert states(acts) == ["to_sign", "to_sign"]
    assert KeyCodes.objects.get().codes == ["OTP"]


def test_a_certificate_refused_stays_with_those_who_keep_the_installation(cast: Cast) -> None:
    _, acts = a_gesture(cast, 1)
    signer = Holder()
    signer.failure = Rejected("Le certificat a expiré.")

    outcome = sign(errand(acts[0]), signer.world())

    assert outcome == GiveUp(why="Le certificat a expiré.")
    assert states(acts) == ["ordered"]


def test_a_gesture_in_another_courier_s_hands_is_left_to_it(cast: Cast) -> None:
    gesture, acts = a_gesture(cast, 1)
    gestures.gestures.take(gesture.pk, now=NOON)
    signer = Holder()

    outcome = sign(errand(acts[0]), signer.world())

    assert isinstance(outcome, Later)
    assert signer.gestures == []


def test_documents_go_with_their_own_reason(cast: Cast) -> None:
    _, acts = a_gesture(cast, 2)
    asked: list[Document] = []

    class Curious(Holder):
        def sign_each(self, documents: Any, **options: Any) -> Iterator[tuple[int, Result]]:
            asked.extend(documents)
            return super().sign_each(documents, **options)

    sign(errand(acts[0]), Curious().world())

    assert [one.reason for one in asked] == [f"Signature de la délibération n° {act.number}" for act in acts]
