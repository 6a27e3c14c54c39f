"""Who reads which comments, and whom one may call."""

from __future__ import annotations

import pytest

from hemicycle.chain.drafting import comments, queries
from hemicycle.dossier import access
from hemicycle.dossier.models import Comment
from tests.cast import TODAY, Cast
from tests.chain.drafting.said import a_comment
from tests.factories import a_delegation, a_dossier, entitle

pytestmark = pytest.mark.django_db

PEOPLE = (
    *("drafter", "colleague", "neighbour", "head_of_service", "director", "deputy_chief", "finance", "legal"),
    *("clerk", "chief_executive", "secretariat", "cabinet", "president", "administrator", "outsider"),
)


def test_an_internal_comment_is_read_in_its_unit_and_below_only(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    a_comment(dossier, cast.drafter, "Pour tous.")
    a_comment(dossier, cast.drafter, "Pour le service.", internal_to_id=cast.service.pk)
    a_comment(dossier, cast.director, "Pour la direction.", internal_to_id=cast.direction.pk)

    def read(who: str) -> list[str]:
        detail = queries.detail(dossier_id=dossier.id, agent=getattr(cast, who), on=TODAY)
        return [comment.text for comment in detail.comments]

    assert read("colleague") == read("head_of_service") == ["Pour tous.", "Pour le service.", "Pour la direction."]
    assert read("director") == ["Pour tous.", "Pour la direction."]
    assert read("clerk") == read("president") == read("deputy_chief") == read("auditor") == ["Pour tous."]


def test_one_comment_is_read_with_its_dossier_and_by_its_readers(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    internal = a_comment(dossier, cast.drafter, internal_to_id=cast.service.pk)

    assert comments.comment(comment_id=internal.pk, agent=cast.colleague, on=TODAY) == internal
    for stranger in (cast.clerk, cast.neighbour, cast.outsider):
        with pytest.raises(Comment.DoesNotExist):
            comments.comment(comment_id=internal.pk, agent=stranger, on=TODAY)


def test_answers_are_told_under_their_comment(cast: Cast) -> None:
    dossier = a_dossier(cast)
    first, second = a_comment(dossier, cast.drafter), a_comment(dossier, cast.drafter)
    reply = a_comment(dossier, cast.colleague, thread_id=first.pk)

    threads = comments.threads_of(comments.of(dossier, cast.drafter, on=TODAY))

    assert [(thread.first, thread.replies) for thread in threads] == [(first, (reply,)), (second, ())]


def test_the_names_offered_are_those_who_may_read(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    entitle(dossier, cast.legal, "legal")
    a_delegation(cast.legal, cast.finance)

    offered = set(comments.readers_of(dossier, on=TODAY))

    people = [getattr(cast, name) for name in PEOPLE]
    assert {p for p in people if p in offered} == {p for p in people if access.may_read(p, dossier, on=TODAY)}


def test_the_names_offered_hold_every_word_typed(cast: Cast) -> None:
    dossier = a_dossier(cast)

    assert comments.offered(dossier, "ch che", on=TODAY) == [cast.head_of_service]
    assert comments.offered(dossier, "voisin", on=TODAY) == []
