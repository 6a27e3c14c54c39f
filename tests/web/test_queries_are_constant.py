"""A page asks the database the same number of questions for three rows as for twelve, and few of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hemicycle.accounts.models import Agent, Delegation, Post, Role
from hemicycle.chain.circuit.models import Desk, DeskSeat, VisaRule
from hemicycle.chain.distribution.models import Notice, Return
from hemicycle.chain.finding import index
from hemicycle.chain.finding.models import SavedFilter
from hemicycle.chain.sitting.models import Sitting
from hemicycle.chain.transmission.actions.park_message import park_message
from hemicycle.chain.transmission.models import ParkedMessage
from hemicycle.dossier import versions
from hemicycle.dossier.models import Comment, Dossier, Errand, JournalEntry
from hemicycle.web.shell import shell
from tests import letters
from tests.cast import NOON, SINCE, Cast
from tests.chain.drafting.definitions import a_field, a_model, an_act_type
from tests.chain.printing.models import published
from tests.factories import (
    a_circuit,
    a_delegation,
    a_dossier,
    a_sitting,
    an_attachment,
    convene,
    open_sitting,
    put_on_agenda,
)
from tests.web.conftest import Enter

FEW, MANY = 3, 12
#: Session and user included.
MOST = 20
#: What surrounds a page asks for itself: the roles, the delegations, the units, the counts.
MOST_OF_THE_SHELL = 2


def asked(client: Client, url: str) -> int:
    """How many queries the page takes to answer."""
    client.get(url)  # What is remembered of a first visit is not what is measured.
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    assert answer.status_code == 200
    return len(queries)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A page, its reader, and how one more row comes on it."""

    url: str
    who: str
    one_more: Callable[[Cast], Any]


def reached(**trait: bool) -> Callable[[Cast], Dossier]:
    return lambda cast: a_dossier(cast, circuit=a_circuit(), **trait)


def returned(cast: Cast) -> Return:
    """Back from the préfecture, its return waiting to be seen."""
    dossier = a_dossier(cast, acknowledged=True)
    return Return.objects.create(dossier=dossier, returned_at=NOON)


def a_rule() -> VisaRule:
    name = f"Règle {VisaRule.objects.count()}"
    return VisaRule.objects.create(name=name, role=Role.FINANCE, why="car", amount_over=1)


def a_desk(cast: Cast) -> DeskSeat:
    desk = Desk.objects.create(name=f"Guichet {Desk.objects.count()}")
    return DeskSeat.objects.create(desk=desk, agent=cast.legal, valid_from=SINCE)


def an_absence(cast: Cast) -> Delegation:
    on = timezone.localdate()
    return Delegation.objects.create(
        giver=a_colleague().agent, holder=cast.legal, scope="visa", absence=True, valid_from=on, valid_to=on
    )


def in_trouble(cast: Cast) -> Errand:
    return an_errand(a_dossier(cast, signed=True), cast)


def an_errand(dossier: Dossier, cast: Cast) -> Errand:
    return Errand.objects.create(
        entry=an_entry(dossier, cast), carrier="deposit_act", state="failed", due_at=NOON, last_error="Le TdT se tait."
    )


def an_entry(dossier: Dossier, cast: Cast) -> JournalEntry:
    n = JournalEntry.objects.count() + 1
    sealed = {"facts": {"text": "report"}, "on_behalf_of": None, "role": ""}
    return JournalEntry.objects.create(
        n=n, at=NOON, event="drafting.text_saved", dossier=dossier, actor=cast.colleague, sealed=sealed, hash=str(n)
    )


def parked(cast: Cast) -> None:
    data = f"<a{ParkedMessage.objects.count()}/>".encode()
    park_message(data=data, why="Inconnu.", agent=cast.courier, at=NOON)


def written(cast: Cast) -> None:
    """A letter of the préfecture about another act."""
    letters.a_letter(cast, dossier=a_dossier(cast, acknowledged=True))


def everything(cast: Cast) -> None:
    """One row in each section of the service des assemblées."""
    for trait in ("ready", "adopted", "acknowledged"):
        a_dossier(cast, **{trait: True})
    in_trouble(cast)


def of_mine(cast: Cast) -> None:
    """One row in each section of the drafter."""
    a_dossier(cast)
    a_dossier(cast, to_correct=True)
    a_dossier(cast, in_circuit=True)
    returned(cast)


def for_another(cast: Cast) -> None:
    """A visa in one's own name, another in that of an absent colleague."""
    a_dossier(cast, circuit=a_circuit(Role.LEGAL), in_circuit=True)
    a_dossier(cast, circuit=a_circuit(Role.FINANCE), in_circuit=True)


def summoned(cast: Cast) -> Sitting:
    return a_sitting(cast, convened=True, starts_at=timezone.now() + dt.timedelta(days=20 + Sitting.objects.count()))


SCENES = {
    "inbox of the service des assemblées": Scene(url="/", who="clerk", one_more=everything),
    "inbox of a drafter": Scene(url="/", who="drafter", one_more=of_mine),
    "inbox of the legal service": Scene(url="/", who="legal", one_more=for_another),
    "inbox of a director": Scene(url="/", who="director", one_more=returned),
    "inbox of the president": Scene(url="/", who="president", one_more=reached(to_sign=True)),
    "inbox of an elected member": Scene(url="/", who="president", one_more=summoned),
    "sittings of an elected member": Scene(url="/mes-seances/", who="president", one_more=summoned),
    "dossiers of the service des assemblées": Scene(url="/dossiers", who="clerk", one_more=everything),
    "dossiers of a drafter": Scene(url="/dossiers", who="drafter", one_more=of_mine),
    "dossiers of mine": Scene(url="/dossiers?panier=miens", who="drafter", one_more=of_mine),
    "dossiers late": Scene(url="/dossiers?panier=retard", who="clerk", one_more=of_mine),
    "dossiers in copy": Scene(url="/dossiers?panier=copie", who="legal", one_more=for_another),
    "dossiers of a service": Scene(url="/dossiers?panier=unite", who="director", one_more=of_mine),
    "search": Scene(url="/recherche?q=club", who="legal", one_more=lambda cast: (for_another(cast), read_again())),
    "search of a drafter": Scene(
        url="/recherche?q=club", who="drafter", one_more=lambda cast: (of_mine(cast), read_again())
    ),
    "dashboard": Scene(url="/tableau-de-bord", who="clerk", one_more=everything),
    "dashboard of a director": Scene(url="/tableau-de-bord", who="director", one_more=of_mine),
    "filters kept": Scene(url="/filtres", who="drafter", one_more=lambda cast: a_filter(cast.drafter)),
    "dossiers beside filters kept": Scene(url="/dossiers", who="drafter", one_more=lambda cast: a_filter(cast.drafter)),
    "counts of the lists": Scene(
        url="/dossiers/comptes", who="drafter", one_more=lambda cast: (of_mine(cast), a_filter(cast.drafter))
    ),
    "what waits, beside a page": Scene(url="/attentes", who="clerk", one_more=everything),
    "acts to sign": Scene(url="/a-signer/", who="president", one_more=reached(to_sign=True)),
    "register of the acts": Scene(url="/actes/registre/", who="drafter", one_more=reached(signed=True)),
    "registers": Scene(url="/registres/", who="drafter", one_more=reached(adopted=True)),
    "register of a year": Scene(url="/registres/CP/2026/", who="drafter", one_more=reached(published=True)),
    "transmissions": Scene(url="/transmissions/", who="clerk", one_more=reached(transmitted=True)),
    "transmissions in trouble": Scene(url="/transmissions/", who="clerk", one_more=in_trouble),
    "messages to examine": Scene(url="/transmissions/messages/", who="clerk", one_more=parked),
    "letters of the préfecture": Scene(url="/transmissions/courriers/", who="clerk", one_more=written),
    "letters of the préfecture to a direction": Scene(url="/", who="drafter", one_more=written),
    "acts to publish": Scene(url="/publier/", who="clerk", one_more=reached(acknowledged=True)),
    "deposits": Scene(url="/archives/", who="archivist", one_more=reached(archived=True)),
    "acts returned": Scene(url="/retours/", who="director", one_more=returned),
    "sittings": Scene(url="/seances/", who="clerk", one_more=reached(adopted=True)),
    "public acts": Scene(url="/actes/", who="outsider", one_more=reached(published=True)),
    "people": Scene(url="/administration/personnes", who="administrator", one_more=lambda cast: a_colleague()),
    "circuits": Scene(url="/administration/circuits", who="administrator", one_more=lambda cast: a_circuit()),
    "rules of visa": Scene(url="/administration/regles", who="clerk", one_more=lambda cast: a_rule()),
    "desks": Scene(url="/administration/guichets", who="clerk", one_more=a_desk),
    "absences": Scene(url="/absences/", who="clerk", one_more=an_absence),
    "types of act": Scene(
        url="/administration/types",
        who="administrator",
        one_more=lambda cast: a_field(uuid4().hex, an_act_type(uuid4().hex)),
    ),
    "models of documents": Scene(
        url="/administration/modeles-des-actes",
        who="administrator",
        one_more=lambda cast: published(cast, texts={"footer": uuid4().hex}, valid_from=NOON.date()),
    ),
    "models of text": Scene(
        url="/administration/modeles", who="administrator", one_more=lambda cast: a_model(cast, uuid4().hex)
    ),
    "overview of the installation": Scene(url="/administration/", who="administrator", one_more=in_trouble),
}


def read_again() -> None:
    """The words of every dossier are in the index."""
    list(index.rebuild(missing_only=True))


def a_filter(agent: Agent) -> SavedFilter:
    number = SavedFilter.objects.count()
    criteria = {"words": "club", "stage": "ready", "tray": "unite"}
    return SavedFilter.objects.create(agent=agent, name=f"Filtre {number}", criteria=criteria, saved_at=NOON)


def a_colleague() -> Post:
    agent = Agent.objects.create(email=f"agent-{Agent.objects.count()}@ormelle.example", last_name="Nouvelle")
    return Post.objects.create(agent=agent, role=Role.FINANCE, valid_from=SINCE)


@pytest.mark.parametrize("name", SCENES)
def test_a_list_costs_the_same_whatever_its_length(cast: Cast, enter: Enter, name: str) -> None:
    scene = SCENES[name]
    a_delegation(cast.finance, cast.legal, on=timezone.localdate())
    client = enter(getattr(cast, scene.who))

    for _ in range(FEW):
        scene.one_more(cast)
    few = asked(client, scene.url)
    for _ in range(MANY - FEW):
        scene.one_more(cast)
    many = asked(client, scene.url)

    assert few == many <= MOST


def grown(dossier: Dossier, cast: Cast, times: int) -> None:
    """So many more of all that a dossier's page shows."""
    for n in range(times):
        Comment.objects.create(dossier=dossier, version=1, author=cast.legal, text="À préciser.", written_at=NOON)
        an_attachment(dossier, f"annexe {dossier.attachments.count()}".encode(), by=cast.drafter, order=n)
        an_entry(dossier, cast)
        versions.freeze(dossier, by=cast.drafter, at=NOON)


@pytest.mark.parametrize("who", ["head_of_service", "drafter", "clerk", "president"])
@pytest.mark.parametrize("tab", ["", "annexes/", "commentaires/", "versions/", "journal/"])
def test_a_dossier_costs_the_same_whatever_it_holds(cast: Cast, enter: Enter, who: str, tab: str) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    client = enter(getattr(cast, who))
    url = f"/dossiers/{dossier.id}/{tab}"

    grown(dossier, cast, FEW)
    few = asked(client, url)
    grown(dossier, cast, MANY - FEW)
    many = asked(client, url)

    assert few == many <= MOST


@pytest.mark.parametrize("trait", ["to_correct", "ready", "to_sign", "acknowledged", "archived"])
@pytest.mark.parametrize("who", ["director", "clerk", "president"])
def test_a_dossier_costs_little_at_every_stage(cast: Cast, enter: Enter, who: str, trait: str) -> None:
    dossier = a_dossier(cast, **{trait: True})

    assert asked(enter(getattr(cast, who)), f"/dossiers/{dossier.id}/") <= MOST


def a_sitting_at(cast: Cast, state: str) -> Sitting:
    """A sitting of three dossiers, with its members when it has gone so far."""
    sitting = a_sitting(cast)
    more_items(sitting, cast, FEW)
    if state != "preparing":
        convene(sitting)
    if state == "open":
        open_sitting(sitting)
    return sitting


def more_items(sitting: Sitting, cast: Cast, times: int) -> None:
    for _ in range(times):
        put_on_agenda(a_dossier(cast, ready=True), sitting, at=NOON)
        a_dossier(cast, ready=True)


PAGES_OF_A_SITTING = [
    ("clerk", "preparing", "/seances/{}/"),
    ("clerk", "convened", "/seances/{}/"),
    ("drafter", "convened", "/seances/{}/"),
    ("clerk", "convened", "/seances/{}/convocations"),
    ("clerk", "convened", "/seances/{}/presence"),
    ("clerk", "open", "/seances/{}/console/"),
    ("president", "open", "/mes-seances/{}/"),
]


@pytest.mark.parametrize(("who", "state", "url"), PAGES_OF_A_SITTING)
def test_a_sitting_costs_the_same_whatever_its_agenda(cast: Cast, enter: Enter, who: str, state: str, url: str) -> None:
    sitting = a_sitting_at(cast, state)
    client = enter(getattr(cast, who))

    few = asked(client, url.format(sitting.id))
    more_items(sitting, cast, MANY - FEW)
    many = asked(client, url.format(sitting.id))

    assert few == many <= MOST


def test_the_sendings_of_an_act_cost_the_same_whatever_their_number(cast: Cast, enter: Enter) -> None:
    dossier = returned(cast).dossier
    client = enter(cast.director)

    notices(dossier, cast, FEW)
    few = asked(client, f"/retours/{dossier.id}/")
    notices(dossier, cast, MANY - FEW)
    many = asked(client, f"/retours/{dossier.id}/")

    assert few == many <= MOST


def notices(dossier: Dossier, cast: Cast, times: int) -> None:
    for _ in range(times):
        email = f"partenaire-{Notice.objects.count()}@partenaire.example"
        Notice.objects.create(
            dossier=dossier, partner="Club", email=email, mode="information", prepared_by=cast.drafter, prepared_at=NOON
        )


@pytest.mark.parametrize("who", ["drafter", "clerk", "president", "director", "outsider", "administrator"])
def test_what_surrounds_a_page_costs_little(cast: Cast, who: str, rf: RequestFactory) -> None:
    everything(cast)
    of_mine(cast)
    request = rf.get("/")
    request.user = Agent.objects.get(pk=getattr(cast, who).pk)

    with CaptureQueriesContext(connection) as queries:
        around = shell(request)

    assert around["nav"]
    assert len(queries) <= MOST_OF_THE_SHELL


def test_nothing_is_asked_for_someone_who_is_not_signed_in(rf: RequestFactory, db: None) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()

    with CaptureQueriesContext(connection) as queries:
        shell(request)

    assert not queries.captured_queries


def test_the_left_column_counts_what_the_inbox_lists(cast: Cast, enter: Enter) -> None:
    everything(cast)
    of_mine(cast)
    for_another(cast)
    summoned(cast)
    a_dossier(cast, to_sign=True)
    a_delegation(cast.finance, cast.legal, on=timezone.localdate())

    for who in ("clerk", "drafter", "legal", "director", "president", "administrator", "outsider"):
        client = enter(getattr(cast, who))
        context = client.get("/").context
        assert context["nav"][0]["count"] == context["waiting"], who
        assert client.get("/attentes").context["counts"]["inbox"] == context["waiting"], who


def test_a_page_asks_for_the_counts_of_its_column_once_it_is_on_screen(cast: Cast, enter: Enter) -> None:
    a_dossier(cast, to_sign=True)
    client = enter(cast.president)

    page = client.get("/dossiers").content.decode()
    counts = client.get("/attentes").content.decode()

    assert '<span class="count" id="attente-to_sign"></span>' in page
    assert '<span class="count" id="attente-to_sign" hx-swap-oob="true">1</span>' in counts
