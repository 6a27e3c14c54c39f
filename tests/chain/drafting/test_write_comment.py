"""Commenting a dossier."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting.actions.write_comment import CommentRefused, write_comment
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_delegation, a_dossier, entitle

pytestmark = pytest.mark.django_db


def test_a_comment_is_bound_to_the_version_on_screen(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    comment = write_comment(
        dossier_id=dossier.id, text="  Le montant est-il TTC ? ", agent=cast.head_of_service, at=NOON
    )

    assert (comment.version, comment.author, comment.text) == (1, cast.head_of_service, "Le montant est-il TTC ?")
    assert told.last()["event"] == "drafting.comment_written"
    assert told.last()["actor"]["id"] == str(cast.head_of_service.id)
    assert told.last()["facts"] == {"version": 1, "text": "Le montant est-il TTC ?"}


def test_whoever_the_circuit_brought_in_may_comment(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    entitle(dossier, cast.legal, "legal")
    a_delegation(cast.legal, cast.outsider)

    write_comment(dossier_id=dossier.id, text="Vu.", agent=cast.legal, at=NOON)
    write_comment(dossier_id=dossier.id, text="Vu pour lui.", agent=cast.outsider, at=NOON)

    assert dossier.comments.count() == 2


@pytest.mark.parametrize("who", ["neighbour", "finance", "administrator", "outsider"])
def test_whoever_does_not_read_the_dossier_does_not_comment_it(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(NotEntitled), nothing_written():
        write_comment(dossier_id=dossier.id, text="Bonjour", agent=getattr(cast, who), at=NOON)


@pytest.mark.parametrize("text", ["", " \n ", "x" * 4001])
def test_an_empty_or_endless_comment_is_refused(cast: Cast, text: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(CommentRefused, match="vide ou dépasse 4000") as refusal, nothing_written():
        write_comment(dossier_id=dossier.id, text=text, agent=cast.drafter, at=NOON)

    assert refusal.value.field == "text"
