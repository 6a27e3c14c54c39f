"""Say what a file of @CTES is, what it holds and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from .archive import Member, read_archive
from .describing import facts_of, remarks_on, title_of
from .documents import media_type
from .envelope import ROOTS, Envelope, EnveloppeCLMISILL, EnveloppeMISILLCL, envelope_from
from .errors import ActesError
from .grammar import Generation, check_element
from .messages import (
    KINDS,
    NAMESPACE,
    AnomalieActe,
    ARActe,
    Courrier,
    DefereTA,
    FichierSigne,
    Message,
    TransmissionActe,
)
from .names import envelope_of_archive, parse_envelope_name, parse_message_name
from .official import official_problems
from .parse import message_from
from .reading import XmlFile, is_actes, local_name, read_xml
from .schema import rules

_MAX_PROBLEMS = 20
_MAX_FACT = 1000


@dataclass(frozen=True, kw_only=True)
class Description:
    """The verdict on one file, in French."""

    kind: str
    facts: list[tuple[str, str]]
    problems: list[str]
    #: Remarks that do not make the file wrong: its generation, an encoding that lies.
    notes: list[str]

    @property
    def sound(self) -> bool:
        return not self.problems


#: Byte order marks, white space and the zeros of UTF-16: what may stand before the first markup.
_BEFORE_MARKUP = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"


def describe(data: bytes, name: str, *, schemas: Path | None = None) -> Description | None:
    """Judge a message, an envelope or an archive of any generation; None when it is no @CTES file.

    `schemas` is a folder of official XSDs (newest at its root, others under `variants/`), consulted beside
    our own rules. Never raises on bad input.
    """
    if data.startswith(b"\x1f\x8b") or envelope_of_archive(name) is not None:
        return _describe_archive(data, name, schemas)
    named = parse_envelope_name(name) is not None or (name.endswith(".xml") and parse_message_name(name) is not None)
    # UTF-16 hides the namespace from a search in the bytes.
    if NAMESPACE.encode() not in data and NAMESPACE.encode() not in data.replace(b"\0", b"") and not named:
        return None
    # A package stored without compression holds our messages in clear: it is not one of them.
    if not named and not data.lstrip(_BEFORE_MARKUP).startswith(b"<"):
        return None
    return _describe_xml(data, name, schemas)


def _describe_xml(data: bytes, file_name: str, schemas: Path | None) -> Description | None:
    try:
        file = read_xml(data)
    except ActesError as reason:
        return Description(kind="Fichier XML @CTES illisible", facts=[], problems=[str(reason)], notes=[])
    name = local_name(file.root)
    if not is_actes(file.root):
        return None
    if name not in KINDS and name not in ROOTS:
        problem = f"L’élément {name} n’est ni un message ni une enveloppe de la norme."
        return Description(kind="Fichier XML @CTES inconnu", facts=[], problems=[problem], notes=[])
    problems, notes = _judge(file, schemas)
    notes += _named_otherwise(file_name, name)
    facts: list[tuple[str, str]] = []
    try:
        item = _item(file.root)
    except ActesError as reason:
        problems = problems or [str(reason)]
    else:
        facts = [(label, value[:_MAX_FACT]) for label, value in facts_of(item)]
        problems += remarks_on(item)
    return Description(kind=title_of(name), facts=facts, problems=problems[:_MAX_PROBLEMS], notes=notes)


def _named_otherwise(file_name: str, root: str) -> list[str]:
    """The XML prevails over its name, but whoever reads the name should know (norm, section 4)."""
    named = parse_message_name(file_name)
    if root not in KINDS or named is None or named.transaction == KINDS[root].code:
        return []
    return [f"Le nom du fichier annonce un message {named.transaction} ; son contenu est un {KINDS[root].code}."]


def _item(root: etree._Element) -> Message | Envelope:
    return envelope_from(root) if local_name(root) in ROOTS else message_from(root)


def _judge(file: XmlFile, schemas: Path | None) -> tuple[list[str], list[str]]:
    verdicts = {
        generation: check_element(file.root, rules(generation)[local_name(file.root)]) for generation in Generation
    }
    accepted = [generation for generation in Generation if not verdicts[generation]]
    notes = []
    if file.lies:
        notes.append(f"Encodage : le fichier s’annonce en {file.declared} mais ses octets sont de l’UTF-8.")
    if len(accepted) == len(Generation):
        notes.append("Forme valide dans toutes les générations du schéma.")
    elif accepted:
        notes.append(f"Forme de la génération {accepted[0].name}, {accepted[0].value}.")
    # On a tie the newest generation speaks.
    problems = [] if accepted else min(verdicts.values(), key=len)
    if schemas is not None:
        try:
            problems = problems + official_problems(file.root, schemas)
        except ActesError as reason:
            notes.append(str(reason))
    return problems, notes


def _describe_archive(data: bytes, name: str, schemas: Path | None) -> Description | None:
    expected = envelope_of_archive(name)
    try:
        members = read_archive(data)
    except ActesError as reason:
        if expected is None:
            return None
        return Description(kind="Archive @CTES illisible", facts=[], problems=[str(reason)], notes=[])
    contents = {member.name: member.data for member in members}
    if expected is None and not any(NAMESPACE.encode() in content for content in contents.values()):
        return None
    problems: list[str] = []
    notes: list[str] = []
    envelopes = [(member.name, item) for member in members if (item := _envelope_in(member.data)) is not None]
    if not envelopes:
        problems.append("L’archive ne contient pas d’enveloppe (EnveloppeCLMISILL ou EnveloppeMISILLCL).")
    if len(envelopes) > 1:
        problems.append("L’archive contient plusieurs enveloppes ; une seule est admise.")
    facts = [("Fichiers", str(len(members)))]
    cited: set[str] = set()
    for found, envelope in envelopes[:1]:
        cited.add(found)
        if expected is not None and found != expected:
            problems.append(f"L’enveloppe s’appelle {found} ; le nom de l’archive annonce {expected}.")
        problems += _follow(envelope.forms, contents, cited)
    for member in members:
        facts.append(("Fichier", f"{member.name}, {len(member.data)} octets{_type(member)}"))
        inner = _describe_xml(member.data, member.name, schemas) if _is_message(member) else None
        if inner is not None:
            facts += [(f"{label} ({inner.kind.split(' : ')[0]})", value) for label, value in inner.facts]
            problems += [f"{member.name} : {problem}" for problem in inner.problems]
            notes += [f"{member.name} : {note}" for note in inner.notes]
    notes += [f"{extra} n’est cité par aucun message." for extra in contents if extra not in cited]
    return Description(kind="Archive @CTES", facts=facts, problems=problems[:_MAX_PROBLEMS], notes=notes)


def _is_message(member: Member) -> bool:
    return member.name.lower().endswith(".xml") and NAMESPACE.encode() in member.data


def _type(member: Member) -> str:
    found = None if member.name.lower().endswith(".xml") else media_type(member.data)
    return f", {found}" if found else ""


def _envelope_in(data: bytes) -> EnveloppeCLMISILL | EnveloppeMISILLCL | None:
    if NAMESPACE.encode() not in data:
        return None
    try:
        envelope = envelope_from(read_xml(data).root)
    except ActesError:
        return None
    return envelope if isinstance(envelope, EnveloppeCLMISILL | EnveloppeMISILLCL) else None


def _follow(forms: tuple[FichierSigne, ...], contents: dict[str, bytes], cited: set[str]) -> list[str]:
    """From the envelope to its messages, from each message to its documents: each must be there."""
    problems = []
    for form in forms:
        if form.name not in contents:
            problems.append(f"Le message {form.name}, annoncé par l’enveloppe, manque dans l’archive.")
            continue
        cited.add(form.name)
        try:
            message = message_from(read_xml(contents[form.name]).root)
        except ActesError as reason:
            problems.append(f"{form.name} : {reason}")
            continue
        for file in files_of(message):
            cited.add(file.name)
            if file.name not in contents:
                problems.append(f"Le document {file.name}, cité par {form.name}, manque dans l’archive.")
    return problems


def files_of(message: Message) -> tuple[FichierSigne, ...]:
    """The documents that must travel beside a message; an echo (1-2, 1-3) brings none."""
    match message:
        case TransmissionActe():
            return (message.acte.document, *message.acte.annexes)
        case Courrier() | DefereTA():
            return message.documents
        case ARActe() | AnomalieActe():
            return ()
        case _:
            return ()
