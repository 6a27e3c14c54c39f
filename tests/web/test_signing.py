"""The signatory's pile and the register."""

from __future__ import annotations

import pytest

from hemicycle.accounts.models import Signatory
from hemicycle.chain.signing.actions.note_key_codes import note_key_codes
from hemicycle.chain.signing.actions.reopen_gesture import reopen_gesture
from hemicycle.chain.signing.codes import unseal
from hemicycle.chain.signing.models import Act, SigningGesture
from hemicycle.dossier.models import Dossier, Errand
from hemicycle.dossier.stages import Stage
from tests.after_vote import FROZEN
from tests.cast import NOON, PASSWORD, Cast
from tests.factories import a_dossier
from tests.signed_acts import an_act_by_delegation, an_act_of_two, signed_by_the_secretary
from tests.web.conftest import Enter

pytestmark = pytest.mark.django_db


def key_of(dossier: Dossier) -> str:
    act = Act.objects.select_related("frozen").get(dossier=dossier)
    return f"{dossier.id}/{act.frozen.sha256}"


def state_of(dossier: Dossier) -> str:
    return Act.objects.get(dossier=dossier).state


def test_several_acts_are_signed_in_one_gesture_with_the_password(cast: Cast, enter: Enter) -> None:
    dossiers = [a_dossier(cast, to_sign=True), a_dossier(cast, to_sign=True)]

    answer = enter(cast.president).post(
        "/a-signer/signer", {"acts": [key_of(d) for d in dossiers], "password": PASSWORD}, follow=True
    )

    assert [state_of(d) for d in dossiers] == ["ordered", "ordered"]
    assert "signature en cours" in answer.content.decode()


def test_a_wrong_password_signs_nothing_and_keeps_the_choice(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, to_sign=True)

    answer = enter(cast.president).post("/a-signer/signer", {"acts": [key_of(dossier)], "password": "autre"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ce mot de passe n’est pas le vôtre" in page
    assert f'value="{key_of(dossier)}" checked' in page
    assert state_of(dossier) == "to_sign"


def test_without_a_password_nothing_is_signed(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, to_sign=True)

    answer = enter(cast.president).post("/a-signer/signer", {"acts": [key_of(dossier)], "password": ""})

    assert answer.status_code == 409
    assert state_of(dossier) == "to_sign"


def test_an_act_that_is_not_the_one_read_is_not_signed_and_leaves_the_others(cast: Cast, enter: Enter) -> None:
    good, other = a_dossier(cast, to_sign=True), a_dossier(cast, to_sign=True)

    answer = enter(cast.president).post(
        "/a-signer/signer", {"acts": [key_of(good), f"{other.id}/{'0' * 64}"], "password": PASSWORD}, follow=True
    )

    page = answer.content.decode()
    assert f"Acte {other.act_number} : L’acte n’est plus celui que vous avez lu" in page
    assert [state_of(good), state_of(other)] == ["ordered", "to_sign"]


def test_a_stale_choice_alone_is_refused_on_the_list(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, to_sign=True)

    answer = enter(cast.president).post(
        "/a-signer/signer", {"acts": [f"{dossier.id}/{'0' * 64}"], "password": PASSWORD}
    )

    assert answer.status_code == 409
    assert "n’est plus celui que vous avez lu" in answer.content.decode()
    assert state_of(dossier) == "to_sign"


def test_all_the_acts_are_chosen_at_once_each_with_its_whole_digest(cast: Cast, enter: Enter) -> None:
    dossiers = [a_dossier(cast, to_sign=True), a_dossier(cast, to_sign=True)]

    page = enter(cast.president).get("/a-signer/?choisir=tous").content.decode()

    for dossier in dossiers:
        assert f'value="{key_of(dossier)}" checked' in page
        assert f">{key_of(dossier).split('/')[1]}<" in page


def test_what_holds_the_signatures_up_is_said_and_nothing_is_lost(cast: Cast, enter: Enter) -> None:
    dossiers = [a_dossier(cast, to_sign=True), a_dossier(cast, to_sign=True)]
    president = enter(cast.president)
    president.post("/a-signer/signer", {"acts": [key_of(d) for d in dossiers], "password": PASSWORD})
    said = "Le service d’horodatage ne répond pas."
    Errand.objects.filter(entry__event="signing.signature_ordered").update(carrier="sign", last_error=said)

    page = president.get("/a-signer/").content.decode()

    assert said in page
    assert "Rien n’est perdu" in page
    assert "acte signé sur 2" in page


def test_the_second_signatory_is_given_the_file_with_the_first_signature(cast: Cast, enter: Enter) -> None:
    dossier, _, secretary = an_act_of_two(cast)
    signed = signed_by_the_secretary(cast, dossier, secretary)

    president = enter(cast.president)

    assert president.get(f"/a-signer/{dossier.id}/acte.pdf").content == signed
    assert "attend son tour" not in president.get(f"/a-signer/{dossier.id}/").content.decode()


def test_a_delegate_reads_and_orders_in_the_president_s_stead(cast: Cast, enter: Enter) -> None:
    dossier, act, delegate = an_act_by_delegation(cast)
    door = enter(delegate)

    page = door.get(f"/a-signer/{dossier.id}/").content.decode()
    door.post("/a-signer/signer", {"acts": [f"{dossier.id}/{act.frozen.sha256}"], "password": PASSWORD})

    assert "par délégation de Jean Valmorin" in page
    assert "Pour le Président et par délégation" in page
    assert state_of(dossier) == "ordered"


def test_another_agent_has_an_empty_pile_and_cannot_sign(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, to_sign=True)
    clerk = enter(cast.clerk)

    answer = clerk.post("/a-signer/signer", {"acts": [key_of(dossier)], "password": PASSWORD})

    assert "La pile est vide" in clerk.get("/a-signer/").content.decode()
    assert clerk.get(f"/a-signer/{dossier.id}/").status_code == 404
    assert clerk.get(f"/a-signer/{dossier.id}/acte.pdf").status_code == 404
    assert answer.status_code == 409
    assert state_of(dossier) == "to_sign"


def test_the_reading_page_shows_the_text_and_the_digest_of_the_very_bytes(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, to_sign=True)
    president = enter(cast.president)

    page = president.get(f"/a-signer/{dossier.id}/").content.decode()

    assert "Une subvention de 12" in page
    assert key_of(dossier).split("/")[1] in page
    assert president.get(f"/a-signer/{dossier.id}/acte.pdf").content == FROZEN


def test_refusing_asks_for_a_reason(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, to_sign=True)
    president = enter(cast.president)

    refused = president.post(f"/a-signer/{dossier.id}/refuser", {"reason": ""})
    president.post(f"/a-signer/{dossier.id}/refuser", {"reason": "Le montant est faux."})

    dossier.refresh_from_db()
    assert refused.status_code == 409
    assert "Dites pourquoi l’acte n’est pas signé" in refused.content.decode()
    assert dossier.stage == Stage.ADOPTED


def test_the_register_shows_only_the_acts_that_the_agent_may_read(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, signed=True)

    assert dossier.act_number in enter(cast.drafter).get("/actes/registre/").content.decode()
    assert dossier.act_number not in enter(cast.neighbour).get("/actes/registre/").content.decode()


def test_the_register_is_filtered_by_words(cast: Cast, enter: Enter) -> None:
    a_dossier(cast, signed=True, object="Achat de vélos")
    a_dossier(cast, signed=True, object="Aide aux bibliothèques")

    page = enter(cast.clerk).get("/actes/registre/", {"q": "vélos"}).content.decode()

    assert "Achat de vélos" in page
    assert "Aide aux bibliothèques" not in page


def test_a_key_that_wants_a_code_has_it_typed_in_the_same_gesture(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, to_sign=True)
    key = Signatory.objects.get(agent=cast.president).key_name
    note_key_codes(key_name=key, codes=["OTP"], agent=cast.courier, at=NOON)
    president = enter(cast.president)
    said = {"acts": [key_of(dossier)], "password": PASSWORD}

    page = president.get(f"/a-signer/{dossier.id}/").content.decode()
    without = president.post("/a-signer/signer", said)
    before = state_of(dossier)
    president.post("/a-signer/signer", said | {"otp": "731946"})

    gesture = SigningGesture.objects.get()
    assert 'name="otp"' in page and "one-time-code" in page
    assert without.status_code == 409 and "code à usage unique" in without.content.decode()
    assert (before, state_of(dossier)) == ("to_sign", "ordered")
    assert unseal(bytes(gesture.sealed_codes)) == {"OTP": "731946"}


def test_why_the_acts_came_back_is_said_on_the_pile_and_on_the_act(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, to_sign=True)
    president = enter(cast.president)
    president.post("/a-signer/signer", {"acts": [key_of(dossier)], "password": PASSWORD})
    gesture = SigningGesture.objects.get()
    reason = "Le code à usage unique est refusé."
    reopen_gesture(gesture_id=gesture.pk, reason=reason, agent=cast.courier, at=NOON)

    pile = president.get("/a-signer/").content.decode()
    reading = president.get(f"/a-signer/{dossier.id}/").content.decode()

    assert reason in pile and key_of(dossier) in pile
    assert reason in reading
