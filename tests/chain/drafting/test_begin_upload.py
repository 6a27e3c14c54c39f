"""Beginning to send a file up, and taking it up again."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting import annexing, uploading
from hemicycle.chain.drafting.uploading import UploadRefused
from hemicycle.chain.drafting.writing import TextFrozen
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import Cast
from tests.chain.drafting.uploads import begun, sent
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def test_the_same_file_of_the_same_person_is_taken_up_again(cast: Cast) -> None:
    dossier = a_dossier(cast)
    first = begun(cast, dossier)
    sent(cast, dossier, first, 1)

    again = begun(cast, dossier)

    assert again == first and uploading.received(again) == [1]
    assert begun(cast, dossier, agent=cast.colleague) != first
    assert begun(cast, dossier, size=12) != first


@pytest.mark.parametrize(
    ("filename", "size", "sentence"),
    [
        ("plan.pdf", 0, "est vide"),
        ("plan.pdf", 101 * 1024 * 1024, "la limite est de 100 Mo"),
        ("outil.exe", 10, "aucun type accepté"),
        ("modele.docm", 10, "des macros"),
        ("/", 10, "n’a pas de nom"),
    ],
)
def test_what_is_known_before_the_bytes_come_is_refused_now(
    cast: Cast, filename: str, size: int, sentence: str, nothing_written: Any
) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(UploadRefused, match=sentence), nothing_written():
        begun(cast, dossier, filename=filename, size=size)


def test_files_on_their_way_weigh_already(cast: Cast, monkeypatch: pytest.MonkeyPatch, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    begun(cast, dossier, size=2_000_000)
    monkeypatch.setattr(annexing, "MAX_TRANSMISSION", 3_000_000)

    with pytest.raises(UploadRefused, match="pèseraient"), nothing_written():
        begun(cast, dossier, filename="autre.pdf", size=1_500_000)


def test_others_send_nothing_nor_anyone_once_in_the_circuit(cast: Cast, nothing_written: Any) -> None:
    dossier, frozen = a_dossier(cast), a_dossier(cast, in_circuit=True)

    with pytest.raises(NotEntitled), nothing_written():
        begun(cast, dossier, agent=cast.director)
    with pytest.raises(TextFrozen), nothing_written():
        begun(cast, frozen)
