"""Carrying the frozen act to the signing service."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate

from hemicycle.chain.signing.actions.bring_signature import bring_signature
from hemicycle.chain.signing.actions.prepare_blob import prepare_blob
from hemicycle.chain.signing.actions.record_signature import SignatureNotAccepted
from hemicycle.chain.signing.models import Act
from hemicycle.couriers import signature as module
from hemicycle.couriers.outcomes import DONE, GiveUp, Later
from hemicycle.couriers.signature import sign, verify_brought
from hemicycle.dossier import journal
from hemicycle.dossier.outbox import Task
from hemicycle.gateways.signature import brought
from hemicycle.gateways.signature.brought import Proof
from hemicycle.gateways.signature.errors import Rejected, Unreachable
from hemicycle.gateways.signature.fake import FakeSigner, token_over
from tests.cast import NOON, Cast
from tests.couriers.worlds import a_task, a_world
from tests.signed_acts import a_signed_pdf, an_act_to_sign, the_president_s_signer


def the_order(cast: Cast) -> tuple[Task, Act]:
    dossier, act = an_act_to_sign(cast, ordered=True)
    return a_task(dossier, sha256=act.frozen.sha256), act


def the_trust(folder: Path, certificate: bytes) -> str:
    place = folder / "roots.pem"
    place.write_bytes(load_der_x509_certificate(certificate).public_bytes(Encoding.PEM))
    return str(place)


def test_the_act_ordered_comes_back_signed_by_the_president(cast: Cast, tmp_path: Path, settings: Any) -> None:
    task, act = the_order(cast)
    settings.SIGNATURE_TRUST = the_trust(tmp_path, the_president_s_signer().root)

    outcome = sign(task, a_world())

    act.refresh_from_db()
    assert outcome == DONE
    assert (act.state, act.verification["signer"]) == (Act.State.SIGNED, "Jean Valmorin")
    assert act.verification["trusted"] is True


def test_a_silent_timestamping_service_is_asked_again(cast: Cast) -> None:
    task, act = the_order(cast)
    signer = FakeSigner("Jean Valmorin")
    signer.failure = Unreachable("Le service d’horodatage ne répond pas.")

    outcome = sign(task, a_world(signer=signer))

    act.refresh_from_db()
    assert outcome == Later(why="Le service d’horodatage ne répond pas.")
    assert act.state == Act.State.ORDERED


def test_an_expired_certificate_is_said_and_not_tried_again(cast: Cast) -> None:
    task, act = the_order(cast)
    signer = FakeSigner("Jean Valmorin")
    signer.failure = Rejected("Le certificat de « Jean Valmorin » a expiré.")

    outcome = sign(task, a_world(signer=signer))

    act.refresh_from_db()
    assert outcome == GiveUp(why="Le certificat de « Jean Valmorin » a expiré.")
    assert act.state == Act.State.ORDERED


def test_somebody_else_s_signature_is_not_kept(cast: Cast) -> None:
    task, act = the_order(cast)

    with pytest.raises(SignatureNotAccepted):
        sign(task, a_world(signer=FakeSigner("Hors Circuit")))

    act.refresh_from_db()
    assert act.signed is None


def test_a_signature_of_an_unknown_authority_is_not_kept(cast: Cast, tmp_path: Path, settings: Any) -> None:
    task, act = the_order(cast)
    settings.SIGNATURE_TRUST = the_trust(tmp_path, the_president_s_signer().certificate)

    with pytest.raises(SignatureNotAccepted, match="autorité reconnue"):
        sign(task, a_world())

    act.refresh_from_db()
    assert act.signed is None


def test_without_the_list_of_authorities_nothing_is_kept_unjudged(cast: Cast, settings: Any) -> None:
    task, act = the_order(cast)
    settings.SIGNATURE_TRUST = "absent.pem"

    outcome = sign(task, a_world())

    act.refresh_from_db()
    assert isinstance(outcome, GiveUp)
    assert "HEMICYCLE_SIGNATURE_TRUST" in outcome.why
    assert act.signed is None


def test_an_errand_interrupted_after_the_record_signs_no_second_time(cast: Cast) -> None:
    task, act = the_order(cast)
    sign(task, a_world())

    outcome = sign(task, a_world(signer=FakeSigner("Hors Circuit")))

    assert outcome == DONE
    assert [e.event for e in journal.of(act.dossier)] == ["signing.signature_recorded"]


def test_an_order_on_bytes_since_replaced_is_dropped(cast: Cast) -> None:
    _, act = the_order(cast)
    old = a_task(act.dossier, sha256="0" * 64)

    outcome = sign(old, a_world())

    act.refresh_from_db()
    assert outcome == DONE
    assert act.state == Act.State.ORDERED


def test_a_file_signed_elsewhere_is_recorded_once_its_certificate_is_known_to_stand(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    task, act = the_file_brought(cast)
    monkeypatch.setattr(module, "proof_of", lambda *_, **__: Proof())

    outcome = verify_brought(task, a_world(signer=FakeSigner("Personne")))

    act.refresh_from_db()
    assert outcome == DONE
    assert (act.state, act.verification["signer"]) == (Act.State.SIGNED, "Jean Valmorin")


def test_a_file_signed_elsewhere_is_not_signed_again_by_the_service(cast: Cast) -> None:
    task, act = the_file_brought(cast)

    outcome = sign(task, a_world())

    act.refresh_from_db()
    assert outcome == DONE
    assert act.signed is None


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Unreachable("Le répondeur OCSP ne répond pas."), Later(why="Le répondeur OCSP ne répond pas.")),
        (Rejected("Le certificat est révoqué."), GiveUp(why="Le certificat est révoqué.")),
    ],
    ids=["silent", "revoked"],
)
def test_a_file_signed_elsewhere_waits_for_its_authority_and_is_refused_by_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, answer: Exception, outcome: Later | GiveUp
) -> None:
    task, act = the_file_brought(cast)

    def asked(*_: object, **__: object) -> Proof:
        raise answer

    monkeypatch.setattr(module, "proof_of", asked)

    found = verify_brought(task, a_world())

    act.refresh_from_db()
    assert found == outcome
    assert act.signed is None


def the_file_brought(cast: Cast) -> tuple[Task, Act]:
    dossier, act = an_act_to_sign(cast)
    bring_signature(dossier_id=dossier.id, signed=a_signed_pdf(), agent=cast.president, at=NOON)
    return a_task(dossier, sha256=act.frozen.sha256), act


def test_a_signature_made_apart_is_timestamped_then_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier, act = an_act_to_sign(cast)
    blob = prepare_blob(dossier_id=dossier.id, agent=cast.president, at=NOON)
    apart = the_president_s_signer().sign_apart(blob)
    bring_signature(dossier_id=dossier.id, signed=apart, agent=cast.president, at=NOON)
    monkeypatch.setattr(module, "proof_of", lambda *_, **__: Proof())
    monkeypatch.setattr(
        brought, "request_token", lambda _c, _u, value: token_over(hashlib.sha256(value).digest(), NOON)
    )

    outcome = verify_brought(a_task(dossier, sha256=act.frozen.sha256), a_world())

    act.refresh_from_db()
    assert outcome == DONE
    assert (act.state, act.signed_at, act.verification["level"]) == (Act.State.SIGNED, NOON, "PAdES-B-T")


def test_a_signature_made_apart_waits_for_a_silent_timestamping_service(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier, act = an_act_to_sign(cast)
    blob = prepare_blob(dossier_id=dossier.id, agent=cast.president, at=NOON)
    apart = the_president_s_signer().sign_apart(blob)
    bring_signature(dossier_id=dossier.id, signed=apart, agent=cast.president, at=NOON)

    def silent(*_: Any) -> bytes:
        raise Unreachable("Le service d’horodatage ne répond pas.")

    monkeypatch.setattr(module, "proof_of", lambda *_, **__: Proof())
    monkeypatch.setattr(brought, "request_token", silent)

    outcome = verify_brought(a_task(dossier, sha256=act.frozen.sha256), a_world())

    act.refresh_from_db()
    assert outcome == Later(why="Le service d’horodatage ne répond pas.")
    assert act.state == Act.State.ORDERED
