"""The journey: one list, each station a link or a panel, nothing told by colour alone."""

from __future__ import annotations

from lxml import html

from hemicycle.web.drawings.journey import WORDS, Station, journey_html


def test_each_station_bears_its_state_in_words_and_in_form() -> None:
    stations = [Station(label=f"Étape {state}", state=state) for state in WORDS]

    drawn = html.fromstring(journey_html(stations))

    stops = drawn.findall(".//li")
    assert [stop.find("span[@class='visually-hidden']").text for stop in stops] == list(WORDS.values())
    assert len({html.tostring(stop.find("svg")) for stop in stops}) == len(WORDS)


def test_the_current_station_is_announced_and_it_alone() -> None:
    stations = [Station(label="Rédigé", state="done"), Station(label="Juridique", state="current")]

    drawn = html.fromstring(journey_html(stations))

    assert [li.find("span[@class='label']").text for li in drawn.xpath("//li[@aria-current='step']")] == ["Juridique"]


def test_a_station_with_an_address_is_a_link() -> None:
    drawn = html.fromstring(journey_html([Station(label="Signé", state="done", href="/actes/12")]))

    link = drawn.find(".//a")

    assert (link.get("href"), link.text) == ("/actes/12", "Signé")


def test_a_detail_opens_in_a_panel_of_its_own() -> None:
    stations = [
        Station(label="Finances", state="stale", detail="Donné sur la version 2."),
        Station(label="Juridique", state="current", detail="Attendu de vous."),
    ]

    drawn = html.fromstring(journey_html(stations, prefix="p"))

    for button in drawn.findall(".//button"):
        assert drawn.xpath(f"count(//*[@id='{button.get('popovertarget')}' and @popover])") == 1
    assert len({button.get("popovertarget") for button in drawn.findall(".//button")}) == 2


def test_hostile_words_stay_words() -> None:
    hostile = "<script>alert(1)</script>\" onload='x"

    drawn = html.fromstring(
        journey_html([Station(label=hostile, state="done", sub=hostile, href=hostile, detail=hostile)])
    )

    assert drawn.find(".//script") is None
    assert not drawn.xpath("//@onload")
    assert drawn.find(".//button").text == hostile


def test_no_station_draws_nothing() -> None:
    assert journey_html([]) == ""
