"""On the page of a dossier: whether its act can be drawn up, and what is to mend before the sitting."""

from __future__ import annotations

from dataclasses import dataclass

from hemicycle.chain.drafting import faults
from hemicycle.chain.drafting.faults import Fault
from hemicycle.chain.drafting.queries import Detail
from hemicycle.chain.printing import queries as printing
from hemicycle.dossier.stages import Stage

#: Once voted, the act itself says what it is.
BEFORE_THE_VOTE = (Stage.DRAFTING, Stage.TO_CORRECT, Stage.IN_CIRCUIT, Stage.READY, Stage.ON_AGENDA)


@dataclass(frozen=True, kw_only=True)
class Prospect:
    """« L’acte peut être établi »; as the components of a state are told."""

    #: A key of drawings/marks.py.
    state: str
    label: str
    #: What the typesetter said against it.
    sentence: str = ""
    #: What whoever writes the dossier should mend, what stops first.
    faults: tuple[Fault, ...] = ()


def of(detail: Detail) -> Prospect | None:
    """None once voted, or while nothing is written."""
    dossier = detail.dossier
    if dossier.stage not in BEFORE_THE_VOTE or not dossier.deliberation:
        return None
    found = tuple(faults.of(dossier, detail.annexes)) if detail.may_write else ()
    titles = tuple(annex.title for annex in detail.annexes if not annex.confidential)
    trial = getattr(dossier, "trial", None)
    possible = printing.answer_on(dossier, trial, titles)
    if possible is False and trial is not None:
        return Prospect(state="refused", label="L’acte ne peut pas être établi", sentence=trial.sentence, faults=found)
    if any(fault.stops for fault in found):
        return Prospect(state="refused", label="L’acte ne peut pas encore être établi", faults=found)
    if possible is None:
        return Prospect(state="expected", label="Essai de mise en page en cours", faults=found)
    return Prospect(state="done", label="L’acte peut être établi", faults=found)
