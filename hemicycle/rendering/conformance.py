"""What a finished document says of itself: archivable, accessible, in French, titled."""

from __future__ import annotations

import io

import pikepdf

_PART = "{http://www.aiim.org/pdfa/ns/id/}part"
_LEVEL = "{http://www.aiim.org/pdfa/ns/id/}conformance"
_UA = "{http://www.aiim.org/pdfua/ns/id/}part"


def faults_of_pdf(data: bytes) -> list[str]:
    """Why a document is not what it should be: PDF/A-2a, PDF/UA-1, tagged, titled, in French; none when it is.

    The typesetter holds to both standards while it sets the page; this reads what it declared.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        metadata = pdf.open_metadata()
        root = pdf.Root
        tagged = "/StructTreeRoot" in root and "/MarkInfo" in root and bool(root.MarkInfo.get("/Marked"))
        checks = (
            (metadata.get(_PART) == "2" and metadata.get(_LEVEL) == "A", "n’est pas archivable (PDF/A-2a)"),
            (metadata.get(_UA) == "1", "n’est pas accessible (PDF/UA-1)"),
            (tagged, "n’est pas balisé"),
            (str(root.get("/Lang", "")).lower().startswith("fr"), "ne dit pas sa langue"),
            (bool(metadata.get("dc:title")), "n’a pas de titre"),
        )
    return [f"Le document obtenu {said} ; reprenez le modèle." for fine, said in checks if not fine]
