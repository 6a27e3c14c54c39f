"""Submitting a dossier to its circuit, and again after a correction."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from hemicycle.accounts.models import Post, Role
from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.circuit.actions.send_back import send_back
from hemicycle.chain.circuit.actions.submit import CircuitRefused, NotReady, submit
from hemicycle.chain.circuit.models import Circuit, CircuitRun, RunStep, StepKind, Visa
from hemicycle.chain.circuit.queries import steps_of
from hemicycle.chain.drafting.actions.restore_text import restore_text
from hemicycle.chain.drafting.actions.save_text import save_text
from hemicycle.chain.printing import trials
from hemicycle.dossier import access
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, SINCE, TODAY, Cast
from tests.chain import told
from tests.factories import REPORT, a_circuit, a_dossier, a_text, an_attachment

pytestmark = pytest.mark.django_db

LATER = NOON + dt.timedelta(hours=1)


def sent(cast: Cast, dossier: Dossier, circuit: Circuit | None = None, **given: Any) -> Any:
    if "circuit_id" not in given:
        given["circuit_id"] = (circuit or a_circuit()).pk
    fields: dict[str, Any] = {"agent": cast.drafter, "at": NOON}
    return submit(dossier_id=dossier.id, **(fields | given))


def labels(dossier: Dossier) -> list[str]:
    return [step.label for step in steps_of(dossier)]


def states(dossier: Dossier) -> list[str]:
    dossier.refresh_from_db()
    return [step.state for step in steps_of(dossier)]


def test_the_text_is_frozen_and_the_first_visa_asked_for(cast: Cast) -> None:
    dossier = a_dossier(cast)

    version = sent(cast, dossier, note=" Première version. ")

    dossier.refresh_from_db()
    assert (dossier.stage, dossier.version) == (Stage.IN_CIRCUIT, 1)
    assert (version.report, version.reason, version.author) == (REPORT, "Première version.", cast.drafter)
    assert states(dossier) == ["awaited", "missing", "missing"]
    first = RunStep.objects.order_by("order")[0]
    assert (first.opened_at, first.due_on) == (NOON, dt.date(2026, 11, 27))
    assert access.may_read(cast.head_of_service, dossier, on=TODAY)
    assert not access.may_read(cast.legal, dossier, on=TODAY)


def test_the_journal_binds_the_submission_to_the_digest(cast: Cast) -> None:
    dossier = a_dossier(cast)

    version = sent(cast, dossier, a_circuit(name="Circuit court"), agent=cast.colleague)

    assert told.by(cast.colleague, "drafter", "circuit.submitted")
    assert told.last()["facts"] == {"version": 1, "digest": version.digest, "circuit": "Circuit court"}


def test_a_circuit_changed_later_does_not_change_the_passage(cast: Cast) -> None:
    dossier, circuit = a_dossier(cast), a_circuit()
    sent(cast, dossier, circuit)

    circuit.steps.order_by("order")[1].delete()
    Post.objects.filter(agent=cast.legal).update(valid_to=TODAY)

    assert labels(dossier) == ["Chef de service", "Juridique", "Cabinet"]
    assert [p for step in steps_of(dossier) for p in step.people] == [
        cast.head_of_service,
        cast.legal,
        cast.cabinet,
    ]


@pytest.mark.parametrize(
    ("amount", "steps"),
    [
        (Decimal("23000.01"), ["Chef de service", "Finances", "Cabinet"]),
        (Decimal("23000.00"), ["Chef de service", "Cabinet"]),
        (None, ["Chef de service", "Cabinet"]),
    ],
)
def test_a_step_above_an_amount_is_asked_only_above_it(cast: Cast, amount: Decimal | None, steps: list[str]) -> None:
    circuit = a_circuit(Role.HEAD_OF_SERVICE, Role.FINANCE, Role.CABINET)
    circuit.steps.filter(role=Role.FINANCE).update(amount_over=Decimal(23000), why="car le montant dépasse 23 000 €")
    dossier = a_dossier(cast, amount=amount)

    sent(cast, dossier, circuit)

    assert labels(dossier) == steps


def test_an_optional_step_that_nobody_holds_is_left_out(cast: Cast) -> None:
    circuit = a_circuit(Role.FINANCE, Role.CABINET)
    circuit.steps.filter(role=Role.FINANCE).update(required=False)
    Post.objects.filter(role=Role.FINANCE).delete()
    dossier = a_dossier(cast)

    sent(cast, dossier, circuit)

    assert labels(dossier) == ["Cabinet"]


def test_a_required_step_that_nobody_holds_is_refused_in_one_sentence(cast: Cast, nothing_written: Any) -> None:
    dossier, circuit = a_dossier(cast), a_circuit()
    Post.objects.filter(role=Role.LEGAL).delete()

    with pytest.raises(CircuitRefused) as refusal, nothing_written():
        sent(cast, dossier, circuit)

    assert str(refusal.value) == (
        "Personne ne tient le rôle « juridique » attendu à l’étape « Juridique » ; "
        "désignez un titulaire ou choisissez un autre circuit."
    )


def test_a_step_of_one_person_held_by_two_is_refused(cast: Cast, nothing_written: Any) -> None:
    dossier, circuit = a_dossier(cast), a_circuit(Role.LEGAL, kind=StepKind.ONE)
    Post.objects.create(agent=cast.outsider, role=Role.LEGAL, valid_from=SINCE)

    with pytest.raises(CircuitRefused, match="attend une seule personne et 2 tiennent"), nothing_written():
        sent(cast, dossier, circuit)


def test_a_step_that_only_the_drafter_could_give_is_refused(cast: Cast, nothing_written: Any) -> None:
    dossier, circuit = a_dossier(cast, drafter=cast.head_of_service), a_circuit()

    with pytest.raises(CircuitRefused, match=r"Seul le rédacteur .* « Chef de service »"), nothing_written():
        sent(cast, dossier, circuit, agent=cast.head_of_service)


def test_the_drafter_is_not_among_those_awaited_when_there_are_others(cast: Cast) -> None:
    Post.objects.create(agent=cast.drafter, role=Role.LEGAL, valid_from=SINCE)
    dossier = a_dossier(cast)

    sent(cast, dossier, a_circuit(Role.LEGAL, kind=StepKind.ALL_OF))

    assert [step.people for step in steps_of(dossier)] == [(cast.legal,)]


def test_a_circuit_of_another_direction_inactive_or_unknown_is_refused(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    theirs, closed = a_circuit(unit=cast.other_direction), a_circuit()
    Circuit.objects.filter(pk=closed.pk).update(active=False)

    for circuit_id in (theirs.pk, closed.pk, 987654):
        with pytest.raises(CircuitRefused, match="pas proposé à Service des clubs"), nothing_written():
            sent(cast, dossier, circuit_id=circuit_id)


def test_a_circuit_of_the_direction_above_is_offered(cast: Cast) -> None:
    dossier = a_dossier(cast)

    sent(cast, dossier, a_circuit(unit=cast.direction))

    assert CircuitRun.objects.get().dossier == dossier


def test_an_empty_circuit_is_refused(cast: Cast, nothing_written: Any) -> None:
    dossier, circuit = a_dossier(cast), a_circuit()
    circuit.steps.all().delete()

    with pytest.raises(CircuitRefused, match="n’a aucune étape"), nothing_written():
        sent(cast, dossier, circuit)


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"report": {}}, "report", "Le rapport du dossier .* est vide"),
        ({"deliberation": {}}, "deliberation", "Le projet de délibération du dossier .* est vide"),
        ({"deliberation": a_text("Vu le code,", "Le projet est bon.")}, "deliberation", "n’a aucun article"),
        ({"rapporteur": None}, "rapporteur", "Choisissez le rapporteur"),
    ],
)
def test_what_every_dossier_needs_is_asked_first(
    cast: Cast, fields: dict[str, Any], field: str, sentence: str, nothing_written: Any
) -> None:
    dossier, circuit = a_dossier(cast, **fields), a_circuit()

    with pytest.raises(NotReady, match=sentence) as refusal, nothing_written():
        sent(cast, dossier, circuit)

    assert refusal.value.field == field


@pytest.mark.parametrize("who", ["neighbour", "head_of_service", "legal", "outsider"])
def test_whoever_does_not_draft_does_not_submit(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier, circuit = a_dossier(cast), a_circuit()

    with pytest.raises(NotEntitled), nothing_written():
        sent(cast, dossier, circuit, agent=getattr(cast, who))


@pytest.mark.parametrize("trait", ["in_circuit", "ready", "on_agenda", "adopted"])
def test_a_dossier_on_its_way_is_not_submitted_again(cast: Cast, trait: str, nothing_written: Any) -> None:
    dossier, circuit = a_dossier(cast, **{trait: True}), a_circuit()

    with pytest.raises(MoveNotAllowed, match="« soumis au circuit » n’est pas possible"), nothing_written():
        sent(cast, dossier, circuit)


# --- After a correction -----------------------------------------------------------------------------------------


def sent_back_by_the_lawyer(cast: Cast) -> Dossier:
    """The head of service gave a visa on version 1, then the lawyer asked for a correction."""
    dossier = a_dossier(cast)
    sent(cast, dossier)
    give_visa(dossier_id=dossier.id, agent=cast.head_of_service, version_read=1, at=NOON)
    send_back(dossier_id=dossier.id, agent=cast.legal, version_read=1, reason="Viser le code du sport.", at=NOON)
    return dossier


def test_with_a_changed_text_every_visa_is_asked_again(cast: Cast) -> None:
    dossier = sent_back_by_the_lawyer(cast)
    save_text(dossier_id=dossier.id, text="report", content=a_text("Corrigé."), agent=cast.drafter, at=LATER)

    version = sent(cast, dossier, at=LATER)

    assert version.number == 2
    assert states(dossier) == ["awaited", "sent_back", "missing"]
    assert Visa.objects.count() == 2
    assert RunStep.objects.get(order=1).opened_at == LATER


def test_with_the_same_text_the_visas_given_hold(cast: Cast) -> None:
    dossier = sent_back_by_the_lawyer(cast)

    version = sent(cast, dossier, at=LATER)

    assert version.number == 2
    assert states(dossier) == ["given", "awaited", "missing"]


def test_the_passage_keeps_its_circuit_after_a_correction(cast: Cast) -> None:
    dossier = sent_back_by_the_lawyer(cast)

    sent(cast, dossier, a_circuit(Role.CABINET), at=LATER)

    assert labels(dossier) == ["Chef de service", "Juridique", "Cabinet"]


def test_an_amount_changed_is_a_text_changed(cast: Cast) -> None:
    dossier = sent_back_by_the_lawyer(cast)
    Dossier.objects.filter(pk=dossier.pk).update(amount=Decimal(13000))

    sent(cast, dossier, at=LATER)

    assert states(dossier)[0] == "awaited"


def rewritten_then_restored(cast: Cast, text: str) -> Dossier:
    """Both texts rewritten after the lawyer sent it back, then version 1 taken again; version 2 keeps what was left."""
    dossier = sent_back_by_the_lawyer(cast)
    for name in ("report", "deliberation"):
        content = a_text("Article 1 – Le club reçoit 13 000 €.")
        save_text(dossier_id=dossier.id, text=name, content=content, agent=cast.drafter, at=LATER)
    restore_text(dossier_id=dossier.id, version=1, text=text, agent=cast.drafter, at=LATER)
    return dossier


def test_a_text_restored_whole_asks_the_visas_that_version_lacked(cast: Cast) -> None:
    dossier = rewritten_then_restored(cast, "both")

    version = sent(cast, dossier, at=LATER)

    assert version.number == 3
    assert states(dossier) == ["given", "awaited", "missing"]
    for agent in (cast.legal, cast.cabinet):
        give_visa(dossier_id=dossier.id, agent=agent, version_read=3, at=LATER)
    assert states(dossier) == ["given", "given", "given"]
    assert dossier.stage == Stage.READY


def test_a_text_restored_in_part_asks_every_visa_again(cast: Cast) -> None:
    dossier = rewritten_then_restored(cast, "report")

    version = sent(cast, dossier, at=LATER)

    assert (version.number, version.report) == (3, REPORT)
    assert states(dossier) == ["awaited", "sent_back", "missing"]


def test_what_a_restoration_kept_is_no_version_to_give_a_visa_on(cast: Cast) -> None:
    dossier = rewritten_then_restored(cast, "both")

    assert states(dossier) == ["stale", "sent_back", "missing"]
    with pytest.raises(MoveNotAllowed):
        give_visa(dossier_id=dossier.id, agent=cast.head_of_service, version_read=2, at=LATER)


def test_what_the_typesetter_refuses_holds_the_dossier_back(
    cast: Cast, nothing_written: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier, circuit = a_dossier(cast), a_circuit()
    monkeypatch.setattr(trials, "judged", lambda *_, **__: "La délibération ne peut pas être mise en page : Raison.")

    with pytest.raises(NotReady, match="mise en page : Raison") as refused, nothing_written():
        submit(dossier_id=dossier.id, circuit_id=circuit.pk, agent=cast.drafter, at=NOON)

    assert refused.value.field == "deliberation"


def test_an_annex_without_pages_holds_the_dossier_back(cast: Cast, nothing_written: Any) -> None:
    dossier, circuit = a_dossier(cast), a_circuit()
    an_attachment(dossier, b"text", by=cast.drafter, title="Plan", media_type="application/vnd.oasis.opendocument.text")

    with pytest.raises(NotReady, match="L’annexe « Plan »"), nothing_written():
        submit(dossier_id=dossier.id, circuit_id=circuit.pk, agent=cast.drafter, at=NOON)


def test_the_other_faults_are_counted(cast: Cast, nothing_written: Any) -> None:
    words = a_text("Article 1 – Une aide de … €.", "Article 2 – [à préciser].")
    dossier, circuit = a_dossier(cast, deliberation=words), a_circuit()

    with pytest.raises(NotReady, match="Un autre point est à reprendre"), nothing_written():
        submit(dossier_id=dossier.id, circuit_id=circuit.pk, agent=cast.drafter, at=NOON)


def test_the_submission_keeps_the_answer_of_the_typesetter(cast: Cast) -> None:
    dossier, circuit = a_dossier(cast), a_circuit()

    submit(dossier_id=dossier.id, circuit_id=circuit.pk, agent=cast.drafter, at=NOON)

    trial = trials.last_of(dossier)
    assert trial is not None and trial.possible and trial.digest == trials.digest_of(dossier)
