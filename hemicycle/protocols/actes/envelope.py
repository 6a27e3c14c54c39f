"""The three envelopes (norm, section 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from lxml import etree

from .build import add, add_file, new_root, serialise
from .errors import NotBuildable, Unreadable
from .identifiers import Emitter
from .messages import INSEE, NAMESPACE, FichierSigne
from .parse import signed_files
from .reading import attribute, child, children, is_actes, local_name, read_xml, text_of


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Referent; each part may be empty. The schema's e-mail takes a last label of two to six letters."""

    name: str = ""
    telephone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class EnveloppeCLMISILL:
    """Collectivité to ministry."""

    emitter: Emitter
    contact: Contact
    return_addresses: tuple[str, ...]
    forms: tuple[FichierSigne, ...]
    root: str = "EnveloppeCLMISILL"


@dataclass(frozen=True, kw_only=True)
class EnveloppeMISILLCL:
    """Ministry to collectivité."""

    #: IDSGAR, IDPref or IDSousPref
    sender: str
    departement: str
    #: Only with IDSousPref.
    arrondissement: str = ""
    contact: Contact = Contact()
    forms: tuple[FichierSigne, ...]
    siren: str
    root: str = "EnveloppeMISILLCL"


@dataclass(frozen=True, kw_only=True)
class AnomalieEnveloppe:
    """Every message of the envelope received is in error, for good."""

    on: date
    #: 1 to 5 or 100 by the schema; 999 is seen in reality.
    nature: int
    detail: str = ""
    received: EnveloppeCLMISILL
    root: str = "AnomalieEnveloppe"


Envelope: TypeAlias = EnveloppeCLMISILL | EnveloppeMISILLCL | AnomalieEnveloppe
ROOTS = frozenset({"EnveloppeCLMISILL", "EnveloppeMISILLCL", "AnomalieEnveloppe"})


def build_envelope(envelope: Envelope, *, encoding: str = "ISO-8859-1") -> bytes:
    """Raises NotBuildable."""
    root = new_root(envelope.root)
    match envelope:
        case EnveloppeCLMISILL():
            _fill_outbound(root, envelope)
        case EnveloppeMISILLCL():
            _fill_return(root, envelope)
        case AnomalieEnveloppe():
            add(root, "Date", envelope.on.isoformat())
            add(root, "Nature", str(envelope.nature))
            if envelope.detail:
                add(root, "Detail", envelope.detail)
            _fill_outbound(add(root, "EnveloppeRecue"), envelope.received)
    return serialise(root, encoding=encoding)


def parse_envelope(data: bytes) -> Envelope:
    """Lenient reading of an envelope. Raises Unreadable."""
    return envelope_from(read_xml(data).root)


def envelope_from(root: etree._Element) -> Envelope:
    """Read an envelope already parsed as XML. Raises Unreadable."""
    name = local_name(root)
    if not is_actes(root) or name not in ROOTS:
        raise Unreadable(f"{name} n’est pas une enveloppe @CTES.")
    if name == "EnveloppeCLMISILL":
        return _read_outbound(root)
    if name == "EnveloppeMISILLCL":
        return _read_return(root)
    received = child(root, "EnveloppeRecue")
    if received is None:
        raise Unreadable("AnomalieEnveloppe : l’enveloppe rejetée n’est pas rappelée.")
    try:
        return AnomalieEnveloppe(
            on=date.fromisoformat(text_of(child(root, "Date"))[:10]),
            nature=int(text_of(child(root, "Nature"))),
            detail=text_of(child(root, "Detail")),
            received=_read_outbound(received),
        )
    except ValueError as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("AnomalieEnveloppe : la date ou la nature est illisible.") from None


def _fill_outbound(root: etree._Element, envelope: EnveloppeCLMISILL) -> None:
    emitter = envelope.emitter
    node = add(root, "Emetteur")
    identity = add(
        node,
        "IDCL",
        Departement=emitter.departement,
        Arrondissement=emitter.arrondissement,
        Nature=emitter.nature,
    )
    identity.set(f"{{{INSEE}}}SIREN", emitter.siren)
    _fill_contact(node, envelope.contact)
    addresses = add(root, "AdressesRetour")
    for address in envelope.return_addresses:
        add(addresses, "Email", address)
    _fill_forms(root, envelope.forms)


def _fill_return(root: etree._Element, envelope: EnveloppeMISILLCL) -> None:
    node = add(root, "Emetteur")
    sender = add(node, envelope.sender, Departement=envelope.departement)
    if envelope.arrondissement:
        sender.set(f"{{{NAMESPACE}}}Arrondissement", envelope.arrondissement)
    _fill_contact(node, envelope.contact)
    _fill_forms(root, envelope.forms)
    add(root, "Destinataire").set(f"{{{INSEE}}}SIREN", envelope.siren)


def _fill_contact(parent: etree._Element, contact: Contact) -> None:
    if contact == Contact():
        return
    node = add(parent, "Referent")
    for name, value in (("Nom", contact.name), ("Telephone", contact.telephone), ("Email", contact.email)):
        if value:
            add(node, name, value)


def _fill_forms(root: etree._Element, forms: tuple[FichierSigne, ...]) -> None:
    if not forms:
        raise NotBuildable("Une enveloppe doit annoncer au moins un message.")
    node = add(root, "FormulairesEnvoyes")
    for form in forms:
        add_file(node, "Formulaire", form)


def _read_outbound(root: etree._Element) -> EnveloppeCLMISILL:
    sender = _needed(root, "Emetteur")
    identity = _needed(sender, "IDCL")
    try:
        emitter = Emitter(
            siren=attribute(identity, "SIREN", insee=True),
            departement=attribute(identity, "Departement"),
            arrondissement=attribute(identity, "Arrondissement"),
            nature=attribute(identity, "Nature"),
        )
    except NotBuildable as reason:
        raise Unreadable(f"L’émetteur de l’enveloppe est mal désigné. {reason}") from None
    return EnveloppeCLMISILL(
        emitter=emitter,
        contact=_read_contact(sender),
        return_addresses=tuple(text_of(item) for item in children(_needed(root, "AdressesRetour"), "Email")),
        forms=signed_files(_needed(root, "FormulairesEnvoyes"), "Formulaire"),
    )


def _read_return(root: etree._Element) -> EnveloppeMISILLCL:
    sender = _needed(root, "Emetteur")
    names = ("IDSGAR", "IDPref", "IDSousPref")
    identity = next((node for name in names if (node := child(sender, name)) is not None), None)
    if identity is None:
        raise Unreadable("EnveloppeMISILLCL : la préfecture émettrice n’est pas nommée.")
    return EnveloppeMISILLCL(
        sender=local_name(identity),
        departement=attribute(identity, "Departement"),
        arrondissement=attribute(identity, "Arrondissement"),
        contact=_read_contact(sender),
        forms=signed_files(_needed(root, "FormulairesEnvoyes"), "Formulaire"),
        siren=attribute(_needed(root, "Destinataire"), "SIREN", insee=True),
    )


def _read_contact(sender: etree._Element) -> Contact:
    node = child(sender, "Referent")
    if node is None:
        return Contact()
    return Contact(
        name=text_of(child(node, "Nom")),
        telephone=text_of(child(node, "Telephone")),
        email=text_of(child(node, "Email")),
    )


def _needed(node: etree._Element, name: str) -> etree._Element:
    found = child(node, name)
    if found is None:
        raise Unreadable(f"{local_name(node)} : l’élément {name} manque.")
    return found
