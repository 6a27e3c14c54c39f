"""The model of a document: its words are text and nothing else, its blocks keep what the law asks, its logo is said."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from hemicycle.rendering.conformance import faults_of_pdf
from hemicycle.rendering.model import ORIGIN, Logo, Model, filled
from hemicycle.rendering.model_acts import DELIBERATION
from hemicycle.rendering.model_checks import faults_of
from hemicycle.rendering.model_kinds import KINDS
from hemicycle.rendering.specimens import specimen
from tests.rendering.reading import faults, pages, words

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 9 L4 0 L9 9 Z" fill="#0b5563"/></svg>'
HOSTILE = (
    '#eval("1+1")',
    '#read("/etc/passwd")',
    "#import sys: *",
    "```raw``` $x^2$ *gras* _x_ = titre",
    "#{ panic() } \\u{41} <label> @ref",
    '"; #set page(fill: red); "',
)


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 120), (11, 85, 99)).save(out, "PNG")
    return out.getvalue()


def with_texts(**texts: str) -> Model:
    return Model(texts=texts)


def said(model: Model) -> list[str]:
    return [fault.sentence for fault in faults_of(DELIBERATION, model)]


@pytest.mark.parametrize("key", KINDS)
def test_the_origin_of_each_kind_is_whole(key: str) -> None:
    assert faults_of(KINDS[key], ORIGIN) == []
    assert faults_of_pdf(specimen(key, ORIGIN)) == []


@pytest.mark.parametrize("key", KINDS)
def test_every_block_of_a_kind_may_be_printed_in_its_order(key: str) -> None:
    parts = tuple(part.key for part in KINDS[key].parts)

    assert specimen(key, Model(parts=parts)) == specimen(key, ORIGIN)


def test_previews_with_a_logo_are_archivable_and_accessible(shared: Path, tmp_path: Path) -> None:
    logos = (
        Logo(data=png(), media_type="image/png", alt="Le logo"),
        Logo(data=SVG, media_type="image/svg+xml", alt="Le blason"),
    )
    files = {
        f"{key}-{rank}": specimen(key, Model(logo=logo, texts={"footer": "{departement}", "letterhead": "Tél. 00"}))
        for key in KINDS
        for rank, logo in enumerate(logos)
    }

    assert faults(shared, tmp_path, files) == []


def test_a_title_a_formula_and_the_foot_of_the_page_are_the_model_s() -> None:
    model = with_texts(
        formula="Le conseil départemental,",
        vote_title="Le vote",
        footer="{departement}, {numero}",
        letterhead="Tél. 01",
    )

    first, *_ = pages(specimen("deliberation", model))

    assert "Le conseil départemental," in first and "Tél. 01" in first
    assert "Département de l’Exemple, CP-2026-0000" in first.replace("'", "’")
    assert "Le vote" in words(specimen("deliberation", model))


def test_blocks_are_printed_in_the_order_of_the_model() -> None:
    parts = ("letterhead", "masthead", "body", "presence", "vote", "appeal", "signatures", "annexes")

    printed = words(specimen("deliberation", Model(parts=parts)))

    assert printed.index("Article 2") < printed.index("Présence au moment du vote") < printed.index("Voies et délais")
    assert printed.index("Voies et délais") < printed.index("Fait à")
    assert "Rapporteur" not in printed


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_looks_like_source_is_printed_as_it_is(hostile: str) -> None:
    assert faults_of(DELIBERATION, with_texts(formula=hostile)) == [] or "{" in hostile
    if "{" in hostile:
        return
    printed = "".join(words(specimen("deliberation", with_texts(formula=hostile))).split())

    assert "root:" not in printed
    assert hostile.split("(")[0].replace(" ", "")[:5] in printed


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({"footer": "{montant}"}, "le champ {montant}, qui n’existe pas ici ; les champs possibles sont {departement}"),
        ({"footer": "{numero"}, "une accolade seule"),
        ({"footer": "#{ panic() }"}, "n’existe pas ici"),
        ({"footer": "a" * 10_000}, "compte 10000 signes ; la limite est de 160"),
        ({"footer": "un\ndeux"}, "gardez une seule ligne"),
        ({"footer": "Fête 🎉"}, "U+1F389"),
        ({"footer": "a\x00b"}, "un caractère invisible"),
        ({"footer": "a\u202eb\ue000"}, "un caractère invisible"),
        ({"appeal": " "}, "R. 421-5"),
        ({"inconnu": "x"}, "n’a pas de texte « inconnu »"),
    ],
)
def test_words_that_cannot_be_kept_are_said(texts: dict[str, str], sentence: str) -> None:
    assert any(sentence in fault for fault in said(Model(texts=texts)))


ALL = tuple(part.key for part in DELIBERATION.parts)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (tuple(p for p in ALL if p != "signatures"), "L. 212-1"),
        (tuple(p for p in ALL if p != "appeal"), "R. 421-5"),
        (tuple(p for p in ALL if p != "vote"), "L. 3121-14"),
        (("masthead", "letterhead", *ALL[2:]), "reste en tête"),
        ((*ALL[:4], "signatures", "body", "vote", "appeal", "annexes"), "atteste ce qui précède sa signature"),
        ((*ALL, "appeal"), "deux fois"),
        ((*ALL, "publicite"), "n’a pas de bloc « publicite »"),
    ],
)
def test_blocks_that_the_law_keeps_stay_in_their_place(parts: tuple[str, ...], sentence: str) -> None:
    assert any(sentence in fault for fault in said(Model(parts=parts)))


def test_a_block_that_nothing_asks_for_may_be_left_out() -> None:
    assert said(Model(parts=tuple(p for p in ALL if p != "facts"))) == []


@pytest.mark.parametrize(
    ("logo", "field"),
    [
        (Logo(data=SVG, media_type="image/svg+xml", alt=" "), "alt"),
        (Logo(data=SVG, media_type="image/svg+xml", alt="🎉"), "alt"),
        (Logo(data=SVG, media_type="image/svg+xml", alt="Blason", height=90), "height"),
    ],
)
def test_a_logo_is_described_and_of_a_size_that_leaves_the_stamp_its_place(logo: Logo, field: str) -> None:
    assert [fault.field for fault in faults_of(DELIBERATION, Model(logo=logo))] == [field]


@pytest.mark.parametrize("key", KINDS)
def test_every_text_that_may_be_empty_may_be_left_so(key: str) -> None:
    bare = with_texts(**{words.key: "" for words in KINDS[key].words if not words.why})

    assert faults_of(KINDS[key], bare) == []
    assert faults_of_pdf(specimen(key, bare)) == []


def test_a_field_without_value_leaves_no_trace() -> None:
    assert filled("Séance du {date} à {heure}", {"date": "9 juillet"}) == "Séance du 9 juillet à"
    assert filled("a {x} b", {}) == "a b"


def test_the_same_model_gives_the_same_bytes() -> None:
    model = replace(ORIGIN, texts={"formula": "Le conseil départemental,"})

    assert specimen("deliberation", model) == specimen("deliberation", model)
    assert specimen("deliberation", model) != specimen("deliberation", ORIGIN)


def test_a_document_that_declares_nothing_is_told() -> None:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)

    assert len(faults_of_pdf(out.getvalue())) == 5
