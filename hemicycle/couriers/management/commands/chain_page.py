"""Print docs/chain.md: `python -m django chain_page > docs/chain.md`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from hemicycle.couriers.itinerary import ITINERARY
from hemicycle.dossier.chain_page import chain_page


class Command(BaseCommand):
    help = "Prints the page of the chain, drawn from the table of moves and the itinerary."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(chain_page({e: [c.__name__ for c in cs] for e, cs in ITINERARY.items()}), ending="")
