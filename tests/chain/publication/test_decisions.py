"""The list of deliberations of a sitting."""

from __future__ import annotations

from hemicycle.chain.publication.queries import decision_list, decision_list_pdf, sittings_with_acts
from hemicycle.chain.sitting.models import AgendaItem, Sitting, SittingState
from tests.cast import NOON, Cast
from tests.factories import a_dossier, a_sitting, put_on_agenda
from tests.rendering.reading import words


def closed(sitting: Sitting) -> Sitting:
    sitting.state, sitting.closed_at = SittingState.CLOSED, sitting.starts_at
    sitting.save()
    return sitting


def held(cast: Cast) -> Sitting:
    """One act published, one adopted and not yet, one rejected."""
    sitting = a_sitting(cast, open=True)
    a_dossier(cast, published=True, sitting=sitting, object="Le stade")
    a_dossier(cast, adopted=True, sitting=sitting, object="Le pont")
    rejected = a_dossier(cast, ready=True, object="Le tunnel")
    item = put_on_agenda(rejected, sitting)
    item.outcome = AgendaItem.Outcome.REJECTED
    item.save(update_fields=["outcome"])
    return closed(sitting)


def test_the_public_sees_only_what_is_published(cast: Cast) -> None:
    sitting = held(cast)

    found = decision_list(sitting.id)

    assert found is not None
    assert [(d.object, d.outcome) for d in found.decisions] == [("Le stade", "adoptée")]
    assert found.decisions[0].slug == found.decisions[0].number.lower()
    assert found.attendance == "11 présents, 0 représenté, 0 absent ou excusé"


def test_the_service_des_assemblees_has_the_whole_list(cast: Cast) -> None:
    sitting = held(cast)

    found = decision_list(sitting.id, published_only=False)

    assert found is not None
    lines = [(d.object, d.outcome, bool(d.number), bool(d.slug)) for d in found.decisions]
    assert lines == [
        ("Le stade", "adoptée", True, True),
        ("Le pont", "adoptée", True, False),
        ("Le tunnel", "rejetée", False, False),
    ]


def test_a_sitting_that_is_not_closed_has_no_list(cast: Cast) -> None:
    sitting = a_sitting(cast, open=True)
    a_dossier(cast, published=True, sitting=sitting)

    assert decision_list(sitting.id) is None
    assert sittings_with_acts() == []


def test_a_closed_sitting_without_published_act_shows_nothing(cast: Cast) -> None:
    sitting = a_sitting(cast, open=True)
    a_dossier(cast, adopted=True, sitting=sitting)
    closed(sitting)

    assert decision_list(sitting.id) is None
    assert decision_list_pdf(sitting.id, at=NOON) is None
    assert sittings_with_acts() == []


def test_a_dossier_adjourned_then_adopted_elsewhere_is_published_for_the_other_sitting(cast: Cast) -> None:
    first = a_sitting(cast, open=True)
    dossier = a_dossier(cast, published=True)
    AgendaItem.objects.create(
        sitting=first,
        dossier=dossier,
        position=1,
        version=1,
        added_at=NOON,
        outcome=AgendaItem.Outcome.ADJOURNED,
    )
    closed(first)

    assert decision_list(first.id) is None
    assert sittings_with_acts() == []


def test_the_list_is_printed(cast: Cast) -> None:
    sitting = held(cast)

    pdf = decision_list_pdf(sitting.id, at=NOON)

    assert pdf is not None
    said = words(pdf)
    assert "Le stade" in said
    assert "Le pont" not in said
    assert [s.id for s in sittings_with_acts()] == [sitting.id]
