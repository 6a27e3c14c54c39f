"""What would break far from here, after the vote, is refused while the object is typed."""

from __future__ import annotations

import pytest

from hemicycle.chain.drafting.rules import NotAccepted, accept_object, clean_name


@pytest.mark.parametrize("formula", ["=HYPERLINK(1)", "+33 1", "-2+3", "@SUM(A1)", "\u200b=1", " \x01=1"])
def test_an_object_that_a_spreadsheet_would_run_is_refused(formula: str) -> None:
    with pytest.raises(NotAccepted, match="formule de tableur"):
        accept_object(formula)


@pytest.mark.parametrize("text", ["Aide <script>", "Aide &lt;b&gt;", "Aide <!-- -->", "Voir javascript:alert(1)"])
def test_an_object_that_the_archive_would_refuse_is_refused_now(text: str) -> None:
    with pytest.raises(NotAccepted, match="L’objet « "):
        accept_object(text)


def test_an_object_keeps_its_words_and_loses_what_nobody_sees() -> None:
    assert accept_object("Aide\x01 au\u202e club\u200b\r\n de Clérande : 3 < 5 & 100 €") == (
        "Aide au club de Clérande : 3 < 5 & 100 €"
    )


def test_a_file_cannot_hide_its_extension_behind_an_override() -> None:
    assert clean_name("facture\u202efdp.exe") == "facturefdp.exe"
    assert clean_name("../../etc/passwd\r\nX: y") == "passwdX: y"


def test_a_file_is_not_named_with_markup() -> None:
    with pytest.raises(NotAccepted, match="Le nom du fichier"):
        clean_name("<script>.pdf")
