"""Both real affairs go from the Word file to the archive; what they leave is read by other tools."""

from __future__ import annotations

import datetime as dt

import pytest

from hemicycle.demonstration.cast import STEPS
from hemicycle.journey.affair import VISAS
from tests.journeys.playing import Played
from tests.journeys.reading import text_of

pytestmark = pytest.mark.journey

#: What the issue asks for, whatever the affair ({n}: the number of the act).
ASKED = [
    "journey.json",
    "dossier/rapport.pdf",
    "dossier/deliberation-projet.pdf",
    "dossier/annexes/*.pdf",
    "sitting/convocation.pdf",
    "sitting/ordre-du-jour.pdf",
    "sitting/presence.json",
    "sitting/vote.json",
    "act/{n}.pdf",
    "act/{n}-tamponne.pdf",
    "act/root.pem",
    "transmission/*.tar.gz",
    "transmission/*-1-1_0.xml",
    "transmission/*-1-2_0.xml",
    "transmission/TACT-*.xml",
    "distribution/*.eml",
    "publication/*.html",
    "publication/scdl.csv",
    "archive/*.zip",
    "archive/*.xml",
    "journal/journal.jsonl",
    "journal/heads.jsonl",
]
ROOMS = ["drafting", "circuit", "sitting", "signing", "transmission", "distribution", "publication", "archiving"]


def test_a_journey_ends_archived(journey: Played) -> None:
    assert (journey.code, journey.complaint) == (0, "")
    assert "Le dossier est archivé" in journey.told.splitlines()[-1]


def test_two_journeys_at_once_take_less_than_two_minutes(journeys: dict[str, Played]) -> None:
    # One alone has a minute on two cores.
    assert max(journey.seconds for journey in journeys.values()) < 120


def test_everything_the_issue_asks_for_is_there_and_nothing_else(journey: Played) -> None:
    patterns = [pattern.format(n=journey.number) for pattern in ASKED]

    found = {pattern: list(journey.out.glob(pattern)) for pattern in patterns}

    assert [pattern for pattern, paths in found.items() if not paths] == []
    listed = {path for paths in found.values() for path in paths}
    assert {path for path in journey.out.rglob("*") if path.is_file()} == listed
    assert [path for path in listed if path.stat().st_size == 0] == []


def test_an_earlier_journey_gives_way_to_the_new_one(voirie: Played) -> None:
    assert not (voirie.out / "act/ANCIEN.pdf").exists()
    assert [path.name for path in voirie.out.parent.iterdir()] == ["parcours"]


def test_nothing_is_left_in_the_temporary_folder(voirie: Played) -> None:
    assert list((voirie.out.parent.parent / "temporary").iterdir()) == []


def test_the_progress_is_told_as_it_goes(journey: Played) -> None:
    lines = journey.told.splitlines()

    assert len(lines) > 25
    seconds = [float(line.split(" s  ")[0]) for line in lines[:-1]]
    assert seconds == sorted(seconds)
    assert any(journey.number in line for line in lines)


def test_every_step_says_who_did_what_when_and_where_it_led(journey: Played) -> None:
    steps = journey.steps

    assert all(set(step) >= {"action", "actor", "role", "at", "stage", "ids"} for step in steps)
    assert all(step["actor"] and step["action"] and step["stage"] for step in steps)
    instants = [dt.datetime.fromisoformat(step["at"]) for step in steps]
    assert instants == sorted(instants)
    assert None not in {instant.utcoffset() for instant in instants}
    assert [step["ids"]["entry"] for step in steps] == list(range(1, len(steps) + 1))
    assert len({step["ids"]["dossier"] for step in steps}) == 1


def test_the_rooms_are_gone_through_in_order_up_to_the_archive(journey: Played) -> None:
    steps = journey.steps

    first_seen = list(dict.fromkeys(step["event"].split(".")[0] for step in steps))
    stages = list(dict.fromkeys(step["stage"] for step in steps))

    assert first_seen == ROOMS
    assert [stage for stage in stages if stage != "to_correct"] == [
        "drafting",
        "in_circuit",
        "ready",
        "on_agenda",
        "adopted",
        "to_sign",
        "signed",
        "transmitted",
        "acknowledged",
        "published",
        "deposited",
        "archived",
    ]
    assert steps[-1]["stage"] == "archived"


def test_actors_are_many_and_each_has_the_role_of_what_it_does(journey: Played) -> None:
    steps = journey.steps
    roles = {event: {s["role"] for s in journey.events(event)} for event in {s["event"] for s in steps}}

    assert roles["drafting.dossier_opened"] == {"drafter"}
    assert roles["sitting.vote_recorded"] == {"assembly_office"}
    assert roles["signing.signature_ordered"] == {"president"}
    assert roles["transmission.deposit_recorded"] == {"courier"}
    (author,) = {s["actor"] for s in journey.events("drafting.dossier_opened")}
    assert author not in {s["actor"] for s in journey.events("circuit.visa_given")}
    assert len({s["actor"] for s in journey.events("circuit.visa_given")}) >= 5


def test_every_member_is_convened_before_the_sitting(journey: Played) -> None:
    presence = journey.json("sitting/presence.json")
    sent = journey.events("sitting.summons_sent")

    assert len(sent) == presence["en_exercice"] == 42
    by_mail = [step["ids"]["message_id"] for step in sent if step["role"] == "courier"]
    assert len(set(by_mail)) == len(by_mail)
    # A member who did not choose the electronic way is written to on paper, by the service des assemblées.
    assert {step["role"] for step in sent if "message_id" not in step["ids"]} == {"assembly_office"}
    held = dt.datetime.fromisoformat(presence["seance"])
    assert all((held - dt.datetime.fromisoformat(step["at"])).days >= 14 for step in sent)


def test_the_tie_of_the_council_is_carried_by_the_president(voirie: Played) -> None:
    vote = voirie.json("sitting/vote.json")

    assert (vote["pour"], vote["contre"], vote["abstention"], vote["ne_prend_pas_part"]) == (14, 14, 2, 0)
    assert (vote["adopte"], vote["voix_preponderante"]) == (True, True)
    president = voirie.json("sitting/presence.json")["presidence"]
    assert [v["vote"].lower() for v in vote["votes"] if v["membre"] == president] == ["pour"]
    act = text_of(voirie.signed)
    assert "Partage égal des voix" in act
    assert "la voix du Président étant prépondérante" in act


def test_no_casting_vote_is_spoken_of_where_there_is_no_tie(sport: Played) -> None:
    vote = sport.json("sitting/vote.json")

    assert (vote["pour"], vote["contre"], vote["abstention"]) == (33, 1, 2)
    assert (vote["adopte"], vote["voix_preponderante"]) == (True, False)
    assert "prépondérante" not in text_of(sport.signed)


@pytest.mark.parametrize(
    ("affair", "present", "represented", "counted"), [("07-02-voirie", 25, 5, 25), ("13-01-sport-adapte", 30, 6, 36)]
)
def test_the_quorum_is_that_of_the_body(
    journeys: dict[str, Played], affair: str, present: int, represented: int, counted: int
) -> None:
    journey = journeys[affair]

    presence, vote = journey.json("sitting/presence.json"), journey.json("sitting/vote.json")

    assert (len(presence["present"]), len(presence["proxies"])) == (present, represented)
    assert (vote["presents"], vote["representes"]) == (present, represented)
    assert (presence["quorum"]["exige"], presence["quorum"]["compte"]) == (22, counted)
    assert "quorum atteint" in text_of(journey.signed)


def test_each_member_present_or_represented_has_one_vote(journey: Played) -> None:
    presence, vote = journey.json("sitting/presence.json"), journey.json("sitting/vote.json")

    voters = [v["membre"] for v in vote["votes"]]
    givers = {giver for giver, _ in presence["proxies"]}

    assert len(voters) == len(set(voters))
    assert set(voters) == set(presence["present"]) | givers
    assert {v["membre"] for v in vote["votes"] if v["par_pouvoir"]} == givers
    holders = [holder for _, holder in presence["proxies"]]
    assert len(holders) == len(set(holders))


def test_the_correction_makes_a_second_version_that_bears_every_visa(sport: Played) -> None:
    submitted = sport.events("circuit.submitted")
    (sent_back,) = sport.events("circuit.sent_back")
    visas = sport.events("circuit.visa_given")

    assert [step["ids"]["version"] for step in submitted] == [1, 2]
    assert submitted[0]["ids"]["digest"] != submitted[1]["ids"]["digest"]
    assert (sent_back["role"], sent_back["stage"], sent_back["ids"]["version"]) == ("legal", "to_correct", 1)
    last = [step for step in visas if step["ids"]["version"] == 2]
    assert {step["ids"]["digest"] for step in last} == {submitted[1]["ids"]["digest"]}
    wanted = ["chef de service", "directeur", "finances", "juridique", "secrétariat général", "cabinet"]
    assert [step["role"] for step in last] == [str(STEPS[visa].role) for visa in wanted]


def test_what_the_correction_asked_for_is_in_the_act(sport: Played) -> None:
    assert "Vu le code du sport" in text_of(sport.signed)


def test_the_visas_of_an_affair_are_those_of_the_demonstration() -> None:
    assert {visa.lower() for visa in VISAS} == set(STEPS)
