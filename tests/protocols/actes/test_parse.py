"""What really comes is read: every message of the norm, old shapes, wrong encodings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from hemicycle.protocols.actes import (
    ActesError,
    AnomalieActe,
    AnomalieEnveloppe,
    ARActe,
    Message,
    Unreadable,
    build_envelope,
    build_message,
    default_classification,
    parse_acknowledgement,
    parse_classification,
    parse_envelope,
    parse_message,
)
from hemicycle.protocols.actes.envelope import Contact, Envelope, EnveloppeCLMISILL, EnveloppeMISILLCL
from hemicycle.protocols.actes.messages import (
    KINDS,
    LETTERS,
    Annulation,
    ARAnnulation,
    ARReponse,
    Courrier,
    DefereTA,
    DemandeClassification,
    DonneesActe,
    FichierSigne,
    RetourClassification,
    SansChangement,
    TransmissionActe,
)

from .made import EMITTER

ACT_ID = "099-229999990-20261217-CP2026_101-DE"
DAY = date(2026, 12, 18)
FILE = FichierSigne(name="courrier_1.pdf")
ACTE = DonneesActe(
    decided_on=date(2026, 12, 17),
    number="CP2026_101",
    nature=1,
    matiere=(7, 5),
    subject="Réhabilitation",
    classification_date=date(2019, 4, 18),
    document=FichierSigne(name="99_DE-x-1-1_1.pdf", signature="MIIB"),
)


def every_message() -> list[Message]:
    texts = {"DemandePieceComplementaire": "Le plan", "LettreObservations": "Incompétence"}
    bare = ("ARDemandePieceComplementaire", "ARLettreObservations")
    return [
        TransmissionActe(acte=ACTE),
        ARActe(acte_id=ACT_ID, received_on=DAY, acte=ACTE, classification_date=DAY),
        AnomalieActe(on=DAY, nature="002", detail="Classification", acte=ACTE, classification_date=DAY),
        *(
            Courrier(
                root=root,
                acte_id=ACT_ID,
                dated=DAY,
                text=texts.get(root, ""),
                documents=() if root in bare else (FILE,),
            )
            for root in sorted(LETTERS)
        ),
        ARReponse(root="ARPieceComplementaire", acte_id=ACT_ID, dated=DAY, received_on=DAY),
        ARReponse(root="ARReponseRejetLettreObservations", acte_id=ACT_ID, dated=DAY, received_on=DAY),
        DefereTA(acte_id=ACT_ID, filed_on=DAY, illegality="Détournement", documents=(FILE, FILE)),
        Annulation(acte_id=ACT_ID),
        ARAnnulation(acte_id=ACT_ID, received_on=DAY),
        DemandeClassification(),
        DemandeClassification(held=DAY),
        RetourClassification(classification=default_classification()),
        SansChangement(classification_date=DAY),
    ]


def test_the_list_above_covers_every_message_of_the_norm() -> None:
    assert {message.root for message in every_message()} == set(KINDS)


@pytest.mark.parametrize("message", every_message(), ids=lambda message: str(message.root))
def test_every_message_is_valid_and_reads_back_the_same(shared: Path, message: Message) -> None:
    schema = etree.XMLSchema(file=str(shared / "norms/actes/xsd/actesv1_1.xsd"))

    built = build_message(message)

    schema.assertValid(etree.fromstring(built))
    read = parse_message(built)
    if not isinstance(message, RetourClassification):
        assert read == message
    else:
        assert isinstance(read, RetourClassification)
        assert read.classification.natures == message.classification.natures
        assert set(read.classification.matieres) == set(message.classification.matieres)


def test_every_envelope_is_valid_and_reads_back_the_same(shared: Path) -> None:
    schema = etree.XMLSchema(file=str(shared / "norms/actes/xsd/actesv1_1.xsd"))
    sent = EnveloppeCLMISILL(
        emitter=EMITTER, contact=Contact(name="Été"), return_addresses=("a@b.fr", "c@d.bzh"), forms=(FILE,)
    )
    envelopes: list[Envelope] = [
        sent,
        EnveloppeMISILLCL(sender="IDPref", departement="099", forms=(FILE,), siren="229999990"),
        EnveloppeMISILLCL(sender="IDSousPref", departement="099", arrondissement="1", forms=(FILE,), siren="229999990"),
        AnomalieEnveloppe(on=DAY, nature=5, detail="SIREN inconnu", received=sent),
    ]

    for envelope in envelopes:
        built = build_envelope(envelope)
        schema.assertValid(etree.fromstring(built))
        assert parse_envelope(built) == envelope


def test_latin_1_that_lies_and_holds_utf_8_is_read_right() -> None:
    built = build_message(TransmissionActe(acte=ACTE))
    lying = built.decode("iso-8859-1").encode("utf-8")

    message = parse_message(lying)

    assert isinstance(message, TransmissionActe)
    assert message.acte.subject == "Réhabilitation"


def test_any_prefix_is_the_same_message() -> None:
    built = build_message(Annulation(acte_id=ACT_ID)).replace(b"actes:", b"ns2:").replace(b":actes=", b":ns2=")

    assert parse_message(built) == Annulation(acte_id=ACT_ID)


def test_an_acknowledgement_of_before_2017_is_read() -> None:
    built = build_message(ARActe(acte_id=ACT_ID, received_on=DAY, acte=ACTE, classification_date=DAY))
    old = built.replace(b"  <actes:DocumentPapier>N</actes:DocumentPapier>\n", b"")
    assert old != built

    acknowledgement = parse_acknowledgement(old)

    assert acknowledgement.acte.paper is None
    assert acknowledgement.received_on == DAY


def test_the_malformed_acknowledgement_of_2013_still_gives_its_date(shared: Path) -> None:
    sample = shared / "norms/actes/samples/1-2_ARActe/faketdt-ar-actes-2013-INVALID.xml"

    acknowledgement = parse_acknowledgement(sample.read_bytes())

    assert acknowledgement.received_on == date(2013, 6, 23)


def test_an_anomaly_is_no_acknowledgement() -> None:
    built = build_message(Annulation(acte_id=ACT_ID))

    with pytest.raises(Unreadable, match="accusé de réception"):
        parse_acknowledgement(built)


def test_the_classifications_of_the_samples_are_read(shared: Path) -> None:
    folder = shared / "norms/actes/samples/7-2_RetourClassification"

    newest = parse_classification((folder / "999-1234----7-2_1.xml").read_bytes())
    oldest = parse_classification((folder / "webdelib_2004-04-01_pre2017.xml").read_bytes())

    assert newest.dated == date(2019, 4, 18)
    assert newest.knows((7, 10))
    assert sum(len(code) == 3 for code in newest.matieres) == 225
    assert {n: set(e.piece_types) for n, e in newest.natures.items()} == {
        n: set(e.piece_types) for n, e in default_classification().natures.items()
    }
    assert oldest.piece_types(1) == {}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<",
        b"\xff\xfe\x00",
        b'<?xml version="1.0" encoding="klingon"?><a/>',
        b"<a/>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<Acte xmlns="http://www.interieur.gouv.fr/ACTES#v1.1-20040216"/>',
        b'<?xml version="1.0" encoding="UTF-8"?><a>\xe9</a>',
        b"<a>" * 400,
    ],
)
def test_bad_bytes_get_one_sentence(data: bytes) -> None:
    for read in (parse_message, parse_envelope):
        with pytest.raises(ActesError) as refusal:
            read(data)
        assert str(refusal.value).endswith(".")
