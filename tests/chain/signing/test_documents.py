"""What the act says, from the vote that adopted it."""

from __future__ import annotations

import pytest

from hemicycle.accounts.models import Agent
from hemicycle.chain.signing.documents import appeal_fields, presence_at, vote_result, voted_text
from hemicycle.chain.sitting.models import Ballot
from hemicycle.dossier.models import Dossier
from tests.cast import TODAY, Cast
from tests.factories import DELIBERATION, a_dossier, a_text


def the_ballot(cast: Cast) -> tuple[Dossier, Ballot]:
    dossier = a_dossier(cast, adopted=True)
    return dossier, Ballot.objects.select_related("item__sitting__presided_by__agent").get(item__dossier=dossier)


def test_the_text_printed_is_the_one_put_before_the_assembly(cast: Cast) -> None:
    dossier, ballot = the_ballot(cast)
    dossier.deliberation = a_text("Article 1 – Un autre texte.")
    dossier.save()

    assert voted_text(ballot.item) == DELIBERATION


def test_names_by_group_are_told_apart_from_figures(cast: Cast) -> None:
    _, ballot = the_ballot(cast)
    ballot.sentence = "Adopté à la majorité des suffrages exprimés."
    ballot.lines = [
        "Pour : 33. Contre : 3. Abstentions : 1. Ne prennent pas part au vote : 1.",
        "Contre (3) : groupe Union, Mme A (groupe Centre, gauche).",
        "Abstention (1) : M. B.",
        "N’a pas pris part au vote : Mme C (déport).",
    ]

    found = vote_result(ballot)

    assert found.sentence == "Adopté à la majorité des suffrages exprimés."
    assert found.figures == "Pour : 33. Contre : 3. Abstentions : 1. Ne prennent pas part au vote : 1."
    assert found.against == ("groupe Union", "Mme A (groupe Centre, gauche)")
    assert found.abstentions == ("M. B",)
    assert found.not_taking_part == ("Mme C (déport)",)


def test_an_unnamed_abstention_stays_a_figure(cast: Cast) -> None:
    _, ballot = the_ballot(cast)
    ballot.lines = ["Abstentions : 2."]

    found = vote_result(ballot)

    assert (found.figures, found.abstentions) == ("Abstentions : 2.", ())


def test_the_room_is_that_of_the_vote(cast: Cast) -> None:
    _, ballot = the_ballot(cast)
    ballot.presence = {
        "present": ["Mme Marie AUBANEL"],
        "proxies": [["M. Jean DORLAC", "Mme Marie AUBANEL"]],
        "excused": ["M. Jean HARMELIN"],
        "absent": [],
    }

    found = presence_at(ballot)

    assert found.presided_by == "M. Jean VALMORIN, Président du conseil départemental"
    assert found.present == ("Mme Marie AUBANEL",)
    assert [(p.giver, p.holder) for p in found.proxies] == [("M. Jean DORLAC", "Mme Marie AUBANEL")]
    assert found.excused == ("M. Jean HARMELIN",)
    assert found.quorum.endswith("quorum atteint")


@pytest.mark.parametrize(("civility", "whom"), [("M.", "au Président"), ("Mme", "à la Présidente")])
def test_the_ways_of_appeal_name_the_court_the_delay_and_the_president(cast: Cast, civility: str, whom: str) -> None:
    Agent.objects.filter(id=cast.president.id).update(civility=civility)
    cast.signatory.agent.refresh_from_db()

    fields = appeal_fields(cast.authority, cast.signatory.agent, on=TODAY)

    assert fields["tribunal"] == "tribunal administratif d’Ambrelle"
    assert fields["delai"] == "deux mois"
    assert fields["au_president"].startswith(whom)
