"""A whole affair carried by hand, from a blank dossier to the archive."""

from __future__ import annotations

from dataclasses import dataclass

from tests.browser import after_the_agenda as after
from tests.browser import before_the_vote as before
from tests.browser.people import People
from tests.browser.site import Site

PLACE = "Hôtel du Département, salle des commissions"
SUBJECT = "Subventions au sport adapté et au handibasket pour 2026"


@dataclass(frozen=True, kw_only=True)
class Affair:
    """Where what was made can be seen again."""

    dossier: str
    sitting: str
    number: str
    #: The partner's personal link.
    notice: str
    #: The signed act, as the partner received it.
    act: bytes
    public: str


def carry_to_the_archive(site: Site, people: People, files: before.Files) -> Affair:
    """Everyone's gestures in turn, each at their own browser."""
    drafter, clerk = people.page("drafter"), people.page("clerk")
    dossier = before.open_the_dossier(drafter, SUBJECT)
    before.write_the_texts(drafter, dossier, files)
    before.attach_the_annex(drafter, dossier, files)
    before.submit_to_the_circuit(drafter, dossier)
    before.pass_the_circuit(people, SUBJECT)
    sitting = before.plan_today(clerk, PLACE)
    before.put_on_the_agenda(clerk, SUBJECT)
    before.convene_with_urgency(clerk)
    after.read_as_member(people.page("member"), SUBJECT, PLACE)
    after.call_the_roll(clerk, sitting)
    number = after.hold_the_sitting(clerk, SUBJECT)
    after.sign(people.page("president"), SUBJECT, number)
    after.see_it_come_back(drafter, dossier)
    after.notify_the_partner(drafter)
    received = after.open_as_partner(people.page("partner"), site)
    after.publish(clerk, SUBJECT)
    public = after.read_as_citizen(people.page("citizen"), SUBJECT, number)
    after.see_it_archived(drafter, dossier)
    return Affair(
        dossier=dossier, sitting=sitting, number=number, notice=received.link, act=received.act, public=public
    )
