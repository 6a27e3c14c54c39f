"""Lay a pile of acts before the president of a running site: `python -m tests.browser.pile 12`, with its settings.

The dossiers are laid as the tests lay them; the acts are drawn up by the real action, with real pages to sign.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.site import Site

if TYPE_CHECKING:
    from tests.cast import Cast

ROOT = Path(__file__).resolve().parents[2]


def lay_pile(site: Site, count: int) -> None:
    run_beside(site, "tests.browser.pile", str(count))


def run_beside(site: Site, module: str, *words: str) -> str:
    """What it prints: a program of its own, as another server of the same installation would be."""
    ours = ("HEMICYCLE_", "DJANGO_SETTINGS_MODULE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    data = site.folder / "data"
    environment = {
        **kept,
        "DJANGO_SETTINGS_MODULE": "hemicycle.config.settings.base",
        "HEMICYCLE_DATA": str(data),
        "HEMICYCLE_SECRET_KEY_FILE": str(data / "secret_key"),
    }
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    return done.stdout


def main(count: int) -> None:
    import django

    django.setup()
    from django.utils import timezone

    from hemicycle.chain.signing.actions.draw_up_act import draw_up_act
    from tests.factories import a_circuit, a_dossier, a_sitting

    now = timezone.now()
    cast = cast_of_the_site(now.date())
    before = now - dt.timedelta(days=2)
    sitting, circuit = a_sitting(cast, starts_at=now - dt.timedelta(days=1)), a_circuit()
    for rank in range(1, count + 1):
        subject = f"Subvention n° {rank} de la pile"
        dossier = a_dossier(cast, adopted=True, sitting=sitting, circuit=circuit, at=before, object=subject)
        draw_up_act(dossier_id=dossier.id, agent=cast.clerk, at=timezone.now())


def cast_of_the_site(on: dt.date) -> Cast:
    """The people of the demonstration, in the parts of the tests."""
    from hemicycle.accounts import queries as accounts
    from hemicycle.demonstration import cast as demonstration
    from tests.cast import Cast

    people = demonstration.cast(on=on)
    members = tuple(sitter.member for sitter in accounts.members_in_office("CP", on=on))
    signatory = accounts.president_signatory(on=on)
    assert signatory is not None
    own = {name: value for name, value in vars(people).items() if name != "unit"}
    unit = people.unit
    same = dict.fromkeys(("general", "pole", "direction", "service", "other_direction", "other_service"), unit)
    beside = dict.fromkeys(("colleague", "neighbour", "outsider"), people.drafter)
    return Cast(
        **own,
        **same,
        **beside,
        authority=accounts.authority(),
        members=members,
        former_member=members[-1],
        signatory=signatory,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
