"""What goes wrong in the programs that départements use today (design: peers, section 2.2), and does not in ours."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from hemicycle.accounts.models import Post, Role
from hemicycle.chain.circuit.actions.amend import amend
from hemicycle.chain.circuit.actions.give_visa import NotYourTurn, give_visa
from hemicycle.chain.circuit.actions.send_back import send_back
from hemicycle.chain.circuit.actions.submit import submit
from hemicycle.chain.circuit.models import StepKind, Visa
from hemicycle.chain.circuit.queries import required_of, steps_of
from hemicycle.chain.drafting.actions.link_dossier import link_dossier
from hemicycle.chain.drafting.actions.save_text import save_text
from hemicycle.chain.drafting.actions.write_comment import write_comment
from hemicycle.chain.drafting.writing import TextFrozen
from hemicycle.chain.sitting.actions.put_on_agenda import AgendaRefused, put_on_agenda
from hemicycle.dossier import attachments, versions
from hemicycle.dossier.models import Comment, Dossier, Version
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, SINCE, Cast
from tests.chain import told
from tests.factories import a_circuit, a_dossier, a_sitting, a_text, an_attachment

pytestmark = pytest.mark.django_db

OTHER = a_text("Un tout autre rapport.")


def in_circuit(cast: Cast) -> Dossier:
    dossier = a_dossier(cast)
    submit(dossier_id=dossier.id, circuit_id=a_circuit().pk, agent=cast.drafter, at=NOON)
    dossier.refresh_from_db()
    return dossier


def visa(dossier: Dossier, agent: Any, version: int = 1) -> Visa:
    return give_visa(dossier_id=dossier.id, agent=agent, version_read=version, at=NOON)


# --- Web-delib: a refusal makes a new identifier; links and mails point to the old one, the history is split -----


def test_a_refusal_keeps_the_dossier_its_number_its_links_and_its_annexes(cast: Cast) -> None:
    earlier = a_dossier(cast, adopted=True)
    dossier = a_dossier(cast)
    annex = an_attachment(dossier, by=cast.drafter)
    link_dossier(dossier_id=dossier.id, target_id=earlier.id, kind="modifies", agent=cast.drafter, at=NOON)
    submit(dossier_id=dossier.id, circuit_id=a_circuit().pk, agent=cast.drafter, at=NOON)
    write_comment(dossier_id=dossier.id, text="Voir l’article 2.", agent=cast.head_of_service, at=NOON)
    before = (dossier.id, dossier.number)

    send_back(dossier_id=dossier.id, agent=cast.head_of_service, version_read=1, reason="À revoir.", at=NOON)
    save_text(dossier_id=dossier.id, text="report", content=OTHER, agent=cast.drafter, at=NOON)
    submit(dossier_id=dossier.id, circuit_id=0, agent=cast.drafter, at=NOON)

    (after,) = Dossier.objects.exclude(pk=earlier.pk)
    assert (after.id, after.number) == before
    assert [link.target for link in after.links.order_by("id")] == [earlier]
    assert list(attachments.annexes_of(after)) == [annex]
    assert Comment.objects.get().dossier == after
    assert list(Version.objects.filter(dossier=after).order_by("number").values_list("number", flat=True)) == [1, 2]
    assert [e for e in told.events(after) if e.startswith("circuit.")] == [
        "circuit.submitted",
        "circuit.sent_back",
        "circuit.submitted",
    ]


# --- Web-delib: whoever is to validate later may edit, out of turn ---------------------------------------------


@pytest.mark.parametrize("who", ["legal", "cabinet", "drafter", "colleague", "clerk", "director", "president"])
def test_nobody_edits_the_text_while_it_is_another_s_turn(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier, agent = in_circuit(cast), getattr(cast, who)

    with pytest.raises(NotYourTurn), nothing_written():
        amend(dossier_id=dossier.id, agent=agent, version_read=1, text="report", content=OTHER, at=NOON)
    with pytest.raises(ActionRefused), nothing_written():
        save_text(dossier_id=dossier.id, text="report", content=OTHER, agent=agent, at=NOON)


def test_not_even_those_who_write_it_once_it_is_submitted(cast: Cast, nothing_written: Any) -> None:
    dossier = in_circuit(cast)

    for agent in (cast.drafter, cast.colleague, cast.clerk):
        with pytest.raises(TextFrozen), nothing_written():
            save_text(dossier_id=dossier.id, text="deliberation", content=OTHER, agent=agent, at=NOON)


# --- Web-delib: the visas already given survive a change of the text -------------------------------------------


def test_a_visa_given_on_another_text_is_asked_again_and_keeps_the_dossier_off_the_agenda(
    cast: Cast, nothing_written: Any
) -> None:
    dossier, sitting = in_circuit(cast), a_sitting(cast)
    for agent in (cast.head_of_service, cast.legal):
        visa(dossier, agent)
    amend(dossier_id=dossier.id, agent=cast.cabinet, version_read=1, text="report", content=OTHER, at=NOON)
    visa(dossier, cast.cabinet, 2)

    dossier.refresh_from_db()
    assert dossier.stage == Stage.IN_CIRCUIT
    assert [(v.state, v.stale_version) for v in required_of(dossier)] == [
        ("missing", 1),
        ("missing", 1),
        ("given", None),
    ]
    with pytest.raises(AgendaRefused, match="il manque Chef de service, Juridique"), nothing_written():
        put_on_agenda(sitting_id=sitting.id, dossier_id=dossier.id, agent=cast.clerk, at=NOON)


def test_even_a_text_changed_behind_the_program_s_back_reaches_no_agenda(cast: Cast, nothing_written: Any) -> None:
    dossier, sitting = a_dossier(cast, ready=True), a_sitting(cast)
    Dossier.objects.filter(pk=dossier.pk).update(report=OTHER)
    dossier.refresh_from_db()
    versions.freeze(dossier, by=cast.drafter, at=NOON)

    with pytest.raises(AgendaRefused, match="n’a pas tous ses visas"), nothing_written():
        put_on_agenda(sitting_id=sitting.id, dossier_id=dossier.id, agent=cast.clerk, at=NOON)


def test_every_visa_names_the_version_and_the_digest_that_were_read(cast: Cast) -> None:
    dossier = in_circuit(cast)
    given = visa(dossier, cast.head_of_service)
    read = versions.current(dossier)

    amend(dossier_id=dossier.id, agent=cast.legal, version_read=1, text="report", content=OTHER, at=NOON)

    for row in (given, dossier):
        row.refresh_from_db()
    assert (given.version, given.digest, given.annulled_at) == (1, read.digest, None)
    assert given.digest != versions.current(dossier).digest
    assert [step.state for step in steps_of(dossier)] == ["stale", "awaited", "missing"]


# --- Two people of one step at the same instant ----------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_people_of_one_step_give_one_visa(cast: Cast) -> None:
    Post.objects.create(agent=cast.outsider, role=Role.LEGAL, valid_from=SINCE)
    dossier = a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.LEGAL, kind=StepKind.ONE_OF))
    together, refused = threading.Barrier(2), list[str]()

    def give(agent: Any) -> None:
        together.wait(timeout=10)
        try:
            visa(dossier, agent)
        except ActionRefused as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=(agent,)) for agent in (cast.legal, cast.outsider)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    dossier.refresh_from_db()
    assert (dossier.stage, Visa.objects.count(), len(refused)) == (Stage.READY, 1, 1)
    assert told.events(dossier).count("circuit.visa_given") == 1
