"""What changed between two versions: found, counted, shown, and never a word lost."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.texts.comparison import Comparison, compare, summary, text_of
from hemicycle.texts.comparison_html import to_html
from hemicycle.texts.html import to_html as page
from hemicycle.texts.tree import clean, plain_text
from tests.texts.trees import bullets, cell, doc, docs, h, item, numbers, p, quote, table, text


def _kinds(comparison: Comparison) -> list[str]:
    return [change.kind for change in comparison.changes]


def _ins(words: str) -> str:
    return f'<ins><span class="visually-hidden">[ajouté : </span>{words}<span class="visually-hidden">]</span></ins>'


def _del(words: str) -> str:
    return f'<del><span class="visually-hidden">[supprimé : </span>{words}<span class="visually-hidden">]</span></del>'


@given(docs, docs)
def test_each_side_of_a_comparison_reads_as_its_version(old: dict[str, Any], new: dict[str, Any]) -> None:
    comparison = compare(old, new)

    assert text_of(comparison, "old") == plain_text(old)
    assert text_of(comparison, "new") == plain_text(new)


@given(docs, st.randoms(use_true_random=False))
def test_shuffling_removing_and_editing_blocks_loses_no_word(old: dict[str, Any], chance: random.Random) -> None:
    blocks = [block for block in old["content"] if chance.random() < 0.8]
    blocks += [*doc("Un alinéa entièrement neuf, ajouté à la fin.")["content"]]
    chance.shuffle(blocks)
    new = clean({"type": "doc", "content": blocks})

    comparison = compare(old, new)

    assert text_of(comparison, "old") == plain_text(old)
    assert text_of(comparison, "new") == plain_text(new)


@st.composite
def _rewritten(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """Paragraphs of a few words, then the same cut, joined, moved, edited."""
    words = st.sampled_from(
        ["le", "club", "dépense", "aide", "Article", "1", "2", "–", "12\u202f000", "€", "convention", "vote", ".", ","]
    )
    olds = draw(st.lists(st.lists(words, min_size=1, max_size=16), max_size=8))
    news: list[list[str]] = []
    for paragraph in olds:
        match draw(st.sampled_from(["keep", "cut", "join", "move", "edit", "drop"])):
            case "keep":
                news.append(paragraph)
            case "cut":
                at = draw(st.integers(0, len(paragraph)))
                news += [paragraph[:at], paragraph[at:]]
            case "join":
                news[-1:] = [[*news[-1], *paragraph]] if news else [paragraph]
            case "move":
                news.insert(draw(st.integers(0, len(news))), paragraph)
            case "edit":
                news.append([word if draw(st.booleans()) else draw(words) for word in paragraph])
    return doc(*map(" ".join, olds)), doc(*map(" ".join, news))


@given(_rewritten())
def test_cutting_joining_moving_and_editing_paragraphs_loses_no_word(
    texts: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    old, new = texts

    comparison = compare(old, new)

    assert text_of(comparison, "old") == plain_text(old)
    assert text_of(comparison, "new") == plain_text(new)
    kept_and_removed = re.sub(r"<ins\b.*?</ins>", "", to_html(comparison))
    assert all(word in kept_and_removed for word in re.findall(r"\w+", plain_text(old)) if len(word) > 8)


@given(docs)
def test_a_text_compared_with_itself_has_not_changed(same: dict[str, Any]) -> None:
    comparison = compare(same, same)

    assert comparison.is_same
    assert summary(comparison) == ""
    assert len(to_html(comparison)) == len(page(same))


def test_a_word_changed_in_a_paragraph_is_shown_in_place() -> None:
    old = doc("Le pont de la commune est fermé.", "Vu le code,")
    new = doc("Le pont du village est fermé.", "Vu le code,")

    comparison = compare(old, new)

    assert to_html(comparison) == (
        f"<p>Le pont {_del('de la commune')}{_ins('du village')} est fermé.</p><p>Vu le code,</p>"
    )
    assert summary(comparison) == "1 paragraphe modifié"


def test_an_amount_changes_whole() -> None:
    comparison = compare(doc("Soit 15\u202f000,00\u00a0€ au total."), doc("Soit 18\u202f000,00\u00a0€ au total."))

    assert _del("15\u202f000,00") + _ins("18\u202f000,00") in to_html(comparison)


def test_paragraphs_added_and_removed_are_counted() -> None:
    old = doc("Premier alinéa du rapport.", "Deuxième alinéa à retirer entièrement.", "Fin du rapport proposé.")
    new = doc("Premier alinéa du rapport, complété.", "Fin du rapport proposé.", "Une annexe nouvelle est jointe.")

    comparison = compare(old, new)

    assert _kinds(comparison) == ["changed", "removed", "same", "added"]
    assert summary(comparison) == "1 paragraphe modifié, 1 ajouté, 1 supprimé"


def test_a_moved_paragraph_is_said_to_be_moved_not_rewritten() -> None:
    first, second = "Un premier alinéa assez long pour compter.", "Un second passage, tout autre, sur la voirie."
    third = "Une troisième partie, qui parle du budget."

    comparison = compare(doc(first, second, third), doc(third, first, second))

    assert sorted(_kinds(comparison)) == ["moved", "moved_away", "same", "same"]
    assert summary(comparison) == "1 paragraphe déplacé"
    shown = to_html(comparison)
    assert "Déplacé ici (était plus bas, après «\u00a0Un second passage" in shown
    assert "Passage déplacé plus haut : </span>«\u00a0Une troisième partie" in shown
    assert "<ins>" not in shown


def test_a_moved_and_edited_paragraph_shows_its_edit() -> None:
    first, second = "Le département attribue une subvention au club.", "Un tout autre passage, sur la voirie locale."
    third = "La dépense est imputée sur les crédits du chapitre 65 du budget."

    comparison = compare(doc(first, second, third), doc(third.replace("65", "67"), first, second))

    assert _del("65") + _ins("67") in to_html(comparison)
    assert "moved" in _kinds(comparison)


def test_a_cell_is_compared_with_the_cell_of_its_column() -> None:
    old = doc(table(["Pont", "10 000 €"], ["Route", "5 000 €"], header=["Opération", "Montant"]))
    new = doc(table(["Pont", "12 500 €"], ["Route", "5 000 €"], header=["Opération", "Montant"]))

    comparison = compare(old, new)

    assert summary(comparison) == "1 cellule modifiée"
    assert f"<td>Pont</td><td>{_del('10 000')}{_ins('12 500')} €</td>" in to_html(comparison)
    assert '<th scope="col">Opération</th>' in to_html(comparison)


def test_a_row_added_and_a_row_removed_are_rows() -> None:
    old = doc(table(["Pont des Vertus", "10 000 €"], ["Mur de soutènement", "5 000 €"]))
    new = doc(table(["Pont des Vertus", "10 000 €"], ["Piste cyclable du canal", "7 300 €"], ["Total", "17 300 €"]))

    comparison = compare(old, new)

    assert summary(comparison) == "2 lignes de tableau ajoutées, 1 supprimée"
    assert f"<tr><td>{_ins('Total')}</td><td>{_ins('17 300 €')}</td></tr>" in to_html(comparison)


def test_a_caption_is_compared_too() -> None:
    comparison = compare(doc(table(["a"], caption="Dépenses 2026")), doc(table(["a"], caption="Dépenses 2027")))

    assert f"<caption>Dépenses {_del('2026')}{_ins('2027')}</caption>" in to_html(comparison)
    assert summary(comparison) == "1 tableau modifié"


def test_list_items_are_compared_one_by_one() -> None:
    old = doc(numbers("relevé géométrique,", item("diagnostic,", bullets("bois", "pierre")), "projet ;"))
    new = doc(numbers("relevé géométrique précis,", item("diagnostic,", bullets("bois", "pierre", "métal"))))

    assert summary(compare(old, new)) == "1 élément de liste modifié, 1 ajouté, 1 supprimé"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (doc("Titre"), doc(h(1, "Titre")), "1 titre remis en forme"),
        (doc("a b"), doc(p(text("a", "bold"), " b")), "1 paragraphe remis en forme"),
        (doc(bullets("a")), doc(numbers("a")), "1 liste remise en forme"),
        (doc(table([cell("a")])), doc(table([cell("a", align="right")])), "1 cellule remise en forme"),
    ],
)
def test_a_change_of_presentation_is_not_a_change_of_words(old: dict[str, Any], new: dict[str, Any], said: str) -> None:
    comparison = compare(old, new)

    assert not comparison.is_same
    assert summary(comparison) == said
    assert "<del>" not in to_html(comparison)


def test_a_whole_block_replaced_by_another_kind_is_removed_and_added() -> None:
    comparison = compare(doc(quote("Le coût est arrêté.")), doc(table(["a"])))

    assert sorted(_kinds(comparison)) == ["added", "removed"]


def test_markup_in_the_compared_texts_stays_text() -> None:
    shown = to_html(compare(doc("<b>a</b> et le reste"), doc("<i>a</i> et le reste")))

    assert "<b>" not in shown
    assert "&lt;" in shown


@given(docs, docs)
def test_what_is_shown_of_a_comparison_is_well_formed(old: dict[str, Any], new: dict[str, Any]) -> None:
    from lxml import etree

    shown = re.sub(r"<((?:br|img)\b[^>]*)>", r"<\1/>", to_html(compare(old, new)))

    etree.fromstring(f"<div>{shown}</div>")
