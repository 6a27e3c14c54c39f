"""The controls an SAE of the Vitam family runs on what is deposited, as pure functions on bytes."""

from hemicycle.protocols.seda.controls.finding import Control, Referential, Verdict
from hemicycle.protocols.seda.controls.sequence import judge

__all__ = ["Control", "Referential", "Verdict", "judge"]
