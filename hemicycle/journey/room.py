"""Seating the assembly as the affair says: so many present, so many proxies, so many votes of each kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hemicycle.journey.affair import AffairRefused, VoteFigures

if TYPE_CHECKING:
    # The figures are checked before the tables exist: no model may be imported here.
    from hemicycle.accounts.queries import Sitter


def seat(sitters: Sequence[Sitter], figures: VoteFigures) -> tuple[dict[int, str], list[tuple[int, int]]]:
    """Statuses by member, and proxies (giver, holder): the president first, one proxy per holder.

    Raises AffairRefused when the figures exceed the assembly.
    """
    check_figures(figures, in_office=len(sitters))
    ids = [s.member.pk for s in sitters]
    present = ids[: figures.present]
    givers = ids[figures.present : figures.present + figures.proxies]
    # The president keeps a free hand: the proxies go to the members next in order.
    proxies = list(zip(givers, present[1 : 1 + figures.proxies], strict=True))
    statuses = {pk: "present" if pk in present else "excused" for pk in ids}
    return statuses, proxies


def check_figures(figures: VoteFigures, *, in_office: int) -> None:
    """Raises AffairRefused when the figures exceed the assembly, or the members who could hold a proxy."""
    if figures.present + figures.proxies > in_office:
        raise AffairRefused(
            f"{figures.present} présents et {figures.proxies} pouvoirs dépassent les {in_office} membres "
            "en exercice ; corrigez [vote] dans affaire.toml."
        )
    # The president keeps a free hand: see `seat`.
    if figures.proxies > max(figures.present - 1, 0):
        raise AffairRefused(
            f"{figures.proxies} pouvoirs pour {figures.present} présents : un membre n’en reçoit qu’un (L3121-16) ; "
            "corrigez [vote] dans affaire.toml."
        )


def votes(sitters: Sequence[Sitter], voters: Sequence[int], figures: VoteFigures) -> dict[int, str]:
    """One vote per voter: the president and the majority for, the opposition against, whatever is left between."""
    groups = {s.member.pk: s.member.group for s in sitters}
    president = next(s.member.pk for s in sitters if s.office == "president")
    order = sorted(voters, key=lambda pk: (pk != president, not groups[pk].majority, groups[pk].rank, pk))
    values = (
        ["for"] * figures.for_
        + ["abstention"] * figures.abstentions
        + ["no_part"] * figures.no_part
        + ["against"] * figures.against
    )
    return dict(zip(order, values, strict=True))
