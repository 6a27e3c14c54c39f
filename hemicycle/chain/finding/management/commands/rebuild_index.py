"""Make the index of the search again: `python -m django rebuild_index`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from hemicycle.chain.finding import index


class Command(BaseCommand):
    help = "Reads the words of every dossier anew. Nothing else is written; the site stays open meanwhile."

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = 0
        for done in index.rebuild():
            self.stdout.write(f"{done} dossiers lus")
        self.stdout.write(f"Index refait : {done} dossiers.")
