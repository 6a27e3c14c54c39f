"""The right to do without a visa, held by few."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role

ROLES = (Role.CHIEF_EXECUTIVE, Role.PRESIDENT)


def role_of(agent: Agent, *, on: dt.date) -> str:
    """The role by which the agent may do without a visa on that day; empty for everybody else."""
    return next((role for role in ROLES if accounts.holds(agent, role, on=on)), "")
