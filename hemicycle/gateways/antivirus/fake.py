"""A stand-in for the antivirus, in memory, that obeys the same contract as the client."""

from __future__ import annotations

from dataclasses import dataclass, field

from hemicycle.gateways.antivirus.client import Verdict
from hemicycle.gateways.antivirus.errors import Unreachable


@dataclass
class FakeAntivirus:
    """Finds a threat in the files that hold `mark`. down: nothing answers."""

    mark: bytes = b"EICAR"
    down: bool = False
    #: What was given to it.
    seen: list[bytes] = field(default_factory=list)

    def scan(self, data: bytes) -> Verdict:
        """As ClamdClient.scan."""
        if self.down:
            raise Unreachable("L’antivirus ne répond pas ; le fichier attend d’être analysé.")
        self.seen.append(data)
        return Verdict(threat="Eicar-Test-Signature" if self.mark in data else "")
