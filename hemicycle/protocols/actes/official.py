"""The official schemas, wherever a folder of them is given; none is shipped with the library."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from lxml import etree

from .errors import ActesError

_FILE = "actesv1_1.xsd"


@dataclass(frozen=True, kw_only=True)
class OfficialSchema:
    #: Name of the generation's folder; empty for the newest, at the root.
    edition: str
    schema: etree.XMLSchema


@lru_cache(maxsize=4)
def official_schemas(folder: Path) -> tuple[OfficialSchema, ...]:
    """The schema at the root of the folder (2017+), then those of `variants/`. Raises ActesError."""
    paths = [folder / _FILE, *sorted((folder / "variants").glob(f"*/{_FILE}"))]
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    try:
        return tuple(
            OfficialSchema(
                edition="" if path.parent == folder else path.parent.name,
                schema=etree.XMLSchema(etree.parse(str(path), parser)),
            )
            for path in paths
        )
    except (OSError, etree.LxmlError) as error:
        raise ActesError(f"Le dossier de schémas « {folder} » ne peut pas être chargé : {error}.") from None


def _log(schema: etree.XMLSchema) -> list[Any]:
    # The stubs do not say that an error log can be walked.
    return list(cast(Any, schema.error_log))


def official_problems(root: etree._Element, folder: Path) -> list[str]:
    """Empty when one edition at least accepts the document, else what the newest refuses, in French."""
    officials = official_schemas(folder)
    if any(official.schema.validate(root) for official in officials):
        return []
    return newest_problems(root, folder)


def newest_problems(root: etree._Element, folder: Path) -> list[str]:
    """What the schema in force refuses, alone: the ministry accepts no older shape."""
    schema = official_schemas(folder)[0].schema
    if schema.validate(root):
        return []
    return [_sentence(int(error.line), str(error.message)) for error in _log(schema)][:10]


def _sentence(line: int, message: str) -> str:
    # libxml2 speaks English; only the place is kept, our own rules say why.
    found = re.match(r"Element '(?:\{[^}]*\})?([^']+)'", message)
    where = f"l’élément {found.group(1)}" if found else "le document"
    return f"Le schéma officiel refuse {where}, ligne {line}."
