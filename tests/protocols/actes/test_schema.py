"""Our own rules and the official schemas agree, on the samples and on what damage makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from hemicycle.protocols.actes import build_message
from hemicycle.protocols.actes.grammar import Generation, check_element
from hemicycle.protocols.actes.reading import local_name, read_xml
from hemicycle.protocols.actes.schema import rules

from .test_parse import every_message

EDITIONS = {
    Generation.C: "xsd/actesv1_1.xsd",
    Generation.B: "xsd/variants/lutece-2016/actesv1_1.xsd",
    Generation.A: "xsd/variants/webdelib-2015/actesv1_1.xsd",
}
VALUES = ["", "x", "2026-02-30", "2026-12-18", "12", "-1", "x" * 501, "A" * 16, "0|B-1", "O"]


def accepted(root: etree._Element, generation: Generation) -> bool:
    return check_element(root, rules(generation)[local_name(root)]) == []


@pytest.mark.parametrize("generation", Generation)
def test_on_every_sample_the_two_verdicts_agree(shared: Path, generation: Generation) -> None:
    norm = shared / "norms/actes"
    official = etree.XMLSchema(file=str(norm / EDITIONS[generation]))

    for file in sorted((norm / "samples").rglob("*.xml")):
        root = read_xml(file.read_bytes()).root
        assert accepted(root, generation) == official.validate(root), file.name


@pytest.mark.parametrize("generation", Generation)
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_on_damaged_messages_the_two_verdicts_agree(shared: Path, generation: Generation, data: st.DataObject) -> None:
    official = etree.XMLSchema(file=str(shared / "norms/actes" / EDITIONS[generation]))
    messages = [message for message in every_message() if message.root != "RetourClassification"]
    root = etree.fromstring(build_message(data.draw(st.sampled_from(messages))))

    nodes = [node for node in root.iter() if isinstance(node.tag, str)]
    node = data.draw(st.sampled_from(nodes))
    parent = node.getparent()
    damage = data.draw(st.sampled_from(["none", "drop", "double", "text", "attribute", "extra", "bare"]))
    if damage == "drop" and parent is not None:
        parent.remove(node)
    elif damage == "double" and parent is not None:
        parent.insert(0, etree.fromstring(etree.tostring(node)))
    elif damage == "text":
        node.text = data.draw(st.sampled_from(VALUES))
    elif damage == "attribute" and node.attrib:
        node.set(data.draw(st.sampled_from(sorted(map(str, node.attrib)))), data.draw(st.sampled_from(VALUES)))
    elif damage == "extra":
        etree.SubElement(node, "{http://www.interieur.gouv.fr/ACTES#v1.1-20040216}Objet")
    elif damage == "bare":
        node.set("Date", "2026-12-18")
    written = etree.fromstring(etree.tostring(root))

    # The content of a signature is xsd:anyType: nobody looks into it.
    assume(all(local_name(item) != "Signature" for item in [node, *node.iterancestors()]))
    assert accepted(written, generation) == official.validate(written), etree.tostring(root).decode()
