"""A matter walking a circuit: frozen data, and the functions that take it one move further.

The steps, their holders and the required visas are frozen at the start: changing a circuit never changes the
passages under way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hemicycle.workflow.circuit import (
    Circuit,
    Facts,
    RequiredVisa,
    Step,
    WorkflowRefused,
    check_circuit,
    required_visas,
)


class NotYourTurn(WorkflowRefused):
    """The visa is awaited from somebody else."""


class TextHasChanged(WorkflowRefused):
    """The version read is no longer the current one."""


class NotRunning(WorkflowRefused):
    """The passage is complete, or was sent back."""


class ReasonMissing(WorkflowRefused):
    """A sending back, or a step passed over, without a reason."""


@dataclass(frozen=True, kw_only=True)
class Station:
    """A step with the persons who hold its role in this passage, by identifier."""

    step: Step
    holders: tuple[str, ...]
    #: Rank of the station that asked for this opinion and waits for it; None for a visa of the circuit.
    asked_by: int | None = None


@dataclass(frozen=True, kw_only=True)
class Visa:
    """A visa, bound to the version read."""

    #: Rank of the station, from 0.
    station: int
    #: In whose name.
    holder: str
    #: Who acted: the holder, or whoever stands in for him.
    actor: str
    #: Digest of the version read.
    digest: str
    at: datetime
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class PassedOver:
    """An optional step left without visa."""

    station: int
    actor: str
    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SentBack:
    """A return, to an earlier station or to the drafter (None)."""

    station: int
    to: int | None
    holder: str
    actor: str
    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One run of a circuit. What a return undoes stays in `undone`."""

    circuit: str
    stations: tuple[Station, ...]
    required: tuple[RequiredVisa, ...]
    started_at: datetime
    visas: tuple[Visa, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    returns: tuple[SentBack, ...] = ()
    undone: tuple[Visa | PassedOver, ...] = ()
    #: True from a return to the drafter until `resume`.
    with_drafter: bool = False
    #: Last start, return or resumption: where the time of the current station is counted from at the earliest.
    moved_at: datetime


def start(circuit: Circuit, facts: Facts, holders: Sequence[Sequence[str]], *, at: datetime) -> Passage:
    """Begin a passage. `holders`: for each step of the circuit, who holds its role where it is looked for.

    An optional step that nobody holds, and that no rule requires, is left out.
    Raises WorkflowRefused when a required visa has nobody to give it.
    """
    check_circuit(circuit)
    if len(holders) != len(circuit.steps):
        raise ValueError("one list of holders per step")
    required = required_visas(circuit, facts)
    needed = {visa.role for visa in required}
    stations = []
    for step, held_by in zip(circuit.steps, holders, strict=True):
        persons = tuple(dict.fromkeys(held_by))
        if not persons and step.role not in needed:
            continue
        if not persons:
            raise WorkflowRefused(
                f"Personne ne tient le rôle « {step.role} » attendu à l’étape « {step.label} » ; "
                "désignez un titulaire ou choisissez un autre circuit."
            )
        if step.kind == "one" and len(persons) > 1:
            raise WorkflowRefused(
                f"L’étape « {step.label} » attend une seule personne et {len(persons)} tiennent le rôle "
                f"« {step.role} » ; choisissez laquelle."
            )
        stations.append(Station(step=step, holders=persons))
    return Passage(circuit=circuit.name, stations=tuple(stations), required=required, started_at=at, moved_at=at)


def current(passage: Passage) -> int | None:
    """Rank of the first station that is awaited; None when complete or with the drafter."""
    return next(iter(open_ranks(passage)), None)


def open_ranks(passage: Passage, *, focus: int | None = None) -> tuple[int, ...]:
    """Ranks of the stations that are awaited together: one, or the opinions that it waits for.

    `focus`: a station that keeps the matter as long as it is not settled, whatever was unsettled before it.
    """
    if passage.with_drafter:
        return ()
    if focus is not None and not settled(passage, focus):
        return _waiting_for(passage, focus)
    unsettled = (r for r, s in enumerate(passage.stations) if s.asked_by is None and not settled(passage, r))
    first = next(unsettled, None)
    return () if first is None else _waiting_for(passage, first)


def _waiting_for(passage: Passage, rank: int) -> tuple[int, ...]:
    """The opinions that the station still waits for, and those that these wait for; itself when none."""
    asked = [r for r, s in enumerate(passage.stations) if s.asked_by == rank and not settled(passage, r)]
    return tuple(r for opinion in asked for r in _waiting_for(passage, opinion)) or (rank,)


def settled(passage: Passage, rank: int) -> bool:
    """Whether a station has all it needs: its visas, or its passing over."""
    if any(passed.station == rank for passed in passage.passed_over):
        return True
    station = passage.stations[rank]
    given = {visa.holder for visa in passage.visas if visa.station == rank}
    if station.step.kind == "all_of":
        return given >= set(station.holders)
    return bool(given)


def awaited(passage: Passage) -> tuple[str, ...]:
    """Who may act now, in the order of the station; whoever has already given a visa there is left out."""
    return tuple(holder for rank in open_ranks(passage) for holder in awaited_at(passage, rank))


def awaited_at(passage: Passage, rank: int) -> tuple[str, ...]:
    """Who has still to act at that station, in its order."""
    given = {visa.holder for visa in passage.visas if visa.station == rank}
    return tuple(holder for holder in passage.stations[rank].holders if holder not in given)


def may_act(passage: Passage, holder: str) -> bool:
    """Whether a visa is awaited now in that person's name."""
    return holder in awaited(passage)


def complete(passage: Passage) -> bool:
    """Whether every station is settled and every required visa given."""
    if passage.with_drafter or current(passage) is not None:
        return False
    given = {passage.stations[visa.station].step.role for visa in passage.visas}
    return all(visa.role in given for visa in passage.required)


def give(
    passage: Passage,
    *,
    holder: str,
    actor: str,
    read: str,
    version: str,
    at: datetime,
    remark: str = "",
) -> Passage:
    """Record a visa. `read`: digest of the version the person read; `version`: digest of the current one.

    Raises NotRunning, NotYourTurn, TextHasChanged.
    """
    rank = _awaited_rank(passage, holder)
    if read != version:
        raise TextHasChanged("Le texte a changé depuis votre lecture ; relisez-le avant de viser.")
    visa = Visa(station=rank, holder=holder, actor=actor, digest=read, at=at, remark=remark)
    return replace(passage, visas=(*passage.visas, visa))


def pass_over(passage: Passage, *, holder: str, actor: str, reason: str, at: datetime) -> Passage:
    """Leave the current step without visa, if nothing requires it.

    Raises NotRunning, NotYourTurn, ReasonMissing, WorkflowRefused.
    """
    rank = _awaited_rank(passage, holder)
    step = passage.stations[rank].step
    why = next((visa.why for visa in passage.required if visa.role == step.role), None)
    if why is not None:
        raise WorkflowRefused(f"L’étape « {step.label} » ne peut pas être passée, son visa est exigé : {why}")
    if not reason.strip():
        raise ReasonMissing("Dites pourquoi cette étape est passée.")
    passed = PassedOver(station=rank, actor=actor, reason=reason, at=at)
    return replace(passage, passed_over=(*passage.passed_over, passed), moved_at=at)


def send_back(passage: Passage, *, holder: str, actor: str, to: int | None, reason: str, at: datetime) -> Passage:
    """Send back to an earlier station, or to the drafter (`to=None`). Everything given since is undone.

    Raises NotRunning, NotYourTurn, ReasonMissing, WorkflowRefused.
    """
    rank = _awaited_rank(passage, holder)
    if not reason.strip():
        raise ReasonMissing("Un renvoi se motive : dites ce qui doit être repris.")
    if to is not None and not 0 <= to < rank:
        raise WorkflowRefused("Un renvoi va vers une étape déjà franchie ; choisissez-en une autre.")
    back = SentBack(station=rank, to=to, holder=holder, actor=actor, reason=reason, at=at)
    undone = _undone_from(passage, 0 if to is None else to)
    return replace(undone, returns=(*passage.returns, back), with_drafter=to is None, moved_at=at)


def resume(passage: Passage, *, at: datetime) -> Passage:
    """The drafter submits again after a return: the circuit starts over from its first station.

    Raises NotRunning.
    """
    if not passage.with_drafter:
        raise NotRunning("Ce projet n’est pas revenu chez son rédacteur ; il suit déjà son circuit.")
    return replace(passage, with_drafter=False, moved_at=at)


def _undone_from(passage: Passage, rank: int) -> Passage:
    undone: tuple[Visa | PassedOver, ...] = (
        *(visa for visa in passage.visas if visa.station >= rank),
        *(passed for passed in passage.passed_over if passed.station >= rank),
    )
    return replace(
        passage,
        visas=tuple(visa for visa in passage.visas if visa.station < rank),
        passed_over=tuple(passed for passed in passage.passed_over if passed.station < rank),
        undone=(*passage.undone, *undone),
    )


def _awaited_rank(passage: Passage, holder: str) -> int:
    rank = current(passage)
    if rank is None:
        where = "est revenu chez son rédacteur" if passage.with_drafter else "a terminé son circuit"
        raise NotRunning(f"Ce projet {where} : aucun visa n’y est attendu.")
    if holder not in awaited(passage):
        raise NotYourTurn(f"Visa attendu à l’étape « {passage.stations[rank].step.label} », pas de vous.")
    return rank
