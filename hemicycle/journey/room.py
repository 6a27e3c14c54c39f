"""Seating the assembly as the affair says: so many present, so many proxies, so many votes of each kind."""

from __future__ import annotations

from collections.abc import Sequence

from hemicycle.accounts.queries import Sitter
from hemicycle.journey.affair import AffairRefused, VoteFigures


def seat(sitters: Sequence[Sitter], figures: VoteFigures) -> tuple[dict[int, str], list[tuple[int, int]]]:
    """Statuses by member, and proxies (giver, holder): the president first, one proxy per holder.

    Raises AffairRefused when the figures exceed the assembly.
    """
    if figures.present + figures.proxies > len(sitters):
        raise AffairRefused(
            f"{figures.present} présents et {figures.proxies} pouvoirs dépassent les {len(sitters)} membres "
            "en exercice ; corrigez [vote] dans affaire.toml."
        )
    if figures.proxies > figures.present - 1:
        raise AffairRefused(
            f"{figures.proxies} pouvoirs pour {figures.present} présents : un membre n’en reçoit qu’un (L3121-16)."
        )
    ids = [s.member.pk for s in sitters]
    present = ids[: figures.present]
    givers = ids[figures.present : figures.present + figures.proxies]
    # The president keeps a free hand: the proxies go to the members next in order.
    proxies = list(zip(givers, present[1 : 1 + figures.proxies], strict=True))
    statuses = {pk: "present" if pk in present else "excused" for pk in ids}
    return statuses, proxies


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
