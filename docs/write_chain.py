"""Write docs/chain.md from the table of moves and the itinerary: `make docs`."""

from __future__ import annotations

import os
from pathlib import Path

PAGE = Path(__file__).resolve().parent / "chain.md"


def page() -> str:
    """The whole page, in Markdown."""
    from hemicycle.couriers.itinerary import ITINERARY
    from hemicycle.dossier.stages import MOVES, Stage

    lines = [
        "# The chain",
        "",
        "Written by `make docs` from `hemicycle/dossier/stages.py` and `hemicycle/couriers/itinerary.py`: change",
        "those, never this page. A dossier is always at one stage; only a move of this table takes it to another.",
        "",
        "```mermaid",
        "stateDiagram-v2",
        *(f'    state "{stage.label}" as {stage.value}' for stage in Stage),
        f"    [*] --> {Stage.DRAFTING.value}",
        *(
            f"    {source.value} --> {passage.target.value}: {passage.label}"
            for passage in MOVES.values()
            for source in passage.sources
        ),
        "```",
        "",
        "## Moves",
        "",
        "| Move | From | To | In French |",
        "|---|---|---|---|",
        *(
            f"| `{move.value}` | {', '.join(s.label for s in passage.sources)} | {passage.target.label} "
            f"| {passage.label} |"
            for move, passage in MOVES.items()
        ),
        "",
        "## What follows by itself",
        "",
        "An act writes its room and the journal, nothing else. What must follow is carried by the couriers, from here:",
        "",
        "| When this is in the journal | these carry |",
        "|---|---|",
        *(f"| `{event}` | {', '.join(f'`{c.__name__}`' for c in carriers)} |" for event, carriers in ITINERARY.items()),
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.config.settings.base")
    # No secret is used, but the settings refuse to start without one.
    os.environ.setdefault("HEMICYCLE_SECRET_KEY", "docs")
    import django

    django.setup()
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
