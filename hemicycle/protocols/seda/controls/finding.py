"""What a control finds, and the referential it is compared with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from hemicycle.protocols.seda.container import Package

Outcome = Literal["OK", "WARNING", "KO"]


@dataclass(frozen=True, kw_only=True)
class Control:
    """One control that did not simply pass."""

    #: Vitam's step: STP_INGEST_CONTROL_SIP…
    step: str
    #: Vitam's code without its outcome: CHECK_SEDA.NOT_XSD_VALID.
    code: str
    outcome: Outcome
    message: str
    #: xml id of the unit, group or object at fault, "" for the whole.
    piece: str = ""

    @property
    def detail(self) -> str:
        """The OutcomeDetail of a reply: CHECK_SEDA.NOT_XSD_VALID.KO."""
        return f"{self.code}.{self.outcome}"


@dataclass(frozen=True, kw_only=True)
class Referential:
    """What the SAE knows. None = that referential is not at hand, so nothing is compared with it."""

    #: Ingest contracts, by identifier; False = inactive.
    agreements: Mapping[str, bool] | None = None
    archival_agencies: frozenset[str] | None = None
    #: Originating, submission and transferring agencies.
    agencies: frozenset[str] | None = None
    #: Any SIRET is a known agency.
    any_siret: bool = False
    #: Family of each rule code: {"ACC-IMMEDIAT": "AccessRule"}.
    rules: Mapping[str, str] | None = None
    #: PRONOM identifiers taken by the contract.
    formats: frozenset[str] | None = None
    #: FormatUnidentifiedAuthorized of the contract.
    unidentified_formats: bool = False
    #: MasterMandatory of the contract.
    master_mandatory: bool = True

    def knows_agency(self, identifier: str) -> bool:
        """Whether an agency is in the referential, or need not be."""
        if self.agencies is None or identifier in self.agencies:
            return True
        return self.any_siret and re.fullmatch(r"\d{14}", identifier) is not None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The findings in the order of the workflow, and what could be opened."""

    controls: tuple[Control, ...]
    #: None for a bare manifest, or a package that does not open.
    package: Package | None = None
    #: Root element of the manifest, None when it could not be read.
    root: etree._Element | None = field(default=None, compare=False)
    manifest: bytes = b""

    @property
    def outcome(self) -> Outcome:
        """The worst outcome: KO, then WARNING, then OK."""
        outcomes = {control.outcome for control in self.controls}
        return "KO" if "KO" in outcomes else "WARNING" if "WARNING" in outcomes else "OK"
