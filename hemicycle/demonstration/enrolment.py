"""A certificate for each signatory, from the certification authority of the troupe."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Signatory
from hemicycle.demonstration.troupe import Troupe


def enrol_all(troupe: Troupe, *, on: dt.date) -> None:
    """Those whose key is a file; a key already there is kept."""
    organisation = accounts.authority().name
    for row in Signatory.objects.on(on).select_related("agent").order_by("pk"):
        if ":" not in row.key_name:
            troupe.enrol(
                row.key_name,
                given_name=row.agent.first_name,
                surname=row.agent.last_name,
                organisation=organisation,
                # An attribute of a name has 64 characters at most (RFC 5280, appendix A).
                title=row.capacity[:64],
            )
