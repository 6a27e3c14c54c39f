"""Signing with a key that a remote service keeps."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

from hemicycle.gateways.signature.client import Document, PadesSigner
from hemicycle.gateways.signature.csc import CscKey
from hemicycle.gateways.signature.errors import CodesWanted, Rejected, Unreachable
from hemicycle.gateways.signature.remote import CscService
from hemicycle.protocols.pades.verify import verify
from tests.simulators.csc.running import Remote
from tests.simulators.csc.running import running as remote_running

from .conftest import Office

NOW = datetime.now(UTC).replace(microsecond=0)
TEXTS = [b"premier", b"second"]


def service(remote: Remote, **changed: object) -> CscService:
    known = {"url": remote.csc, "client_id": remote.client_id, "client_secret": remote.client_secret}
    return CscService(**{**known, **changed})  # type: ignore[arg-type]


def key(remote: Remote, credential: str = "president", **given: str) -> CscKey:
    return CscKey(service=service(remote), credential=credential, **{"pin": "2468", **given})


def test_the_service_lists_its_keys(remote: Remote) -> None:
    assert service(remote).credentials() == ["president", "president-otp", "cachet"]


@pytest.mark.parametrize("credential", ["president", "president-otp", "cachet"])
def test_each_kind_of_key_signs_several_acts_under_one_authorisation(
    remote: Remote, office: Office, act: bytes, credential: str
) -> None:
    held = key(remote, credential, otp=remote.otp(credential))
    signer = PadesSigner(held, tsa_url=f"{office.url}/tsa")

    signed = signer.sign_all([Document(pdf=act, reason=f"Acte {n}") for n in (1, 2)], at=NOW, location="Nantes")

    verdicts = [verify(each, trust_roots=[office.root()]) for each in signed]
    assert all(verdict.valid for verdict in verdicts), verdicts
    assert {verdict.signatures[0].level for verdict in verdicts} == {"B-LT"}
    assert [b"/Reason (Acte %d)" % n in each for n, each in enumerate(signed, 1)] == [True, True]


def test_a_hundred_and_fifty_digests_cost_one_authorisation(remote: Remote) -> None:
    before = httpx.get(remote.url).text.count("autorisation<")

    values = key(remote).values([f"acte {n}".encode() for n in range(150)])

    assert len(set(values)) == 150
    assert httpx.get(remote.url).text.count("autorisation<") == before + 1


def test_more_than_one_code_admits_is_refused_before_it_is_spent(remote: Remote) -> None:
    code = remote.otp("president-otp")

    with pytest.raises(Rejected, match="n’admet que 200 signatures par autorisation, et 201"):
        key(remote, "president-otp", otp=code).values([b"texte"] * 201)

    assert len(key(remote, "president-otp", otp=code).values(TEXTS)) == 2


def test_a_key_without_code_is_authorised_again_for_the_rest(remote: Remote) -> None:
    assert len(set(key(remote, "cachet").values([f"texte {n}".encode() for n in range(21)]))) == 21


def test_a_one_time_code_serves_once(remote: Remote) -> None:
    code = remote.otp("president-otp")
    key(remote, "president-otp", otp=code).values(TEXTS)

    with pytest.raises(Rejected, match="code à usage unique est refusé"):
        key(remote, "president-otp", otp=code).values(TEXTS)


def test_a_code_that_was_not_given_is_named(remote: Remote) -> None:
    with pytest.raises(CodesWanted, match="demande un code à usage unique") as wanted:
        key(remote, "president-otp").values(TEXTS)

    assert wanted.value.codes == ("OTP",)


def test_a_wrong_pin_is_given_once_and_the_third_locks_the_key(office: Office) -> None:
    with remote_running(office.url) as remote:
        held = key(remote, pin="0000")
        for _ in range(5):
            with pytest.raises(Rejected, match="code PIN de la clé est refusé"):
                held.values(TEXTS)
        assert len(key(remote).values(TEXTS)) == 2

        for _ in range(3):
            with pytest.raises(Rejected):
                key(remote, pin="0000").values(TEXTS)

        with pytest.raises(Rejected, match="n’est pas en service"):
            key(remote).values(TEXTS)
    assert "0000" not in repr(held)


@pytest.mark.parametrize(
    ("fault", "error", "sentence"),
    [
        ("unavailable", Unreachable, "indisponible"),
        ("garbage", Unreachable, "illisible"),
        ("refused", Rejected, "Le titulaire a refusé"),
        ("expired", Rejected, "expired"),
        ("short", Rejected, "1 signatures pour 2 documents"),
    ],
)
def test_each_fault_is_told(remote: Remote, fault: str, error: type[Exception], sentence: str) -> None:
    held = key(remote)

    with remote.broken(fault), pytest.raises(error, match=sentence):
        held.values(TEXTS)

    assert len(held.values(TEXTS)) == 2


def test_a_service_too_slow_is_a_reason_to_retry(remote: Remote) -> None:
    held = CscKey(service=service(remote, timeout=0.5), credential="president", pin="2468")

    with remote.broken("slow"), pytest.raises(Unreachable, match="ne répond pas"):
        held.values(TEXTS)


def test_a_value_made_by_another_key_is_not_embedded(remote: Remote, office: Office, act: bytes) -> None:
    signer = PadesSigner(key(remote), tsa_url=f"{office.url}/tsa")

    with remote.broken("other-key"), pytest.raises(Rejected, match="clé du certificat annoncé"):
        signer.sign(act, at=NOW, reason="", location="")


def test_an_access_token_that_ran_out_is_asked_again(remote: Remote) -> None:
    known = service(remote)
    known.credentials()
    known._token = "périmé".encode().hex()

    assert known.credentials()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"client_secret": "faux"}, "identifiant ou le secret"),
        ({"url": "bonjour"}, "n’est pas valide"),
    ],
)
def test_a_wrong_setting_is_told(remote: Remote, changed: dict[str, object], sentence: str) -> None:
    with pytest.raises(Rejected, match=sentence):
        service(remote, **changed).credentials()


def test_an_unknown_key_is_refused(remote: Remote) -> None:
    with pytest.raises(Rejected, match="a refusé la demande"):
        key(remote, "inconnue").values(TEXTS)
