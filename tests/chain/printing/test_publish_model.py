"""Publishing a model: dated, for ever, and never for what was already drawn up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.printing import queries, settling
from hemicycle.chain.printing.actions.publish_model import DraftMoved, ModelRefused, NoDraft, TooEarly, publish_model
from hemicycle.chain.printing.document_models import chosen, in_force, printed
from hemicycle.chain.signing.actions.draw_up_act import draw_up_act
from hemicycle.chain.signing.documents import act_pdf
from hemicycle.chain.signing.expected import wanted
from hemicycle.chain.sitting.queries import ballot_of
from hemicycle.dossier import attachments
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.rendering.compile import RenderingRefused
from tests.cast import NOON, TODAY, Cast
from tests.chain.printing.models import drafted, published
from tests.factories import a_dossier
from tests.rendering.reading import words

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + dt.timedelta(days=1)


def test_a_version_prints_from_its_day_on(cast: Cast) -> None:
    version = published(cast, valid_from=TOMORROW)

    assert in_force("deliberation", on=TODAY) is None
    assert in_force("deliberation", on=TOMORROW) == version
    assert queries.kind("deliberation", on=TODAY).coming == (version,)


def test_of_two_versions_of_one_day_the_last_prints(cast: Cast) -> None:
    published(cast)

    second = published(cast, texts={"footer": "{numero}"})

    assert in_force("deliberation", on=TODAY) == second
    assert queries.kind("deliberation", on=TODAY).in_force == second


def test_an_act_is_printed_by_the_model_of_its_day(cast: Cast) -> None:
    published(cast, texts={"formula": "Le conseil départemental de l’essai,"})
    dossier = a_dossier(cast, adopted=True)

    act = draw_up_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    assert "Le conseil départemental de l'essai," in words(attachments.read(act.frozen)).replace("’", "'")
    assert dossier.prints.get().sha256 == act.frozen.sha256


def test_an_act_keeps_its_model_and_gives_the_same_bytes_again(cast: Cast) -> None:
    first = published(cast, texts={"formula": "Premier modèle,"})
    dossier = a_dossier(cast, adopted=True)
    act = draw_up_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    published(cast, texts={"formula": "Second modèle,"})

    by = chosen("deliberation", on=TOMORROW, dossier=dossier)
    ballot = ballot_of(dossier)
    assert ballot is not None and by.version == first
    dossier.refresh_from_db()
    again = act_pdf(dossier, ballot, wanted(dossier, ballot, on=TODAY), at=NOON, model=by.model)
    assert again == attachments.read(act.frozen)


def test_an_act_of_origin_keeps_the_origin(cast: Cast) -> None:
    dossier = a_dossier(cast, adopted=True)
    printed(chosen("deliberation", on=TODAY), b"%PDF", dossier=dossier, at=NOON)

    published(cast)

    assert chosen("deliberation", on=TODAY, dossier=dossier).version is None


def test_a_past_day_is_refused(cast: Cast, nothing_written: Any) -> None:
    draft = drafted(cast)

    with pytest.raises(TooEarly, match="un jour passé"), nothing_written():
        publish_model(
            kind="deliberation", seen=draft.revision, valid_from=TODAY - dt.timedelta(days=1), agent=cast.clerk, at=NOON
        )


def test_what_was_not_on_screen_is_not_published(cast: Cast, nothing_written: Any) -> None:
    draft = drafted(cast)

    with pytest.raises(DraftMoved), nothing_written():
        publish_model(kind="deliberation", seen=draft.revision + 1, valid_from=TODAY, agent=cast.clerk, at=NOON)


def test_without_a_draft_there_is_nothing_to_publish(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(NoDraft), nothing_written():
        publish_model(kind="deliberation", seen=1, valid_from=TODAY, agent=cast.clerk, at=NOON)


@pytest.mark.parametrize("fault", ["refused", "not archivable"])
def test_a_page_that_would_not_be_archivable_is_refused(
    cast: Cast, fault: str, monkeypatch: pytest.MonkeyPatch, nothing_written: Any
) -> None:
    draft = drafted(cast)

    def refused(*_: object) -> bytes:
        raise RenderingRefused("Transparence interdite.")

    if fault == "refused":
        monkeypatch.setattr(settling, "specimen", refused)
    else:
        monkeypatch.setattr(settling, "faults_of_pdf", lambda _: ["Le document obtenu n’est pas archivable."])

    with pytest.raises(ModelRefused, match=r"Transparence|archivable"), nothing_written():
        publish_model(kind="deliberation", seen=draft.revision, valid_from=TODAY, agent=cast.clerk, at=NOON)


@pytest.mark.parametrize("who", ["drafter", "administrator", "outsider"])
def test_only_the_service_des_assemblees_publishes(cast: Cast, who: str, nothing_written: Any) -> None:
    draft = drafted(cast)

    with pytest.raises(NotEntitled), nothing_written():
        publish_model(kind="deliberation", seen=draft.revision, valid_from=TODAY, agent=getattr(cast, who), at=NOON)
