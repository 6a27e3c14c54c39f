"""What the couriers do from time to time, whatever happens."""

from __future__ import annotations

from hemicycle.accounts import queries as accounts
from hemicycle.chain.drafting.actions.purge_uploads import purge_uploads
from hemicycle.chain.signing import gestures
from hemicycle.chain.telling.actions.forget_news import forget_news
from hemicycle.couriers import antivirus, connectors, prefecture, proofs
from hemicycle.couriers.world import World

#: Seconds between two rounds.
EVERY = 3600.0


def tidy(world: World) -> None:
    """Forget the files whose sending was given up and the news told long ago; scan what joined before the antivirus.

    Tell what the préfecture leaves unanswered, and ask it for its nomenclature. Test the outside systems each night.
    """
    gestures.forget_codes(now=world.clock())
    purge_uploads(agent=accounts.courier(), at=world.clock())
    forget_news(agent=accounts.courier(), at=world.clock())
    proofs.follow(world)
    antivirus.scan_the_older(world)
    prefecture.note_silences(world)
    prefecture.ask_each_day(world)
    connectors.check_each_night(world)
