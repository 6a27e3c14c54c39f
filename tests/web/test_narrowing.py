"""What narrows a list, as the page shows it."""

from __future__ import annotations

from hemicycle.web.narrowing import Menu


def test_a_menu_is_written_as_django_writes_it_with_what_was_chosen() -> None:
    menu = Menu(choices=[("", "toutes"), ("dep", "Direction de l’éducation"), ("<b>", "A & B")])

    written = menu.render("direction", "dep", {"id": "id_direction"})

    assert '<select id="id_direction" name="direction">' in written
    assert '<option value="dep" selected>Direction de l’éducation</option>' in written
    assert '<option value="&lt;b&gt;">A &amp; B</option>' in written
    assert written.count("selected") == 1
