"""The vote: who votes, what it decides, and the number given in the same transaction."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.chain.sitting.actions.adjourn_item import adjourn_item
from hemicycle.chain.sitting.actions.open_sitting import NoQuorum
from hemicycle.chain.sitting.actions.record_vote import AlreadyVoted, VotesDoNotMatch, record_vote
from hemicycle.chain.sitting.locking import ItemSettled, WrongSittingState
from hemicycle.chain.sitting.models import AgendaItem, Ballot, Proxy, Sitting, SittingState, Vote
from hemicycle.chain.sitting.room import room_of
from hemicycle.dossier.models import Dossier, Register, RegisterLine
from hemicycle.dossier.refusals import ActionRefused, NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast, set_the_cast
from tests.chain import told
from tests.factories import a_dossier, a_sitting, put_on_agenda

pytestmark = pytest.mark.django_db

ALL = 11


def in_session(cast: Cast, *, body: str = "CP", present: int = ALL, proxies: int = 0) -> AgendaItem:
    """An item of an open sitting; `proxies` of those away are represented by the first members, one each."""
    sitting = a_sitting(cast, body=body, open=True, present=cast.members[:present])
    for giver, holder in zip(cast.members[present : present + proxies], cast.members, strict=False):
        Proxy.objects.create(sitting=sitting, giver=giver, holder=holder, recorded_at=NOON)
    return put_on_agenda(a_dossier(cast, ready=True, body=body), sitting)


def votes_of(cast: Cast, word: str) -> dict[int, str]:
    """One letter per member, in order: f for, a against, o abstention, n no part, a space for none."""
    values = {"f": "for", "a": "against", "o": "abstention", "n": "no_part"}
    return {m.pk: values[letter] for m, letter in zip(cast.members, word, strict=False) if letter != " "}


def voted(cast: Cast, item: AgendaItem, word: str, **given: Any) -> Ballot:
    votes = votes_of(cast, word)
    return record_vote(item_id=item.id, votes=votes, **({"agent": cast.clerk, "at": NOON} | given))


def test_an_adopted_text_has_its_number_at_once(cast: Cast) -> None:
    item = in_session(cast)

    ballot = voted(cast, item, "fffffffaaoo")

    item.refresh_from_db()
    dossier = Dossier.objects.get(pk=item.dossier_id)
    assert (dossier.stage, dossier.act_number, item.outcome) == (Stage.ADOPTED, "CP-2026-0001", "adopted")
    assert (ballot.for_count, ballot.against_count, ballot.abstention_count, ballot.no_part_count) == (7, 2, 2, 0)
    assert (ballot.present, ballot.represented, ballot.in_office, ballot.quorum) == (11, 0, 11, 6)
    assert (ballot.adopted, ballot.casting, ballot.votes.count()) == (True, False, 11)


def test_the_journal_keeps_the_figures_and_the_number(cast: Cast) -> None:
    item = in_session(cast)

    ballot = voted(cast, item, "ffffffffffn", agent=cast.president)

    assert told.by(cast.president, "president", "sitting.vote_recorded")
    assert told.last()["dossier"] == str(item.dossier_id)
    assert told.last()["facts"] == {
        "sitting": str(item.sitting_id),
        "kind": "ordinary",
        "for_": 10,
        "against": 0,
        "abstentions": 0,
        "no_part": 1,
        "adopted": True,
        "casting": False,
        "sentence": ballot.sentence,
        "number": "CP-2026-0001",
    }


def test_a_rejected_text_has_no_number(cast: Cast) -> None:
    item = in_session(cast)

    ballot = voted(cast, item, "fffffaaaaaa")

    dossier = Dossier.objects.get(pk=item.dossier_id)
    assert (dossier.stage, dossier.act_number, ballot.adopted) == (Stage.REJECTED, "", False)
    assert not Register.objects.filter(name="CP").exists()
    assert told.last()["facts"]["number"] == ""


@pytest.mark.parametrize(
    ("word", "adopted", "casting"),
    [
        ("fffffaaaaa", True, True),
        ("afffffaaaa", False, True),
        ("offffaaaao", False, False),
        ("nffffaaaao", False, False),
        ("oooooooooo", False, False),
    ],
    ids=["president for", "president against", "president abstains", "president takes no part", "no vote cast"],
)
def test_on_a_tie_the_president_s_vote_prevails(cast: Cast, word: str, adopted: bool, casting: bool) -> None:
    item = in_session(cast, present=10)

    ballot = voted(cast, item, word)

    assert (ballot.for_count, ballot.adopted, ballot.casting) == (ballot.against_count, adopted, casting)
    assert Dossier.objects.get(pk=item.dossier_id).stage == (Stage.ADOPTED if adopted else Stage.REJECTED)


def test_the_casting_vote_is_that_of_whoever_presides(cast: Cast) -> None:
    item = in_session(cast, present=10)
    Sitting.objects.filter(pk=item.sitting_id).update(presided_by=cast.members[5])

    ballot = voted(cast, item, "fffffaaaaa")

    assert (ballot.adopted, ballot.casting) == (False, True)


def test_the_represented_vote_by_their_holder(cast: Cast) -> None:
    item = in_session(cast, present=4, proxies=2)

    ballot = voted(cast, item, "ffffff")

    assert (ballot.present, ballot.represented, ballot.for_count) == (4, 2, 6)
    cast_by = {v.member_id: v.cast_by_id for v in Vote.objects.all()}
    assert cast_by[cast.members[4].pk] == cast.members[0].pk
    assert cast_by[cast.members[0].pk] is None
    assert ballot.presence["proxies"][0] == ["Mme Marie AUBANEL", "M. Jean VALMORIN"]


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("fffff", "5 voix relevées pour 6 membres présents ou représentés, il manque M. Dorlac"),
        ("fffffff", "7 voix relevées pour 6 .*, 1 voix de membres ni présents ni représentés"),
        ("fffff f", "6 voix relevées pour 6 .*, il manque M. Dorlac, 1 voix de membres"),
        ("", "0 voix relevées pour 6"),
    ],
    ids=["one short", "one too many", "another’s", "none"],
)
def test_votes_are_those_of_the_room_no_more_no_less(
    cast: Cast, word: str, sentence: str, nothing_written: Any
) -> None:
    item = in_session(cast, present=6)

    with pytest.raises(VotesDoNotMatch, match=sentence), nothing_written():
        voted(cast, item, word)


def test_a_word_that_is_no_vote_is_refused(cast: Cast, nothing_written: Any) -> None:
    item = in_session(cast, present=6)
    votes = votes_of(cast, "ffffff") | {cast.members[0].pk: "peut-être"}

    with pytest.raises(VotesDoNotMatch), nothing_written():
        record_vote(item_id=item.id, votes=votes, agent=cast.clerk, at=NOON)


def test_a_secret_ballot_is_not_recorded_by_name(cast: Cast, nothing_written: Any) -> None:
    item = in_session(cast, present=6)

    with pytest.raises(ValueError, match="secret"), nothing_written():
        voted(cast, item, "ffffff", kind="secret")


def test_a_public_ballot_is(cast: Cast) -> None:
    assert voted(cast, in_session(cast), "fffffffffff", kind="public").kind == Ballot.Kind.PUBLIC


@pytest.mark.parametrize(("body", "present", "proxies"), [("CD", 5, 5), ("CP", 3, 2)])
def test_a_room_emptied_below_the_quorum_votes_no_more(
    cast: Cast, body: str, present: int, proxies: int, nothing_written: Any
) -> None:
    item = in_session(cast, body=body, present=present, proxies=proxies)

    with pytest.raises(NoQuorum, match="de plein droit le 17/12/2026"), nothing_written():
        voted(cast, item, "f" * (present + proxies))


def test_nobody_votes_twice(cast: Cast, nothing_written: Any) -> None:
    item = in_session(cast)
    voted(cast, item, "fffffffffff")

    with pytest.raises(AlreadyVoted), nothing_written():
        voted(cast, item, "aaaaaaaaaaa")


def test_an_item_adjourned_is_not_voted_even_once_its_dossier_is_on_another_agenda(
    cast: Cast, nothing_written: Any
) -> None:
    item = in_session(cast)
    adjourn_item(item_id=item.id, reason="À revoir.", agent=cast.clerk, at=NOON)
    put_on_agenda(Dossier.objects.get(pk=item.dossier_id), a_sitting(cast))

    with pytest.raises(ItemSettled, match="« ajourné »"), nothing_written():
        voted(cast, item, "fffffffffff")


@pytest.mark.parametrize("state", [SittingState.PREPARING, SittingState.CONVENED, SittingState.CLOSED])
def test_nobody_votes_out_of_the_sitting(cast: Cast, state: str, nothing_written: Any) -> None:
    item = in_session(cast)
    Sitting.objects.filter(pk=item.sitting_id).update(state=state)

    with pytest.raises(WrongSittingState, match="Voter n’est pas possible"), nothing_written():
        voted(cast, item, "fffffffffff")


@pytest.mark.parametrize("who", ["drafter", "cabinet", "chief_executive", "courier", "outsider"])
def test_only_the_office_and_the_president_record_a_vote(cast: Cast, who: str, nothing_written: Any) -> None:
    item = in_session(cast)

    with pytest.raises(NotEntitled), nothing_written():
        voted(cast, item, "fffffffffff", agent=getattr(cast, who))


# --- Numbers ----------------------------------------------------------------------------------------------------


def test_a_vote_undone_with_its_transaction_leaves_no_hole(cast: Cast, nothing_written: Any) -> None:
    first, second = in_session(cast), in_session(cast)

    with pytest.raises(RuntimeError), nothing_written(), transaction.atomic():
        voted(cast, first, "fffffffffff")
        raise RuntimeError("the disk is full")
    voted(cast, second, "fffffffffff")

    assert Dossier.objects.get(pk=second.dossier_id).act_number == "CP-2026-0001"


def test_each_body_has_its_own_register(cast: Cast) -> None:
    for body in ("CP", "CD", "CP"):
        voted(cast, in_session(cast, body=body), "fffffffffff")

    numbers = Dossier.objects.exclude(act_number="").order_by("act_number").values_list("act_number", flat=True)
    assert list(numbers) == ["CD-2026-0001", "CP-2026-0001", "CP-2026-0002"]


@settings(deadline=None, max_examples=12)
@given(
    ballots=st.lists(
        st.tuples(st.integers(0, ALL), st.text("faon", min_size=ALL, max_size=ALL), st.booleans()), max_size=4
    )
)
def test_numbers_have_no_gap_and_no_vote_is_recorded_without_quorum(ballots: list[tuple[int, str, bool]]) -> None:
    """Whoever is there and whatever they say: numbers 1 to n go to the adopted texts, in order, and to no other."""
    with transaction.atomic():
        cast = set_the_cast()
        adopted = []
        for present, word, honest in ballots:
            item = in_session(cast, present=present)
            try:
                ballot = voted(cast, item, word[: present if honest else ALL])
            except ActionRefused:
                assert present < 6 or not honest
                assert Dossier.objects.get(pk=item.dossier_id).stage == Stage.ON_AGENDA
            else:
                assert present >= 6
                assert ballot.votes.count() == present == len(room_of(item.sitting).voters)
                adopted += [item.dossier_id] if ballot.adopted else []

        lines = RegisterLine.objects.filter(register__name="CP").order_by("number")
        assert list(lines.values_list("number", "dossier")) == list(enumerate(adopted, start=1))
        transaction.set_rollback(True)
