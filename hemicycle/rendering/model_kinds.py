"""Every kind of document whose words, blocks and logo the service des assemblées decides."""

from __future__ import annotations

from hemicycle.rendering.model import Kind
from hemicycle.rendering.model_acts import ARRETE, DECISION, DELIBERATION, DRAFT, REPORT
from hemicycle.rendering.model_papers import AGENDA, DECISION_LIST, EXTRACT, NOTICE, REGISTER, SUMMONS

#: In the order in which they are shown.
KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        *(DELIBERATION, ARRETE, DECISION, REPORT, DRAFT, SUMMONS, AGENDA),
        *(DECISION_LIST, EXTRACT, REGISTER, NOTICE),
    )
}
