"""openssl, which the project did not write, accepts what the authority says."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

import httpx
import pytest

PRESIDENT = {"common_name": "Hélène Arnault", "given_name": "Hélène", "surname": "Arnault", "kind": "person"}


def run(*command: str | Path) -> str:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, errors="replace")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def folder(authority: str, tmp_path: Path) -> Path:
    for name in ("root.pem", "issuing.pem", "chain.pem"):
        (tmp_path / name).write_bytes(httpx.get(f"{authority}/{name}").content)
    return tmp_path


def enrol(authority: str, folder: Path) -> str:
    enrolled = httpx.post(f"{authority}/enrol", json=PRESIDENT).json()
    (folder / "president.pem").write_text(enrolled["certificate_pem"])
    return str(enrolled["serial"])


def ocsp(openssl: str, authority: str, folder: Path) -> str:
    return run(
        *(openssl, "ocsp", "-issuer", folder / "issuing.pem", "-cert", folder / "president.pem"),
        *("-url", f"{authority}/ocsp", "-CAfile", folder / "chain.pem"),
    )


def test_a_timestamp_is_verified_by_openssl(openssl: str, authority: str, folder: Path) -> None:
    (folder / "text").write_bytes("Le Conseil départemental décide".encode())
    run(openssl, "ts", "-query", "-data", folder / "text", "-sha256", "-cert", "-out", folder / "query")
    answer = httpx.post(f"{authority}/tsa", content=(folder / "query").read_bytes())
    (folder / "reply").write_bytes(answer.content)

    verdict = run(
        *(openssl, "ts", "-verify", "-in", folder / "reply", "-queryfile", folder / "query"),
        *("-CAfile", folder / "root.pem", "-untrusted", folder / "issuing.pem"),
    )

    assert "Verification: OK" in verdict


def test_a_fresh_certificate_is_good_by_ocsp_and_crl(openssl: str, authority: str, folder: Path) -> None:
    enrol(authority, folder)
    for name in ("issuing", "root"):
        (folder / f"{name}.crl").write_bytes(httpx.get(f"{authority}/crl/{name}.crl").content)

    status = ocsp(openssl, authority, folder)
    verdict = run(
        *(openssl, "verify", "-crl_check_all", "-CAfile", folder / "root.pem"),
        *("-untrusted", folder / "issuing.pem", "-CRLfile", folder / "issuing.crl"),
        *("-CRLfile", folder / "root.crl", folder / "president.pem"),
    )

    assert "Response verify OK" in status
    assert "president.pem: good" in status
    assert verdict.strip().endswith("OK")


def test_a_revoked_certificate_is_refused_by_ocsp_and_crl(openssl: str, authority: str, folder: Path) -> None:
    serial = enrol(authority, folder)

    httpx.post(f"{authority}/revoke", json={"serial": serial})

    (folder / "issuing.crl").write_bytes(httpx.get(f"{authority}/crl/issuing.crl").content)
    assert "president.pem: revoked" in ocsp(openssl, authority, folder)
    with pytest.raises(AssertionError, match="certificate revoked"):
        run(
            *(openssl, "verify", "-crl_check", "-CAfile", folder / "root.pem"),
            *("-untrusted", folder / "issuing.pem", "-CRLfile", folder / "issuing.crl"),
            folder / "president.pem",
        )


def test_the_pkcs12_opens_with_its_passphrase(openssl: str, authority: str, folder: Path) -> None:
    enrolled = httpx.post(f"{authority}/enrol", json=PRESIDENT).json()
    (folder / "president.p12").write_bytes(base64.b64decode(enrolled["pkcs12"]))

    content = run(
        *(openssl, "pkcs12", "-in", folder / "president.p12", "-nodes"),
        *("-passin", f"pass:{enrolled['passphrase']}"),
    )

    assert content.count("BEGIN CERTIFICATE") == 3
    assert "BEGIN PRIVATE KEY" in content
