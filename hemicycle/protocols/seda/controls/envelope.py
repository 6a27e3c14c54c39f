"""The package itself: its container, its names, its one manifest (STP_SANITY_CHECK_SIP, STP_UPLOAD_SIP)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hemicycle.protocols.seda.container import Package
from hemicycle.protocols.seda.controls.finding import Control

SANITY: Final = "STP_SANITY_CHECK_SIP"
UPLOAD: Final = "STP_UPLOAD_SIP"
INGEST: Final = "STP_INGEST_CONTROL_SIP"
_MANIFEST: Final = re.compile(r"([a-zA-Z0-9_\-]{0,56}[_-])?manifest\.xml")
_SEGMENT: Final = re.compile(r"[a-zA-Z0-9\-_@]+(\.[a-zA-Z0-9\-_@]+)*")


def manifest_name(package: Package) -> str | None:
    """The path of the manifest, None when no file at the root bears its name."""
    return next((name for name in package.sizes if _MANIFEST.fullmatch(name)), None)


def check_manifest_name(package: Package) -> Iterator[Control]:
    """MANIFEST_FILE_NAME_CHECK: one file at the root, named manifest.xml or xxx_manifest.xml."""
    if manifest_name(package) is None:
        near = next((name for name in package.sizes if name.endswith(".xml") and "/" not in name), "")
        yield Control(
            step=SANITY,
            code="MANIFEST_FILE_NAME_CHECK",
            outcome="KO",
            message="Aucun fichier à la racine du paquet ne porte le nom attendu, manifest.xml"
            + (f" (trouvé : « {near} »)." if near else "."),
        )


def check_names(package: Package) -> Iterator[Control]:
    """STP_UPLOAD_SIP: letters without accent, figures, - _ @ and dots only, in every part of every path."""
    for name in sorted({*package.sizes, *package.folders}):
        if not all(_SEGMENT.fullmatch(segment) for segment in name.split("/")):
            yield Control(
                step=UPLOAD,
                code=UPLOAD,
                outcome="KO",
                message=f"Le nom « {name[:120]} » contient un caractère que le service d’archives refuse.",
            )


def check_layout(package: Package) -> Iterator[Control]:
    """CHECK_SEDA.CONTAINER_FORMAT: the manifest alone at the root, beside a single folder named content."""
    at_root = [name for name in package.sizes if "/" not in name]
    if len(at_root) > 1:
        names = ", ".join(f"« {name[:60]} »" for name in at_root[:5])
        yield _layout("FILE", f"Le paquet porte plusieurs fichiers à sa racine : {names}.")
    folders = sorted({name.split("/")[0] for name in package.folders})
    if len(folders) > 1 or any(folder.lower() != "content" for folder in folders):
        names = ", ".join(f"« {name[:60]} »" for name in folders[:5])
        yield _layout("DIRECTORY", f"Le seul dossier admis à la racine est « content » (trouvé : {names}).")
    for name in package.repeated:
        yield _layout("FILE", f"Le paquet porte deux fichiers du même nom : « {name[:120]} ».")


def _layout(kind: str, message: str) -> Control:
    return Control(step=INGEST, code=f"CHECK_SEDA.CONTAINER_FORMAT.{kind}", outcome="KO", message=message)
