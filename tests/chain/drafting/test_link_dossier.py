"""What a dossier follows, modifies or repeals."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from hemicycle.chain.drafting.actions.link_dossier import LinkRefused, link_dossier
from hemicycle.chain.drafting.links import links_of, previous_of, to_link, warnings_of
from hemicycle.chain.drafting.models import DossierLink
from hemicycle.chain.drafting.writing import TextFrozen
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, TODAY, Cast
from tests.chain import told
from tests.factories import a_dossier, a_text

pytestmark = pytest.mark.django_db


def linked(cast: Cast, dossier: Dossier, target: Dossier | None = None, **given: Any) -> DossierLink:
    facts: dict[str, Any] = {"kind": "modifies", "target_id": target.id if target else None}
    return link_dossier(dossier_id=dossier.id, agent=cast.drafter, at=NOON, **(facts | given))


def test_a_link_is_read_from_both_ends(cast: Cast) -> None:
    old, new = a_dossier(cast, adopted=True), a_dossier(cast)

    linked(cast, new, old)

    there, back = (links_of(end, agent=cast.drafter, on=TODAY)[0] for end in (new, old))
    assert (there.label, there.number, there.other_id, there.own) == ("modifie", old.act_number, old.id, True)
    assert (back.label, back.number, back.other_id, back.own) == ("modifié par", new.number, new.id, False)
    assert told.last()["facts"] == {"kind": "modifie", "to": old.act_number}


def test_an_act_older_than_the_program_is_a_reference(cast: Cast) -> None:
    dossier = a_dossier(cast)

    linked(cast, dossier, kind="repeals", reference="délibération n° 04-01 du 12 mars 2015")

    assert previous_of(dossier) == "délibération n° 04-01 du 12 mars 2015"


def test_the_previous_deliberation_is_said_with_its_number_and_its_day(cast: Cast) -> None:
    old, new = a_dossier(cast, adopted=True), a_dossier(cast)

    linked(cast, new, old)

    assert previous_of(new) == f"délibération n° {old.act_number} du 24\u00a0novembre 2026"


def test_a_draft_that_cites_an_act_repealed_is_warned(cast: Cast) -> None:
    old = a_dossier(cast, adopted=True)
    DossierLink.objects.create(
        dossier=a_dossier(cast, adopted=True), target=old, kind="repeals", added_by=cast.drafter, added_at=NOON
    )
    draft = a_dossier(cast, deliberation=a_text(f"Vu la délibération n° {old.act_number},", "Article 1 – Aide."))

    said = warnings_of(draft)

    assert len(said) == 1 and f"cite la délibération n° {old.act_number}" in said[0]


def test_an_act_that_a_mere_draft_would_repeal_still_holds(cast: Cast) -> None:
    old = a_dossier(cast, adopted=True)
    linked(cast, a_dossier(cast), old, kind="repeals")

    assert warnings_of(a_dossier(cast, report=a_text(f"Vu {old.act_number}."))) == []


def test_a_draft_elsewhere_is_neither_proposed_nor_shown(cast: Cast) -> None:
    old = a_dossier(cast, adopted=True)
    secret = a_dossier(cast, unit=cast.other_service, drafter=cast.neighbour, object="Aide confidentielle")
    DossierLink.objects.create(dossier=secret, target=old, kind="modifies", added_by=cast.neighbour, added_at=NOON)

    assert list(to_link(cast.drafter, on=TODAY, words="confidentielle")) == []
    assert links_of(old, agent=cast.drafter, on=TODAY) == []


def test_a_dossier_that_one_may_not_read_is_told_as_one_that_is_not(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    hidden = a_dossier(cast, unit=cast.other_service, drafter=cast.neighbour)

    said = []
    for target in (hidden.id, uuid4()):
        with pytest.raises(LinkRefused) as refusal, nothing_written():
            linked(cast, dossier, target_id=target)
        said.append(str(refusal.value))
    assert said[0] == said[1]


def test_a_dossier_is_not_linked_to_itself_nor_twice(cast: Cast, nothing_written: Any) -> None:
    dossier, other = a_dossier(cast), a_dossier(cast)
    linked(cast, dossier, other)

    for target in (dossier, other):
        with pytest.raises(LinkRefused), nothing_written():
            linked(cast, dossier, target)


@pytest.mark.parametrize("given", [{"kind": "aime"}, {"reference": " "}, {"reference": "x" * 161}])
def test_a_link_that_leads_nowhere_is_refused(cast: Cast, given: dict[str, Any], nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(LinkRefused), nothing_written():
        linked(cast, dossier, **given)


def test_in_the_circuit_links_are_frozen(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(TextFrozen), nothing_written():
        linked(cast, dossier, reference="délibération n° 1")


def test_whoever_does_not_write_it_is_refused(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(NotEntitled), nothing_written():
        link_dossier(dossier_id=dossier.id, kind="follows", reference="n° 1", agent=cast.neighbour, at=NOON)
