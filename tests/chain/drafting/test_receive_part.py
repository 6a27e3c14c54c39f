"""The parts of a file on its way up."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting.uploading import NoSuchUpload, PartRefused
from tests.cast import Cast
from tests.chain.drafting.uploads import begun, sent
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def test_parts_come_in_any_order_and_twice_count_once(cast: Cast) -> None:
    dossier = a_dossier(cast)
    upload = begun(cast, dossier)

    left = [sent(cast, dossier, upload, n) for n in (2, 0, 0, 1)]

    assert left == [2, 1, 1, 0]


@pytest.mark.parametrize(("n", "data"), [(0, b"court"), (3, b""), (2, b"x" * 1024 * 1024)])
def test_a_part_that_is_not_of_the_file_announced_is_refused(
    cast: Cast, n: int, data: bytes, nothing_written: Any
) -> None:
    dossier = a_dossier(cast)
    upload = begun(cast, dossier)

    with pytest.raises(PartRefused, match=r"« plan\.pdf » a changé pendant son envoi"), nothing_written():
        sent(cast, dossier, upload, n, data=data)


def test_nobody_sends_a_part_of_the_file_of_another(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    upload = begun(cast, dossier)

    with pytest.raises(NoSuchUpload), nothing_written():
        sent(cast, dossier, upload, 0, agent=cast.colleague)
