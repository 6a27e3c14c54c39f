"""Settling a comment."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting.actions.handle_comment import AlreadyHandled, handle_comment
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.drafting.said import a_comment, on_report
from tests.factories import a_dossier, entitle

pytestmark = pytest.mark.django_db


def test_a_settled_comment_says_by_whom_and_when(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    comment = a_comment(dossier, cast.head_of_service, anchor=on_report(dossier))

    handled = handle_comment(comment_id=comment.pk, agent=cast.drafter, at=NOON)

    assert (handled.handled_at, handled.handled_by) == (NOON, cast.drafter)
    assert told.last()["event"] == "drafting.comment_handled"
    assert told.last()["facts"] == {"comment": comment.pk, "author": "Chems Chef", "place": "rapport, passage 1"}


@pytest.mark.parametrize("who", ["head_of_service", "drafter", "colleague", "clerk", "legal"])
def test_its_author_the_drafters_and_the_circuit_settle_it(cast: Cast, who: str) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    entitle(dossier, cast.legal, "legal")
    comment = a_comment(dossier, cast.head_of_service)

    assert handle_comment(comment_id=comment.pk, agent=getattr(cast, who), at=NOON).handled_by == getattr(cast, who)


@pytest.mark.parametrize("who", ["director", "secretariat", "auditor", "neighbour", "outsider"])
def test_a_mere_reader_settles_nothing(cast: Cast, who: str, nothing_written: Any) -> None:
    comment = a_comment(a_dossier(cast), cast.drafter)

    with pytest.raises(NotEntitled), nothing_written():
        handle_comment(comment_id=comment.pk, agent=getattr(cast, who), at=NOON)


def test_an_internal_comment_is_not_settled_by_whoever_does_not_read_it(cast: Cast, nothing_written: Any) -> None:
    comment = a_comment(a_dossier(cast), cast.drafter, internal_to_id=cast.service.pk)

    with pytest.raises(NotEntitled), nothing_written():
        handle_comment(comment_id=comment.pk, agent=cast.clerk, at=NOON)


def test_neither_an_answer_nor_what_is_settled_is_settled(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    comment = a_comment(dossier, cast.drafter)
    reply = a_comment(dossier, cast.drafter, thread_id=comment.pk)
    handle_comment(comment_id=comment.pk, agent=cast.drafter, at=NOON)

    with pytest.raises(AlreadyHandled), nothing_written():
        handle_comment(comment_id=comment.pk, agent=cast.drafter, at=NOON)
    for unknown in (reply.pk, 0):
        with pytest.raises(NotEntitled), nothing_written():
            handle_comment(comment_id=unknown, agent=cast.drafter, at=NOON)
