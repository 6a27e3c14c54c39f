"""A letter of the préfecture as a return of the ministry, for the stand-in of the TdT."""

from __future__ import annotations

from datetime import date

from hemicycle.protocols.actes import Emitter, Member, build_envelope, build_message
from hemicycle.protocols.actes.envelope import EnveloppeMISILLCL
from hemicycle.protocols.actes.messages import KINDS, Courrier, DefereTA, FichierSigne
from hemicycle.protocols.actes.names import message_name, return_envelope_name


def letter_parts(
    message: Courrier | DefereTA, documents: tuple[Member, ...], *, emitter: Emitter, on: date, serial: int
) -> tuple[Member, ...]:
    """Envelope, message and documents; `documents` are those that the message names."""
    name = message_name(message.acte_id, KINDS[message.root].code, serial)
    envelope = EnveloppeMISILLCL(
        sender="IDSousPref",
        departement=emitter.departement,
        arrondissement=emitter.arrondissement,
        forms=(FichierSigne(name=name),),
        siren=emitter.siren,
    )
    envelope_name = return_envelope_name(quadrigramme="TACT", emitter=emitter, on=on, serial=serial)
    return (
        Member(name=envelope_name, data=build_envelope(envelope)),
        Member(name=name, data=build_message(message)),
        *documents,
    )
