"""Signing with a key that never leaves its token."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hemicycle.gateways.signature.client import Document, PadesSigner
from hemicycle.gateways.signature.errors import Rejected, Unreachable
from hemicycle.gateways.signature.pkcs11 import Pkcs11Key
from hemicycle.protocols.pades.verify import verify

from .conftest import Office
from .tokens import SHAPES, Hsm

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def president(hsm: Hsm, office: Office) -> Hsm:
    """The module with a token « Présidence » holding a key « president »."""
    hsm.token("Présidence")
    hsm.write_certificates("Présidence", "president", hsm.hold("Présidence", "president", "P-256", office.url))
    return hsm


@pytest.mark.parametrize("shape", SHAPES)
def test_a_token_signs_the_act(hsm: Hsm, office: Office, act: bytes, shape: str) -> None:
    hsm.token(f"Jeton {shape}")
    hsm.write_certificates(f"Jeton {shape}", shape, hsm.hold(f"Jeton {shape}", shape, shape, office.url))
    signer = PadesSigner(hsm.key(f"Jeton {shape}", shape), tsa_url=f"{office.url}/tsa")

    signed = signer.sign_all([Document(pdf=act, reason="Délibération")] * 2, at=NOW, location="Nantes")

    for each in signed:
        verdict = verify(each, trust_roots=[office.root()])
        assert verdict.valid, verdict
        assert (verdict.signatures[0].signer, verdict.signatures[0].level) == ("Hélène Arnault", "B-LT")


def test_a_key_is_found_by_its_identifier_and_its_certificate_in_a_file(
    president: Hsm, office: Office, act: bytes
) -> None:
    file = president.hold("Présidence", "autre", "RSA-2048", office.url)
    key = president.key("Présidence", f"id={b'autre'.hex()}", certificate_file=file)

    signed = PadesSigner(key, tsa_url=f"{office.url}/tsa").sign(act, at=NOW, reason="", location="")

    assert verify(signed, trust_roots=[office.root()]).valid


def test_two_keys_take_turns(president: Hsm, office: Office) -> None:
    first, second = president.key("Présidence", "president"), president.key("Présidence", "president")

    values = [key.values([b"texte"]) for key in (first, second, first, second)]

    assert all(len(value) == 1 for value in values)


def test_a_session_lost_is_opened_again(president: Hsm) -> None:
    key = president.key("Présidence", "president")
    key.values([b"texte"])
    session = key._held.session  # type: ignore[union-attr]

    session.close()

    assert len(key.values([b"texte"])) == 1
    assert key._held.session is not session  # type: ignore[union-attr]


def test_a_token_removed_is_a_reason_to_retry_and_signs_again_when_put_back(president: Hsm) -> None:
    key = president.key("Présidence", "president")
    key.values([b"texte"])
    drawer = president.tokens / "drawer"

    shutil.move(president.tokens / "tokens", drawer)
    (president.tokens / "tokens").mkdir()
    key._held.session.close()  # type: ignore[union-attr]
    with pytest.raises(Unreachable, match="« Présidence » ne répond pas"):
        key.values([b"texte"])
    (president.tokens / "tokens").rmdir()
    shutil.move(drawer, president.tokens / "tokens")

    assert len(key.values([b"texte"])) == 1


def test_a_token_that_is_not_there_is_a_reason_to_retry(hsm: Hsm) -> None:
    with pytest.raises(Unreachable, match="vérifiez qu’il est branché"):
        hsm.key("Absent", "president").values([b"texte"])


def test_a_wrong_pin_is_given_once_and_never_again(president: Hsm, monkeypatch: pytest.MonkeyPatch) -> None:
    key = president.key("Présidence", "president", pin="000000")
    with pytest.raises(Rejected, match="code PIN du jeton « Présidence » est refusé"):
        key.values([b"texte"])

    monkeypatch.setattr("hemicycle.gateways.signature.pkcs11._session", lambda *_: pytest.fail("the PIN was given"))

    with pytest.raises(Rejected, match="code PIN"):
        key.values([b"texte"])
    assert "000000" not in repr(key)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": "inconnue"}, "ne contient pas la clé « inconnue »"),
        ({"name": "id=zz"}, "illisible"),
        ({"module": "/absente.so"}, "introuvable : /absente.so"),
        ({"module": ""}, "aucune n’est indiquée"),
        ({"module": sys.executable}, "ne se charge pas"),
        ({"certificate_file": Path("absent.pem")}, "absent.pem"),
    ],
)
def test_what_no_new_attempt_would_change_is_refused(president: Hsm, changed: dict[str, object], sentence: str) -> None:
    key = president.key("Présidence", **{"name": "president", **changed})  # type: ignore[arg-type]

    with pytest.raises(Rejected, match=sentence):
        key.values([b"texte"])


def test_a_key_without_certificate_is_refused(president: Hsm, office: Office) -> None:
    president.hold("Présidence", "nue", "P-256", office.url)

    with pytest.raises(Rejected, match="ne contient pas le certificat de la clé « nue »"):
        _ = president.key("Présidence", "nue").certificate


def test_without_the_binding_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "pkcs11"]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, "pkcs11", None)

    with pytest.raises(Rejected, match=r"hemicycle\[pkcs11\]"):
        Pkcs11Key(module="x", token="x", name="x", pin="").values([b"texte"])
