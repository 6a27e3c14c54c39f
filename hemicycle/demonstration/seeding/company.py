"""Those who play, what they play with, and where they find each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Body, ElectedMember
from hemicycle.accounts.queries import Sitter
from hemicycle.couriers.world import World
from hemicycle.demonstration.cast import Cast, cast
from hemicycle.demonstration.seeding import library
from hemicycle.demonstration.seeding.affairs import BY_KEY
from hemicycle.demonstration.seeding.calendar import Calendar
from hemicycle.demonstration.seeding.script import Script
from hemicycle.dossier.models import Dossier
from hemicycle.texts.tree import Doc


@dataclass(frozen=True, kw_only=True)
class Company:
    """The state of the play: dossiers by key, as they are opened."""

    calendar: Calendar
    world: World
    script: Script = field(default_factory=Script)
    opened: dict[str, Dossier] = field(default_factory=dict)
    _casts: dict[str, Cast] = field(default_factory=dict)

    def cast(self, key: str) -> Cast:
        """The people around that dossier."""
        service = BY_KEY[key].service
        if service not in self._casts:
            self._casts[service] = cast(on=self.calendar.today, service=service)
        return self._casts[service]

    def dossier(self, key: str) -> Dossier:
        """The dossier as it is now."""
        found = self.opened[key]
        found.refresh_from_db()
        return found

    def text(self, key: str, name: str, *, first: tuple[tuple[str, str], ...] = ()) -> Doc:
        """A text of the dossier, dated of this year; `first` turns it into its first version."""
        return library.text(key, name, year=self.calendar.today.year, first=first)

    def sitters(self) -> list[Sitter]:
        """The members in office: the same in both bodies."""
        return accounts.members_in_office(Body.COUNCIL, on=self.calendar.today)

    def member(self, last_name: str) -> ElectedMember:
        return next(s.member for s in self.sitters() if s.member.agent.last_name == last_name)
