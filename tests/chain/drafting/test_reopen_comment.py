"""Opening a comment again."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting.actions.handle_comment import handle_comment
from hemicycle.chain.drafting.actions.reopen_comment import NotHandled, reopen_comment
from hemicycle.dossier.models import Comment
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.drafting.said import a_comment
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def handled(cast: Cast) -> Comment:
    comment = a_comment(a_dossier(cast, in_circuit=True), cast.head_of_service)
    return handle_comment(comment_id=comment.pk, agent=cast.drafter, at=NOON)


def test_a_comment_opened_again_is_to_settle(cast: Cast, handled: Comment) -> None:
    reopened = reopen_comment(comment_id=handled.pk, agent=cast.head_of_service, at=NOON)

    assert (reopened.handled_at, reopened.handled_by) == (None, None)
    assert told.last()["event"] == "drafting.comment_reopened"


def test_a_mere_reader_opens_nothing_again(cast: Cast, handled: Comment, nothing_written: Any) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        reopen_comment(comment_id=handled.pk, agent=cast.director, at=NOON)


def test_an_open_comment_is_not_opened(cast: Cast, nothing_written: Any) -> None:
    comment = a_comment(a_dossier(cast), cast.drafter)

    with pytest.raises(NotHandled), nothing_written():
        reopen_comment(comment_id=comment.pk, agent=cast.drafter, at=NOON)
