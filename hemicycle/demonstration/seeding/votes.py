"""Who was in the room at the past sitting, and how each group voted on each item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hemicycle.accounts.queries import Sitter
from hemicycle.demonstration import signatories
from hemicycle.demonstration.assembly import CENTRE, TERRITORIES, UNION

SECRETARY = signatories.SECRETARY
#: Away without a proxy; then giver → holder, each within a group.
AWAY = ("Guermantin", "Sellaoui")
PROXIES = {
    "Bonnardeau": "Diagnelle",
    "Delabrosse": "Mareuillac",
    "Rivalanges": "Joncheray",
    "Pommeraye": "Tréfontaine",
    "Nerval-Brun": "Pontarlan",
}


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Everybody is for, but these groups and these members."""

    kind: str = "ordinary"
    groups: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, str] = field(default_factory=dict)


#: On the marais, two groups are not enough to reject: four members of a third make the difference.
BALLOTS: dict[str, Choices] = {
    "festivals": Choices(),
    "restauration": Choices(kind="public", groups={UNION.name: "against", CENTRE.name: "abstention"}),
    "nettoyage": Choices(groups={UNION.name: "abstention"}),
    "marais": Choices(
        kind="public",
        groups={UNION.name: "against", CENTRE.name: "against", TERRITORIES.name: "against"},
        members={"Joncheray": "for", "Tournemine": "abstention", "Brugevin": "abstention"},
    ),
    "brissey": Choices(),
    "garantie": Choices(members={"Coquillard": "no_part", "Escoudier": "no_part"}),
}

#: Item → why it comes back to a later sitting.
ADJOURNED = {
    "voie-communale": "La délibération concordante de la commune de Vernoise n’est pas encore exécutoire ; "
    "le dossier est repris à la prochaine réunion."
}


def room(sitters: Sequence[Sitter]) -> tuple[dict[int, str], list[tuple[int, int]]]:
    """Status of each member by id, and the proxies as (giver, holder)."""
    ids = {s.member.agent.last_name: s.member.pk for s in sitters}
    out = {ids[name] for name in (*AWAY, *PROXIES)}
    statuses = {pk: "excused" if pk in out else "present" for pk in ids.values()}
    return statuses, [(ids[giver], ids[carried_by]) for giver, carried_by in PROXIES.items()]


def votes(sitters: Sequence[Sitter], voters: Sequence[int], choices: Choices) -> dict[int, str]:
    """One vote per voter: the member's own choice, else the group's, else for."""
    members = {s.member.pk: s.member for s in sitters}
    return {
        pk: choices.members.get(members[pk].agent.last_name, choices.groups.get(members[pk].group.name, "for"))
        for pk in voters
    }
