"""What a PDF is, says of itself, and what is wrong with it: `describe` answers in French and never fails."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

import pikepdf
from lxml import etree

from .verdicts import Signature

__all__ = ["Description", "describe"]

_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
_PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
_PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"


@dataclass(frozen=True, kw_only=True)
class Description:
    """A file described to a person."""

    kind: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def describe(data: bytes, name: str) -> Description | None:
    """Describe a PDF; None for anything that neither is one nor is named as one."""
    if b"%PDF-" not in data[:1024]:
        if not name.lower().endswith(".pdf"):
            return None
        return Description(kind="Fichier nommé .pdf", problems=[f"« {name} » n’est pas un PDF."])
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                return _unreadable("Le PDF est chiffré : il doit être fourni sans protection.")
            facts, problems = _document(pdf)
    except pikepdf.PasswordError:
        return _unreadable("Le PDF est protégé par un mot de passe : il doit être fourni sans protection.")
    except (pikepdf.PdfError, ValueError, TypeError, LookupError, AttributeError, RuntimeError):
        return _unreadable("Le PDF est endommagé et ne peut pas être lu.")
    return _with_signatures(data, facts, problems)


def _unreadable(problem: str) -> Description:
    return Description(kind="Document PDF", problems=[problem])


def _document(pdf: pikepdf.Pdf) -> tuple[list[tuple[str, str]], list[str]]:
    facts = [("Version", f"PDF {pdf.pdf_version}"), ("Pages", str(len(pdf.pages)))]
    title = pdf.docinfo.get("/Title")
    if title is not None and str(title).strip():
        facts.append(("Titre", str(title)))
    facts += _claims(pdf)
    problems = [] if len(pdf.pages) else ["Le PDF ne contient aucune page."]
    if _is_active(pdf):
        problems.append("Le PDF contient un script ou une action automatique, ce qui n’est pas accepté.")
    return facts, problems


def _claims(pdf: pikepdf.Pdf) -> list[tuple[str, str]]:
    """The conformities announced in the metadata (ISO 19005-2 §6.6.4, ISO 14289-1 §5); announced, not checked."""
    stream = pdf.Root.get("/Metadata")
    values: dict[str, str] = {}
    if isinstance(stream, pikepdf.Stream):
        try:
            packet = stream.read_bytes()
            root = etree.fromstring(b"" if b"<!DOCTYPE" in packet else packet, _SAFE)
        except etree.XMLSyntaxError:
            return []
        for element in root.iter(etree.Element):
            values.update({str(key): str(value) for key, value in element.attrib.items()})
            values[str(element.tag)] = (element.text or "").strip()
    facts = []
    if part := values.get(f"{_PDFA}part"):
        level = values.get(f"{_PDFA}conformance", "").lower()
        facts.append(("Conformité annoncée", f"PDF/A-{part}{level}"))
    if part := values.get(f"{_PDFUA}part"):
        facts.append(("Accessibilité annoncée", f"PDF/UA-{part}"))
    return facts


def _is_active(pdf: pikepdf.Pdf) -> bool:
    root = pdf.Root
    opening = root.get("/OpenAction")
    starts = isinstance(opening, pikepdf.Dictionary) and opening.get("/S") in ("/JavaScript", "/Launch")
    names = root.get("/Names")
    scripts = isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names
    return bool(starts or scripts or "/AA" in root)


def _with_signatures(data: bytes, facts: list[tuple[str, str]], problems: list[str]) -> Description:
    # pyHanko takes half a second to import: only for a PDF.
    from .verify import Unreadable, verify

    try:
        verdict = verify(data, trust_roots=())
    except Unreadable as refusal:
        return Description(kind="Document PDF", facts=facts, problems=[*problems, str(refusal)])
    notes = [note for signature in verdict.signatures for note in signature.notes]
    facts = [*facts, ("Signatures", str(len(verdict.signatures)) if verdict.signatures else "aucune")]
    for signature in verdict.signatures:
        facts += _signature(signature)
    return Description(
        kind="Document PDF signé (PAdES)" if verdict.signatures else "Document PDF",
        facts=facts,
        problems=[*problems, *verdict.faults],
        notes=notes,
    )


def _signature(signature: Signature) -> list[tuple[str, str]]:
    whole = "tout le document" if signature.covers_whole_document else "une version antérieure du document"
    return [
        ("Signataire", signature.signer),
        ("Certificat", f"{signature.subject}, n° {signature.serial}, délivré par {signature.issuer}"),
        ("Heure déclarée", _date(signature.signed_at)),
        ("Heure attestée", _date(signature.stamped_at)),
        ("Niveau", f"PAdES {signature.level}"),
        ("Intégrité", "intacte" if signature.intact else "rompue"),
        ("Portée", whole),
    ]


def _date(instant: datetime | None) -> str:
    return "aucune" if instant is None else instant.strftime("%d/%m/%Y à %H:%M:%S %Z").strip()
