"""What the couriers do from time to time, whatever happens."""

from __future__ import annotations

from hemicycle.accounts import queries as accounts
from hemicycle.chain.drafting.actions.purge_uploads import purge_uploads
from hemicycle.couriers import antivirus
from hemicycle.couriers.world import World

#: Seconds between two rounds.
EVERY = 3600.0


def tidy(world: World) -> None:
    """Forget the files whose sending was given up two days ago; scan what joined before there was an antivirus."""
    purge_uploads(agent=accounts.courier(), at=world.clock())
    antivirus.scan_the_older(world)
