"""What may be typed in a field, in every field: refused in French or kept inert, never a breakdown, never run."""

from __future__ import annotations

import csv
import io
from itertools import product
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.utils.html import escape

from hemicycle.accounts.models import Agent, Body
from hemicycle.chain.distribution.models import Notice
from hemicycle.chain.publication import queries as publication
from hemicycle.chain.signing.actions.draw_up_act import draw_up_act
from hemicycle.chain.sitting.actions.convene import convene
from hemicycle.chain.sitting.models import Sitting
from hemicycle.dossier.models import Comment, Dossier
from tests.cast import NOON, Cast
from tests.factories import a_dossier, a_sitting
from tests.web.conftest import Enter
from tests.web.permission_scenes import SCENES, SENT, Scene, act, draft
from tests.web.permissions import ANONYMOUS, MATRIX
from tests.web.test_permissions import address, agent_of, of, things

pytestmark = pytest.mark.django_db

SCRIPT = "\"'><script>alert(7)</script><img src=x onerror=alert(7)>{{7*7}}{% debug %}#panic()"
FAMILY = {
    "script": SCRIPT,
    "invisible": "a\u202eb\u200b\x01\x1b[31m\x7f\ufeff\ue000\uffff",
    "nul": "a\x00b",
    "header": '=cmd|" /C calc"!A1\r\nBcc: tous@ormelle.example\r\n\r\ncorps',
    "number": "9" * 400,
}
#: Too heavy to be typed in every field, or for one only.
MORE = {"formula": "@SUM(A1)", "huge": "A" * 1_000_000}
#: What the page may answer: shown, done, door, not there, refused on the page (a gesture, a file), not to be read.
ANSWERS = {200, 302, 400, 401, 404, 409, 422}
#: Bytes that decode to half a character, or to none: no client of ours can write them.
RAW = ("%ED%A0%80", "%FF%FE", "%C0%AF", "%EF%BF%BE")
QUERIES = ("q", "mots", "etape", "page", "etat", "depuis", "pour", "de", "a", "year", "body", "next", "kind")
#: Things with a form that has fields; those of the other direction have the same.
TYPED_IN = [t for t in things("POST") if not t.startswith("foreign") and any(x.route in SENT for x in of("POST", t))]


def run(answer: Any) -> bool:
    """Whether the page carries what was typed as markup of its own; data that no browser takes for a page does not."""
    if answer["Content-Type"] == "application/json" and answer["X-Content-Type-Options"] == "nosniff":
        return False
    return any(sign in answer.content for sign in (b"<script>alert(7)", b"<img src=x", b"onerror=alert(7)>"))


@pytest.mark.parametrize("thing", TYPED_IN)
def test_nothing_typed_in_a_form_breaks_or_runs(cast: Cast, enter: Enter, thing: str) -> None:
    scene, wrong = SCENES[thing](cast), []

    for line in of("POST", thing):
        agent = agent_of(cast, min(line.allowed, default=ANONYMOUS))
        browser = enter(agent) if agent else Client()
        fields = SENT.get(line.route, _nothing)(scene, agent)
        for field, kind in product(fields, FAMILY):
            typed = [FAMILY[kind]] if isinstance(fields[field], list) else FAMILY[kind]
            with transaction.atomic():
                answer: Any = browser.post(address(line.route, scene), fields | {field: typed})
                transaction.set_rollback(True)
            if answer.status_code not in ANSWERS or run(answer):
                wrong.append(f"{line}, {kind} as {field}: {answer.status_code}")

    assert not wrong, "\n".join(wrong)


def _nothing(_scene: Scene, _agent: Agent | None) -> dict[str, Any]:
    return {}


@pytest.mark.parametrize("kind", FAMILY)
def test_nothing_typed_in_an_address_breaks_or_runs(cast: Cast, enter: Enter, kind: str) -> None:
    scene, wrong = SCENES["held"](cast), []
    asked = dict.fromkeys(QUERIES, FAMILY[kind])

    for line in (x for x in MATRIX if x.method == "GET" and x.thing in ("", "held")):
        agent = agent_of(cast, min(line.allowed - {ANONYMOUS}, default=ANONYMOUS))
        for browser in (enter(agent) if agent else Client(), Client()):
            answer: Any = browser.get(address(line.route, scene), asked)
            if answer.status_code not in ANSWERS or run(answer):
                wrong.append(f"{line}: {answer.status_code}")

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("raw", RAW)
def test_bytes_that_are_no_text_are_no_breakdown(cast: Cast, enter: Enter, raw: str) -> None:
    dossier, browser = a_dossier(cast), enter(cast.drafter)
    form = "application/x-www-form-urlencoded"
    sent = f"object=Aide{raw}&body=CP&nature={dossier.nature}&subject_code=7.5&theme={raw}"

    posted: list[Any] = [
        browser.post(f"/dossiers/{dossier.id}/decrire", sent, content_type=form),
        browser.post(f"/dossiers/{dossier.id}/commenter", f"text=Voir{raw}", content_type=form),
    ]
    read: list[Any] = [
        browser.get(f"/recherche?q={raw}"),
        browser.get(f"/dossiers/{dossier.id}/"),
        Client().get(f"/actes/?q={raw}&year={raw}"),
    ]

    dossier.refresh_from_db()
    assert {a.status_code for a in posted} <= {302, 409}
    assert {a.status_code for a in read} == {200}
    assert Client().get(f"/p/{raw}{'a' * 20}/").status_code == 404
    assert dossier.object.isprintable() and dossier.theme.isprintable()


def test_a_form_too_big_to_be_read_is_refused_in_french(cast: Cast, enter: Enter, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000
    dossier = a_dossier(cast)

    answer = enter(cast.drafter).post(f"/dossiers/{dossier.id}/commenter", {"text": "a" * 200_000})

    assert answer.status_code == 400
    assert "Cette demande n’a pas pu être lue" in answer.content.decode()


class TestWhatIsKept:
    def test_a_comment_keeps_its_words_and_every_page_shows_them_as_words(self, cast: Cast, enter: Enter) -> None:
        dossier, browser = a_dossier(cast), enter(cast.drafter)

        refused = browser.post(f"/dossiers/{dossier.id}/commenter", {"text": f"Voir\x00 {SCRIPT}"})
        browser.post(f"/dossiers/{dossier.id}/commenter", {"text": f"Voir\u202e {SCRIPT}"})

        assert refused.status_code == 409
        assert [c.text for c in Comment.objects.order_by("id")] == [f"Voir {SCRIPT}"]
        for page in ("commentaires/", "journal/", "parcours/"):
            shown = browser.get(f"/dossiers/{dossier.id}/{page}")
            assert not run(shown)
            assert escape("<script>alert(7)</script>") in shown.content.decode()

    @pytest.mark.parametrize("kind", ["script", "nul", "header", "formula", "huge"])
    def test_an_object_that_could_not_travel_is_refused_beside_its_field(
        self, cast: Cast, enter: Enter, kind: str
    ) -> None:
        scene = draft(cast)
        sent = SENT["describe"](scene, None) | {"object": (FAMILY | MORE)[kind]}

        answer = enter(cast.drafter).post(f"/dossiers/{scene['dossier_id']}/decrire", sent)

        page = answer.content.decode()
        assert answer.status_code == 409
        assert 'aria-invalid="true"' in page and "id_object" in page
        assert Dossier.objects.get(id=scene["dossier_id"]).object == scene["dossier"].object

    @pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e999", "-1", "9" * 400, "1,2,3", "=1"])
    def test_an_amount_is_a_number_of_euros(self, cast: Cast, enter: Enter, amount: str) -> None:
        scene = draft(cast)
        sent = SENT["describe"](scene, None) | {"amount": amount}

        answer = enter(cast.drafter).post(f"/dossiers/{scene['dossier_id']}/decrire", sent)

        assert answer.status_code == 409
        assert Dossier.objects.get(id=scene["dossier_id"]).amount == scene["dossier"].amount

    def test_a_text_is_written_as_text(self, cast: Cast, enter: Enter) -> None:
        scene, browser = draft(cast), enter(cast.drafter)
        typed = f"{SCRIPT}\n\na\u202eb\x01c"
        sent = SENT["write_report"](scene, None)

        browser.post(f"/dossiers/{scene['dossier_id']}/rapport/ecrire", sent | {"content": typed})

        shown = browser.get(f"/dossiers/{scene['dossier_id']}/")
        assert not run(shown)
        assert escape("<script>") in shown.content.decode()
        assert "abc" in shown.content.decode()

    def test_a_link_leads_to_the_web_or_nowhere(self, cast: Cast, enter: Enter) -> None:
        scene, browser = draft(cast), enter(cast.drafter)
        sent = SENT["write_report"](scene, None) | {"content": "Voir [là](javascript:alert(7))."}

        browser.post(f"/dossiers/{scene['dossier_id']}/rapport/ecrire", sent)

        assert 'href="javascript:' not in browser.get(f"/dossiers/{scene['dossier_id']}/").content.decode()

    def test_the_name_and_address_of_a_partner_add_no_header(self, cast: Cast, enter: Enter) -> None:
        scene, browser = act(cast), enter(cast.clerk)
        where, sent = f"/retours/{scene['dossier_id']}/envoyer", SENT["send_notice"](scene, None)
        hostile = ("a@b.fr\r\nBcc: c@d.fr", "a@b.fr,c@d.fr", '"a\r\nBcc: c"@d.fr', "a@b\x00.fr")

        refused = [browser.post(where, sent | {"email": email}).status_code for email in hostile]
        browser.post(where, sent | {"partner": "Club\r\nBcc: c@d.fr", "email": "club@clerande.example"})

        assert refused == [409] * 4
        assert [(n.partner, n.email) for n in Notice.objects.all()] == [("Club Bcc: c@d.fr", "club@clerande.example")]

    def test_hostile_words_are_printed_as_words(self, cast: Cast) -> None:
        words = 'Aide #panic("x") $x$ \\ *gras* <b>club</b> {{7*7}} @label [lien] `code` //'
        dossier = a_dossier(cast, adopted=True, object=words, theme=words[:80])

        made = draw_up_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)

        assert made.frozen.size > 10_000

    def test_the_papers_of_a_sitting_are_set_whatever_its_place(self, cast: Cast, enter: Enter) -> None:
        place = f"Salle\x01\u202e {SCRIPT}"[:150]
        sent = {"body": Body.STANDING_COMMITTEE, "starts_at": "2031-12-17T14:30", "place": place}
        enter(cast.clerk).post("/seances/nouvelle", sent)
        typed = Sitting.objects.get().place
        sitting = a_sitting(cast)
        Sitting.objects.filter(id=sitting.id).update(place=typed)
        a_dossier(cast, on_agenda=True, sitting=sitting)

        convened = convene(sitting_id=sitting.id, agent=cast.clerk, at=NOON, urgency="\x01Urgent\u202e")

        assert convened.summons_sha256 and convened.urgency == "Urgent"
        assert typed.isprintable() and convened.place == typed


def test_the_open_data_gives_each_object_as_it_was_voted(cast: Cast) -> None:
    """No escape of ours, which would falsify an act: what a spreadsheet runs is refused when it is typed."""
    words = ["=1+1", "+33", "@x", "-2", 'Aide, « "club" » ; suite', "Aide\r\nau club"]
    for text in words:
        a_dossier(cast, published=True, object=text)

    rows = list(csv.DictReader(io.StringIO(publication.scdl_csv().decode("utf-8"), newline="")))

    assert sorted(row["DELIB_OBJET"] for row in rows) == sorted(" ".join(text.split()) for text in words)


def test_the_public_pages_show_an_object_as_words(cast: Cast) -> None:
    words: dict[str, Any] = {"object": "Aide <b onmouseover=alert(7)>club</b> {{7*7}}", "theme": "<i>Sport</i>"}
    dossier = a_dossier(cast, published=True, **words)

    for page in ("/actes/", f"/actes/{dossier.act_number.lower()}/", f"/actes/?q={quote('<b onmouseover')}"):
        shown = Client().get(page).content.decode()
        assert "<b onmouseover" not in shown and "<i>Sport" not in shown
        assert escape("<b onmouseover=alert(7)>") in shown
