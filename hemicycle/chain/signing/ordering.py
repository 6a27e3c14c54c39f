"""An order to sign, written down: shared by the service that signs and by the file that the person brings."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts.models import Agent
from hemicycle.chain.signing.expected import State
from hemicycle.chain.signing.models import Act, ExpectedSignature
from hemicycle.dossier.models import Attachment
from hemicycle.dossier.refusals import ActionRefused


class ActHasChanged(ActionRefused):
    message = "L’acte n’est plus celui que vous avez lu ; relisez-le avant de le signer."


def ordered(
    expected: ExpectedSignature,
    agent: Agent,
    *,
    at: dt.datetime,
    brought: Attachment | None = None,
    gesture_id: int | None = None,
) -> None:
    """The signature is on its way; `brought` is the file signed elsewhere, still to be judged."""
    act = expected.act
    expected.state, expected.brought = State.ORDERED, brought
    expected.ordered_by, expected.ordered_at, expected.gesture_id = agent, at, gesture_id
    expected.save(update_fields=["state", "brought", "ordered_by", "ordered_at", "gesture"])
    act.state, act.ordered_by, act.ordered_at = Act.State.ORDERED, agent, at
    act.save(update_fields=["state", "ordered_by", "ordered_at"])
