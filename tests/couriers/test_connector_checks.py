"""The tests of « Raccordements » by the settings alone, against the simulators and against nothing."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from pathlib import Path
from typing import Any

import boto3
import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from django.core.management import call_command
from moto.server import ThreadedMotoServer

from hemicycle.accounts.models import Signatory
from hemicycle.chain.connectors.systems import System
from hemicycle.couriers.connector_checks import examine
from hemicycle.gateways.checks import Outcome, Use
from tests.cast import Cast
from tests.gateways.authorities import NOW, an_authority, issued_by
from tests.simulators.archive.running import running_archive
from tests.simulators.mail.running import running as running_mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_set(settings: Any, tmp_path: Path) -> None:
    for name in ("TDT_URL", "SAE_URL", "TSA_URL", "SMTP_HOST", "CLAMD", "BLOBS_S3", "SIGNATURE_TRUST", "TRUST_ROOTS"):
        setattr(settings, name, "")
    settings.SIGNATURE_KEYS, settings.SEAL_KEY = tmp_path, ""


def test_the_archive_and_the_mail_of_the_settings_are_tested(cast: Cast, settings: Any, tmp_path: Path) -> None:
    with running_archive(tmp_path) as url, running_mail() as sink:
        settings.SAE_URL, settings.SMTP_HOST, settings.SMTP_PORT = url, sink.host, sink.port
        reports = [examine(System.ARCHIVE, NOW), examine(System.MAIL, NOW)]

    assert [report.outcome for report in reports] == [Outcome.OK, Outcome.OK]


@pytest.mark.parametrize(
    ("system", "changed", "told"),
    [
        (System.TRANSMISSION, {"TDT_URL": "http://127.0.0.1:9"}, "refuse la connexion"),
        (System.TIMESTAMP, {"TSA_URL": "http://127.0.0.1:9/tsa"}, "refuse la connexion"),
        (System.ANTIVIRUS, {"CLAMD": "tcp://127.0.0.1:9"}, "refuse la connexion"),
        (System.ARCHIVE, {"SAE_URL": "https://x", "SAE_CERTIFICATE": "/absent/sae.pem"}, "introuvable ou illisible"),
        (System.TIMESTAMP, {"TSA_URL": "http://x", "SIGNATURE_TRUST": "/absent.pem"}, "ne se lisent pas"),
        (System.ANTIVIRUS, {"CLAMD": "http://moi:secret@hôte"}, "ne peut pas être lu"),
        (System.STORE, {"BLOBS_S3": "actes", "S3_ENDPOINT": "", "S3_REGION": ""}, "HEMICYCLE_S3_ENDPOINT"),
    ],
)
def test_whatever_is_wrong_is_told_in_a_sentence_without_secret(
    cast: Cast, settings: Any, system: System, changed: dict[str, str], told: str
) -> None:
    for name, value in changed.items():
        setattr(settings, name, value)

    report = examine(system, NOW)

    assert report.outcome is Outcome.FAILED
    assert told in report.findings[-1].sentence and report.findings[-1].remedy
    assert "secret" not in str(report)


def test_the_keys_of_the_signatories_and_the_seal_are_looked_at(cast: Cast, settings: Any, tmp_path: Path) -> None:
    authority = an_authority()
    root = tmp_path / "root.pem"
    root.write_bytes(authority.certificate.public_bytes(Encoding.PEM))
    settings.SIGNATURE_TRUST, settings.SEAL_KEY = str(root), "p12:cachet"
    Signatory.objects.update(key_name="p12:president")
    for name, days in (("president", 20.5), ("cachet", -3)):
        made = issued_by(authority, name, days=days)
        locked = BestAvailableEncryption(b"secret")
        p12 = serialize_key_and_certificates(b"", made.key, made.certificate, [authority.certificate], locked)
        (tmp_path / f"{name}.p12").write_bytes(p12)
        (tmp_path / f"{name}.pass").write_text("secret")

    report = examine(System.SIGNATURE, NOW)

    told = {finding.what: finding for finding in report.findings}
    assert "expire dans 20 jours" in told["Clé de Jean Valmorin"].sentence
    assert "a expiré" in told["Cachet de la collectivité"].sentence
    assert told["Autorités reconnues"].outcome is Outcome.OK
    assert [each.use for each in report.certificates] == [Use.AUTHORITY, Use.SIGNATORY, Use.SEAL]


def test_a_key_that_is_not_installed_and_a_token_whose_code_is_typed_are_told(cast: Cast) -> None:
    Signatory.objects.update(key_name="pkcs11:Présidence/cle")
    typed = examine(System.SIGNATURE, NOW)
    Signatory.objects.update(key_name="p12:absent")
    missing = examine(System.SIGNATURE, NOW)

    assert typed.outcome is Outcome.DOUBT and "Sans gravité" in typed.findings[-1].remedy
    assert missing.outcome is Outcome.FAILED and "absent.p12" in missing.findings[-1].sentence


def test_the_bucket_is_looked_at_and_left_as_it_is(cast: Cast, settings: Any) -> None:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        settings.BLOBS_S3, settings.S3_ENDPOINT, settings.S3_REGION = "actes", f"http://{host}:{port}", "us-east-1"
        settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY = "cle", "secrete"
        keys = {"aws_access_key_id": "cle", "aws_secret_access_key": "secrete", "region_name": "us-east-1"}
        bucket = boto3.client("s3", endpoint_url=settings.S3_ENDPOINT, **keys)
        absent = examine(System.STORE, NOW)
        bucket.create_bucket(Bucket="actes")
        there = examine(System.STORE, NOW)
        held = bucket.list_objects_v2(Bucket="actes")["KeyCount"]
    finally:
        server.stop()

    assert (absent.outcome, there.outcome, held) == (Outcome.FAILED, Outcome.OK, 0)


def test_the_command_prints_every_system_and_fails_with_one(cast: Cast, settings: Any) -> None:
    settings.CLAMD = "tcp://127.0.0.1:9"
    out = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("check_systems", stdout=out)

    assert ended.value.code == 1
    assert "Archivage électronique\n  non réglé" in out.getvalue()
    assert "ÉCHEC  Connexion : 127.0.0.1 refuse la connexion sur le port 9." in out.getvalue()
    assert "→ Vérifiez le port réglé" in out.getvalue()


def test_the_command_tests_what_it_is_asked(cast: Cast) -> None:
    out = StringIO()

    call_command("check_systems", "antivirus", stdout=out)

    assert out.getvalue().split() == ["Antivirus", "non", "réglé"]


def test_an_incident_of_ours_is_a_result_too(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CLAMD = "tcp://127.0.0.1:9"
    monkeypatch.setattr("hemicycle.gateways.antivirus.client.reached", lambda *_, **__: 1 / 0)

    report = examine(System.ANTIVIRUS, NOW + dt.timedelta())

    assert "Incident interne" in report.findings[0].sentence
