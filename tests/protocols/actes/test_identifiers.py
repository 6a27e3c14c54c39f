"""Identity of an act, and the names built on it."""

from __future__ import annotations

from datetime import date

import pytest

from hemicycle.protocols.actes import (
    Emitter,
    Nature,
    NotBuildable,
    Unreadable,
    parse_unique_id,
    unique_id,
)
from hemicycle.protocols.actes.names import (
    envelope_of_archive,
    identity_without_act,
    message_name,
    parse_envelope_name,
    parse_message_name,
)

from .made import EMITTER


def test_the_identifier_is_known_before_sending() -> None:
    found = unique_id(emitter=EMITTER, on=date(2026, 12, 17), number="CP2026_101", nature=Nature.DELIBERATION)

    assert found == "099-229999990-20261217-CP2026_101-DE"


@pytest.mark.parametrize("number", ["", "2024-01", "A B", "_A", "A_", "é1", "a1", "A" * 16, "A\n"])
def test_a_number_one_generation_would_refuse_is_refused(number: str) -> None:
    with pytest.raises(NotBuildable, match="numéro"):
        unique_id(emitter=EMITTER, on=date(2026, 1, 1), number=number, nature=1)


def test_an_identifier_of_2016_with_dashes_in_its_number_is_split() -> None:
    found = parse_unique_id("02A-123456789-20160131-2016-A 7-CC")

    assert (found.departement, found.number, found.nature) == ("02A", "2016-A 7", "CC")
    assert str(found) == "02A-123456789-20160131-2016-A 7-CC"


@pytest.mark.parametrize("text", ["", "034-491011698", "034-491011698-20171399-X-DE"])
def test_what_is_no_identifier_is_said_so(text: str) -> None:
    with pytest.raises(Unreadable, match="identifiant"):
        parse_unique_id(text)


@pytest.mark.parametrize(
    "changes",
    [{"siren": "12"}, {"departement": "93"}, {"departement": "0|B"}, {"arrondissement": "12"}, {"nature": "2"}],
)
def test_a_malformed_emitter_is_refused(changes: dict[str, str]) -> None:
    parts = {"siren": "229999990", "departement": "099", "arrondissement": "1", "nature": "22"}

    with pytest.raises(NotBuildable):
        Emitter(**(parts | changes))


def test_a_document_name_gives_its_type_and_rank() -> None:
    found = parse_message_name("99_AU-034-491011698-20171207-CL2017-06-DE-1-1_2.pdf")

    assert found is not None
    assert (found.type_code, found.transaction, found.serial) == ("99_AU", "1-1", 2)
    assert found.identity == "034-491011698-20171207-CL2017-06-DE"


def test_a_name_without_act_leaves_three_fields_empty() -> None:
    name = message_name(identity_without_act(departement="034", siren="491011698"), "7-1")

    assert name == "034-491011698----7-1_0.xml"


@pytest.mark.parametrize(
    ("name", "sender", "anomaly"),
    [
        ("EACT--210600730--20180115-1.xml", "", False),
        ("EACT--SPREF0441-214400152-20181012-9.xml", "SPREF0441", False),
        ("ANO_EACT--210703385--20170612-2.xml", "", True),
    ],
)
def test_the_three_shapes_of_envelope_names_are_read(name: str, sender: str, anomaly: bool) -> None:
    found = parse_envelope_name(name)

    assert found is not None
    assert (found.sender, found.anomaly) == (sender, anomaly)


def test_an_archive_name_gives_the_name_of_its_envelope() -> None:
    assert envelope_of_archive("SLO-EACT--210703385--20170612-2.tar.gz") == "EACT--210703385--20170612-2.xml"
    assert envelope_of_archive("sauvegarde.tar.gz") is None
