"""The journey: one list, each station a link or a panel, nothing told by colour alone."""

from __future__ import annotations

from lxml import html

from hemicycle.web.drawings.journey import WORDS, Station, here, journey_html


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

    for button in drawn.xpath("//li//button"):
        assert drawn.xpath(f"count(//*[@id='{button.get('popovertarget')}' and @popover])") == 1
    assert len({button.get("popovertarget") for button in drawn.xpath("//li//button")}) == 2


def test_hostile_words_stay_words() -> None:
    hostile = "<script>alert(1)</script>\" onload='x"

    drawn = html.fromstring(
        journey_html([Station(label=hostile, state="done", sub=hostile, href=hostile, detail=hostile)])
    )

    assert drawn.find(".//script") is None
    assert not drawn.xpath("//@onload")
    assert drawn.xpath("//li//button")[0].text == hostile


def test_no_station_draws_nothing() -> None:
    assert journey_html([]) == ""


def test_the_documents_of_a_station_open_from_its_panel() -> None:
    drawn = html.fromstring(journey_html([Station(label="Signé", state="done", links=(("Acte signé", "/pieces/1"),))]))

    (link,) = drawn.xpath("//ul[@class='card-links']//a")

    assert (link.get("href"), link.text) == ("/pieces/1", "Acte signé")


def test_on_a_phone_one_station_stands_for_the_line_and_opens_it() -> None:
    stations = [
        Station(label="Rédigé", state="done"),
        Station(label="Finances", state="waived"),
        Station(label="Juridique", state="late", sub="attendu le 12 nov."),
        Station(label="Vote", state="todo"),
    ]

    drawn = html.fromstring(journey_html(stations, prefix="p"))

    (now,) = drawn.xpath("//button[@class='journey-now']")
    assert now.text_content() == "Juridique · attendu le 12 nov.étape 3 sur 4, voir le parcours"
    assert drawn.xpath(f"count(//*[@id='{now.get('popovertarget')}' and @popover]//ol)") == 1


def test_a_dossier_that_waits_nowhere_is_at_the_last_station_it_passed() -> None:
    stations = [Station(label="Rédigé", state="done"), Station(label="Retiré", state="refused")]

    assert here(stations) == 1
    assert here([Station(label="Rédigé", state="todo")]) == 0
