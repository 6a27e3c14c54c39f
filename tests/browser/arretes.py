"""Two arrêtés of a running site, taken and their signature ordered: its couriers carry them to the préfecture."""

from __future__ import annotations

import datetime as dt
import json

from tests.browser.pile import cast_of_the_site, run_beside
from tests.browser.site import Site

#: Nature → object.
ARRETES = {"AR": "Circulation interdite sur la route départementale 12", "AI": "Agrément de Mme Lise Aubin"}


def lay_arretes(site: Site) -> dict[str, str]:
    """Nature → identifier of the dossier."""
    found: dict[str, str] = json.loads(run_beside(site, "tests.browser.arretes"))
    return found


def main() -> None:
    import django

    django.setup()
    from django.utils import timezone

    from hemicycle.chain.signing.actions.draw_up_act import draw_up_act
    from hemicycle.chain.signing.actions.order_signature import order_signature
    from hemicycle.chain.sitting.actions.take_decision import take_decision
    from tests.factories import a_circuit, a_dossier

    cast, circuit = cast_of_the_site(timezone.localdate()), a_circuit()
    before = timezone.now() - dt.timedelta(days=2)
    laid = {}
    for nature, subject in ARRETES.items():
        dossier = a_dossier(cast, ready=True, circuit=circuit, at=before, object=subject, nature=nature, body="")
        take_decision(dossier_id=dossier.id, agent=cast.clerk, at=timezone.now())
        act = draw_up_act(dossier_id=dossier.id, agent=cast.clerk, at=timezone.now())
        digest = act.frozen.sha256
        order_signature(dossier_id=dossier.id, sha256_read=digest, agent=cast.president, at=timezone.now())
        laid[nature] = str(dossier.id)
    print(json.dumps(laid))  # noqa: T201 - a program's own output


if __name__ == "__main__":
    main()
