"""What a scenario makes of an acknowledgement: the returns to send, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from hemicycle.protocols.actes import AnomalieActe, ARActe, Member, Message

from . import returns

#: A SIREN that is nobody's here.
OTHER_SIREN = "111111111"
Mailed = Callable[[Message], list[Member]]


def staged_returns(answer: ARActe, scenario: str, mailed: Mailed) -> Iterator[tuple[str, list[Member]]]:
    """Code of each message for the page, and the parts of its mail; each leaves a little after the one before."""
    match scenario:
        case "double":
            yield "1-2", mailed(answer)
            yield "1-2", mailed(answer)
        case "late-anomaly":
            yield "1-2", mailed(answer)
            yield "1-3", mailed(_late(answer))
        case "other-siren":
            parts = answer.acte_id.split("-")
            yield "1-2", mailed(replace(answer, acte_id="-".join([parts[0], OTHER_SIREN, *parts[2:]])))
        case "unknown-message":
            yield "1-2", mailed(answer)
            yield "inconnu", returns.unknown_message(mailed(answer))
        case "disordered":
            yield "1-2", mailed(answer)[::-1]
        case "lying":
            yield "1-2", returns.of_before_2017(mailed(answer))
        case "multi-canal":
            yield "multi-canal", [returns.body("Cet acte a été identifié comme transmis en multi canal.")]
            yield "1-2", mailed(answer)
        case _:
            yield "1-2", mailed(answer)


def _late(answer: ARActe) -> AnomalieActe:
    return AnomalieActe(
        on=answer.received_on,
        nature="042",
        detail="Anomalie demandée au simulateur après l'accusé de réception.",
        acte=answer.acte,
        classification_date=answer.classification_date,
    )
