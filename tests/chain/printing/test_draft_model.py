"""Writing the draft of a model of document."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.printing import queries
from hemicycle.chain.printing.actions.draft_model import DraftMoved, ModelRefused, NoSuchKind
from hemicycle.chain.printing.document_models import in_force, model_of
from hemicycle.chain.printing.models import ModelVersion
from hemicycle.dossier.models import JournalEntry
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import TODAY, Cast
from tests.chain.printing.models import drafted, published
from tests.rendering.test_models import ALL, SVG, png

pytestmark = pytest.mark.django_db


def test_a_draft_is_kept_and_changes_nothing_printed(cast: Cast) -> None:
    draft = drafted(cast, texts={"footer": "{numero}", "overline": "République française"})

    assert (draft.number, draft.revision, draft.content["texts"]) == (1, 1, {"footer": "{numero}"})
    assert in_force("deliberation", on=TODAY) is None
    assert queries.kind("deliberation", on=TODAY).draft == draft
    assert JournalEntry.objects.filter(event="printing.model_drafted").count() == 1


def test_written_again_it_is_the_same_draft(cast: Cast) -> None:
    first = drafted(cast)

    again = drafted(cast, texts={"footer": "{numero}"}, seen=first.revision)

    assert (again.pk, again.number, again.revision) == (first.pk, 1, 2)
    assert drafted(cast, texts={"footer": "{numero}"}, seen=2).revision == 2


def test_a_draft_written_meanwhile_by_somebody_else_is_not_overwritten(cast: Cast, nothing_written: Any) -> None:
    drafted(cast)

    with pytest.raises(DraftMoved, match="a modifié ce brouillon"), nothing_written():
        drafted(cast, texts={"footer": "x"}, seen=0)


def test_a_logo_stays_with_its_words_until_it_is_removed(cast: Cast) -> None:
    drafted(cast, logo=png(), alt="Le logo", height=12)

    kept = drafted(cast, alt="Le logo du Département", height=14, seen=1)
    assert kept.content["logo"]["alt"] == "Le logo du Département"
    logo = model_of(kept.content).logo
    assert logo is not None and logo.data == png() and logo.height == 14

    assert drafted(cast, keep_logo=False, seen=2).content["logo"] is None


def test_the_draft_of_a_model_in_force_starts_with_its_logo(cast: Cast) -> None:
    published(cast, logo=SVG, alt="Le blason")

    assert drafted(cast, texts={"footer": "{numero}"}, alt="Le blason").content["logo"]["media_type"] == "image/svg+xml"


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"texts": {"footer": "{montant}"}}, "text:footer", "n’existe pas ici"),
        ({"texts": {"footer": "#" * 10_000}}, "text:footer", "10000 signes"),
        ({"parts": [p for p in ALL if p != "vote"]}, "parts", "L. 3121-14"),
        ({"logo": b"GIF89a", "alt": "x"}, "logo", "PNG ou JPEG"),
        ({"logo": SVG}, "alt", "Écrivez ce que montre le logo"),
    ],
)
def test_a_model_with_a_fault_is_refused_whole(
    cast: Cast, given: dict[str, Any], field: str, said: str, nothing_written: Any
) -> None:
    with pytest.raises(ModelRefused, match=said) as refused, nothing_written():
        drafted(cast, **given)

    assert refused.value.field == field


def test_every_fault_is_said_at_once(cast: Cast) -> None:
    with pytest.raises(ModelRefused) as refused:
        drafted(cast, texts={"footer": "{x}", "eyebrow": "{y}"}, parts=["body"])

    assert len(refused.value.faults) > 3


def test_a_document_without_model_is_refused(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(NoSuchKind), nothing_written():
        from hemicycle.chain.printing.actions.draft_model import draft_model
        from tests.cast import NOON

        draft_model(kind="facture", texts={}, parts=[], agent=cast.clerk, at=NOON)


@pytest.mark.parametrize("who", ["drafter", "administrator", "president", "outsider"])
def test_only_the_service_des_assemblees_writes_models(cast: Cast, who: str, nothing_written: Any) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        drafted(cast, agent=getattr(cast, who))

    assert not ModelVersion.objects.exists()
