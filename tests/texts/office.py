"""Small office files, written for the tests."""

from __future__ import annotations

import io
import zipfile

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_RELATIONS = (
    '<?xml version="1.0"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_DOCUMENT}" Target="word/document.xml"/></Relationships>'
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ODF = "".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0" ' for prefix in ("office", "text", "table")
)
_MANIFEST = (
    '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.text">{}</m:file-entry>'
    "</m:manifest>"
)
CHANGE = 'w:author="N. Martin" w:date="2026-11-01T10:00:00Z"'
OTHER_CHANGE = 'w:author="P. Durand" w:date="2026-11-01T10:00:00Z"'


def zipped(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, extra: dict[str, str | bytes] | None = None) -> bytes:
    """A Word file of this body; `extra` members are added, or replace."""
    document = f'<?xml version="1.0"?><w:document {_W}><w:body>{body}</w:body></w:document>'
    members: dict[str, str | bytes] = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS}
    return zipped({**members, "word/document.xml": document, **(extra or {})})


def odt(body: str, extra: dict[str, str | bytes] | None = None, manifest: str = "") -> bytes:
    """An OpenDocument text of this body."""
    namespaces = f'{_ODF} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
    content = (
        f'<?xml version="1.0"?><office:document-content {namespaces}>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    styles = f'<?xml version="1.0"?><office:document-styles {namespaces}><office:styles/></office:document-styles>'
    members: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content,
        "styles.xml": styles,
        "META-INF/manifest.xml": _MANIFEST.format(manifest),
    }
    return zipped({**members, **(extra or {})})


def w_p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def w_r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def w_ins(text: str, change: str = CHANGE) -> str:
    return f'<w:ins w:id="1" {change}>{w_r(text)}</w:ins>'


def w_del(text: str, change: str = CHANGE) -> str:
    return f'<w:del w:id="2" {change}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'
