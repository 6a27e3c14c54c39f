"""What an agent holds on a day, asked of the database once: posts, delegations, the tree of units.

A page asks the same questions of the same reader ten times over; its request carries one of these objects on its
agent (`attach`), and it goes with them. Without it every question is asked anew, as actions want it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from hemicycle.accounts.models import Agent, Delegation, Post, Unit


@dataclass(frozen=True, kw_only=True)
class Rights:
    """Each fact is read when it is first asked for, and never again."""

    agent_id: UUID
    on: dt.date

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        return tuple(Post.objects.on(self.on).filter(agent=self.agent_id).order_by("id"))

    @cached_property
    def delegations(self) -> tuple[Delegation, ...]:
        """Those in force that the agent holds, of both scopes, with their givers."""
        rows = Delegation.objects.on(self.on).filter(holder=self.agent_id).select_related("giver")
        return tuple(rows.order_by("id"))

    @cached_property
    def _tree(self) -> list[tuple[int, int | None]]:
        return tree()

    @property
    def roles(self) -> set[str]:
        """Roles held anywhere."""
        return {post.role for post in self.posts}

    def units(self, *roles: str) -> set[int]:
        """Ids of the units where one of the roles is held, and of all below them."""
        held = {post.unit_id for post in self.posts if post.role in roles and post.unit_id is not None}
        return below(held, self._tree) if held else held

    def around(self) -> set[int]:
        """Ids of the units of the agent's posts, and of all above them: where an internal word is read."""
        found = {post.unit_id for post in self.posts if post.unit_id is not None}
        above = dict(self._tree) if found else {}
        for unit in tuple(found):
            parent = above.get(unit)
            while parent is not None:
                found.add(parent)
                parent = above.get(parent)
        return found

    def principals(self, scope: str) -> list[Agent]:
        """Those in whose name the agent may act."""
        return [row.giver for row in self.delegations if row.scope == scope and row.giver.is_active]


def tree() -> list[tuple[int, int | None]]:
    """Every unit with the one above it."""
    return list(Unit.objects.values_list("pk", "parent_id"))


def below(units: set[int], parents: list[tuple[int, int | None]]) -> set[int]:
    """The units and all below them in that tree."""
    found = set(units)
    grown = True
    while grown:
        more = {pk for pk, parent in parents if parent in found} - found
        found |= more
        grown = bool(more)
    return found


def attach(agent: Agent, *, on: dt.date) -> None:
    """Let this very object answer from one reading, for as long as it lives: the time of one page."""
    agent.rights = Rights(agent_id=agent.pk, on=on)


def rights_of(agent: Agent, *, on: dt.date) -> Rights:
    """Those attached to the agent for that day; otherwise new ones."""
    known = agent.rights
    return known if known is not None and known.on == on else Rights(agent_id=agent.pk, on=on)
