"""What went out of the house: to the préfecture, the archive, the partners, the public."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import subprocess
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from asn1crypto import pem, tsp, x509
from lxml import etree, html

from tests.journeys.playing import Played
from tests.journeys.reading import in_tar, in_zip, scdl_faults, sha256, signature_of, text_of, token_of

pytestmark = pytest.mark.journey

ACTES = "{http://www.interieur.gouv.fr/ACTES#v1.1-20040216}"
SEDA = "{fr:gouv:culture:archivesdefrance:seda:v2.2}"
APPEAL = "telerecours"


def read(path: Path) -> etree._Element:
    return etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))


def test_the_signed_bytes_are_those_of_the_prefecture_the_archive_and_the_site(journey: Played) -> None:
    signed = sha256(journey.signed.read_bytes())

    sent = {sha256(data) for data in in_tar(journey.only("transmission/*.tar.gz")).values()}
    archived = {sha256(data) for data in in_zip(journey.only("archive/*.zip")).values()}
    (recorded,) = journey.events("signing.signature_recorded")

    assert signed in sent
    assert signed in archived
    assert signed == recorded["ids"]["signed_sha256"]
    assert signed in journey.only("publication/*.html").read_text()


def test_the_signature_was_added_after_the_frozen_bytes(journey: Played) -> None:
    (recorded,) = journey.events("signing.signature_recorded")
    (ordered,) = journey.events("signing.signature_ordered")
    signed = journey.signed.read_bytes()

    frozen = [signed[: end.end()] for end in re.finditer(rb"%%EOF\r?\n?", signed)]

    assert recorded["ids"]["frozen_sha256"] == ordered["ids"]["sha256"]
    assert recorded["ids"]["frozen_sha256"] in {sha256(part) for part in frozen[:-1]}


def test_the_annexes_sent_are_those_of_the_dossier(journey: Played) -> None:
    annexes = {sha256(path.read_bytes()) for path in (journey.out / "dossier/annexes").iterdir()}

    sent = {sha256(data) for data in in_tar(journey.only("transmission/*.tar.gz")).values()}
    archived = {sha256(data) for data in in_zip(journey.only("archive/*.zip")).values()}

    assert annexes
    assert annexes <= sent
    assert annexes <= archived


def test_openssl_verifies_the_timestamp_of_the_signature(journey: Played, tmp_path: Path) -> None:
    signer = signature_of(journey.signed)
    token = token_of(signer)
    stamp = tsp.TSTInfo.load(token["content"]["encap_content_info"]["content"].parsed.dump())
    stamped_at: dt.datetime = stamp["gen_time"].native
    (tmp_path / "token.der").write_bytes(token.dump())
    (tmp_path / "signature.bin").write_bytes(signer["signature"].native)
    (tmp_path / "altered.bin").write_bytes(signer["signature"].native[:-1] + b"\0")
    chain = [certificate.chosen.dump() for certificate in token["content"]["certificates"]]
    (tmp_path / "chain.pem").write_bytes(b"".join(pem.armor("CERTIFICATE", der) for der in chain))

    def openssl(data: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                *("openssl", "ts", "-verify", "-token_in", "-in", "token.der", "-data", data),
                *("-CAfile", str(journey.out / "act/root.pem"), "-untrusted", "chain.pem"),
                *("-attime", str(int(stamped_at.timestamp()))),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )

    assert (openssl("signature.bin").returncode, openssl("altered.bin").returncode) == (0, 1)
    assert "Verification: OK" in openssl("signature.bin").stdout
    signed_at = dt.datetime.fromisoformat(journey.events("signing.signature_recorded")[0]["at"])
    assert abs(stamped_at - signed_at) < dt.timedelta(minutes=2)


def test_the_root_kept_with_the_act_is_the_one_of_the_signatory(journey: Played) -> None:
    _, _, der = pem.unarmor((journey.out / "act/root.pem").read_bytes())
    root = x509.Certificate.load(der)

    assert root.self_issued
    assert "private" not in (journey.out / "act/root.pem").read_text().lower()


def test_every_message_and_envelope_holds_by_the_official_schema(journey: Played, shared: Path) -> None:
    schema = etree.XMLSchema(etree.parse(str(shared / "norms/actes/xsd/actesv1_1.xsd")))
    files = sorted((journey.out / "transmission").glob("*.xml"))

    refused = {path.name: str(schema.error_log) for path in files if not schema.validate(read(path).getroottree())}

    assert len(files) == 3
    assert refused == {}


def test_the_acknowledgement_answers_the_act_that_was_sent(journey: Played) -> None:
    sent = read(journey.only("transmission/*-1-1_0.xml"))
    answer = read(journey.only("transmission/*-1-2_0.xml"))
    (recorded,) = journey.events("transmission.acknowledgement_recorded")

    received = answer.find(f"{ACTES}ActeRecu")
    assert received is not None
    assert dict(received.attrib) == {k: v for k, v in sent.attrib.items() if k in received.attrib}
    assert [e.text for e in received.iter(f"{ACTES}NomFichier")] == [e.text for e in sent.iter(f"{ACTES}NomFichier")]
    assert answer.get(f"{ACTES}IDActe") == recorded["ids"]["unique_id"]
    assert recorded["ids"]["unique_id"].split("-")[1] == "229999990"
    assert sent.get(f"{ACTES}NumeroInterne") == journey.number.replace("-", "_")


def test_the_stamped_copy_is_another_file_that_says_the_unique_id(journey: Played) -> None:
    unique_id = journey.events("transmission.acknowledgement_recorded")[0]["ids"]["unique_id"]

    stamped, signed = text_of(journey.stamped), text_of(journey.signed)

    assert journey.stamped.read_bytes() != journey.signed.read_bytes()
    assert unique_id in stamped.replace(" ", "")
    assert unique_id not in signed.replace(" ", "")
    for mention in ("Envoyé en préfecture le", "Reçu en préfecture le", "Publié le"):
        assert mention in stamped


def test_the_package_holds_by_both_schemas_and_its_reply_accepts_it(journey: Played, shared: Path) -> None:
    xsd = shared / "norms/seda/xsd"
    manifest = etree.fromstring(in_zip(journey.only("archive/*.zip"))["manifest.xml"])
    reply = read(journey.only("archive/*.xml"))

    for path in ("standard/2.2/seda-2.2-main.xsd", "vitam-lxml/2.2/seda-vitam-main.xsd"):
        schema = etree.XMLSchema(etree.parse(str(xsd / path)))
        assert schema.validate(manifest.getroottree()), (path, schema.error_log)
    assert reply.findtext(f"{SEDA}ReplyCode") in {"OK", "WARNING"}
    assert reply.findtext(f"{SEDA}MessageRequestIdentifier") == manifest.findtext(f"{SEDA}MessageIdentifier")


def test_the_package_brings_the_evidence_of_visas_vote_and_control(journey: Played) -> None:
    manifest = etree.fromstring(in_zip(journey.only("archive/*.zip"))["manifest.xml"])

    titles = " / ".join(str(title.text) for title in manifest.iter(f"{SEDA}Title"))

    for piece in ("Délibération n°", "Annexe 1", "1-1", "ARActe", "Extrait du journal", "Fiche de parcours"):
        assert piece in titles


def message(path: Path) -> EmailMessage:
    found = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(found, EmailMessage)
    assert found.defects == []
    return found


def letter(sent: EmailMessage, folder: Path) -> str:
    (attached,) = sent.iter_attachments()
    (folder / "letter.pdf").write_bytes(attached.get_content())
    return text_of(folder / "letter.pdf")


def test_a_notification_gives_the_terms_of_appeal(sport: Played, tmp_path: Path) -> None:
    sent = message(sport.only("distribution/*notification.eml"))

    said = letter(sent, tmp_path)

    assert "contact@handibasket.test" in sent["To"]
    assert APPEAL in said
    assert "deux mois" in said


def test_an_information_gives_no_terms_of_appeal(journey: Played, tmp_path: Path) -> None:
    sent = message(journey.only("distribution/*information.eml"))

    body = sent.get_body(("plain",))
    assert body is not None
    said = body.get_content() + letter(sent, tmp_path)

    assert "pour votre information" in said
    assert APPEAL not in said
    assert "recours" not in said


def test_each_partner_has_a_link_of_its_own_and_opened_it(sport: Played) -> None:
    bodies = [message(path).get_body(("plain",)) for path in sorted((sport.out / "distribution").iterdir())]

    links = {re.search(r"/p/([\w-]{22,})/", body.get_content() if body else "") for body in bodies}

    assert None not in links
    assert len({link.group() for link in links if link}) == 2
    assert len(sport.events("distribution.notice_opened")) == 2
    assert {step["ids"]["notice"] for step in sport.events("distribution.notice_downloaded")} == {"1", "2"}


def test_the_public_page_names_its_author_and_its_dates(journey: Played) -> None:
    page = html.fromstring(journey.only("publication/*.html").read_text())

    said = " ".join(page.text_content().split())

    assert page.get("lang") == "fr"
    assert page.xpath("normalize-space(//*[@itemprop='author'])") == (
        "Étienne VALMORIN, Président du conseil départemental"
    )
    for words in (journey.number, "Mis en ligne", "Reçu par le représentant de l’État", "Recours"):
        assert words in said
    assert re.search(r"Mis en ligne *\w+ \d+ décembre 2026", said)


def test_the_open_data_hold_by_the_norm_and_agree_with_the_vote(journey: Played) -> None:
    table = journey.out / "publication/scdl.csv"

    faults = scdl_faults(table)
    (row,) = csv.DictReader(io.StringIO(table.read_text(encoding="utf-8")))

    assert faults == []
    vote = journey.json("sitting/vote.json")
    assert row["DELIB_ID"] == journey.number
    assert [int(row[f"VOTE_{n}"]) for n in ("POUR", "CONTRE", "ABSTENTION")] == [
        vote["pour"],
        vote["contre"],
        vote["abstention"],
    ]
    assert int(row["VOTE_REEL"]) <= int(row["VOTE_EFFECTIF"]) == 42
    sent = read(journey.only("transmission/*-1-1_0.xml"))
    codes = [e.get(f"{ACTES}CodeMatiere") for e in sent if str(e.tag).startswith(f"{ACTES}CodeMatiere")]
    assert row["DELIB_MATIERE_CODE"] == ".".join(str(code) for code in codes)
