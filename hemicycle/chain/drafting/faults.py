"""What would stop or spoil the printing of a dossier's texts, known before anyone gives a visa on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hemicycle.dossier import attachments
from hemicycle.dossier.kinds import kind_of, of_name
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.rendering.compile import RenderingRefused
from hemicycle.rendering.coverage import missing_characters, missing_in, told
from hemicycle.rendering.pictures import Pictures
from hemicycle.rendering.text_tree import crowded
from hemicycle.texts import faults
from hemicycle.texts.images import named
from hemicycle.texts.tree import Doc, lines

#: What the archive of the act reads page by page.
PRINTED = ("application/pdf", "image/png", "image/jpeg")
#: Data that the préfecture takes as they are.
DATA = ("text/xml", "application/xml")
#: Letters of a passage quoted around a character that cannot be printed.
_AROUND = 24


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing to mend, in one sentence that says where and how."""

    sentence: str
    #: « object », « report », « deliberation » or « annexes ».
    field: str
    #: Whether the submission is refused for it; otherwise it is a doubt, which only its author weighs.
    stops: bool = True


def of(dossier: Dossier, annexes: Iterable[Attachment] = ()) -> list[Fault]:
    """All that is to mend, what stops first; `annexes` those in force, where they are known."""
    found: list[Fault] = []
    if missing := missing_in(dossier.object):
        found.append(Fault(sentence=told(missing, f"L’objet du dossier {dossier.number}"), field="object"))
    for field in ("report", "deliberation"):
        # The report of a companion is its lead's, and mended there.
        if field == "deliberation" or not (dossier.lead_id or dossier.without_vote):
            found += _of_text(dossier, field)
    found += of_annexes(annexes)
    return sorted(found, key=lambda fault: not fault.stops)


def of_tree(tree: Doc, where: str, field: str) -> list[Fault]:
    """What the text itself shows, without asking anyone: its images, tables, titles and guidance."""
    return [
        Fault(sentence=fault.sentence(where), field=field, stops=fault.stops)
        for fault in (*faults.faults_of(tree), *_too_wide(tree, {}))
    ]


def of_annexes(annexes: Iterable[Attachment]) -> list[Fault]:
    """Those that have no pages: data (XML) are a doubt, a text that was not set as PDF stops."""
    return [
        Fault(
            sentence=f"L’annexe « {annex.title} » ({annex.name}) n’a pas pu être mise en PDF : sur papier, personne "
            "ne la lira ; remplacez-la par sa version PDF, ou joignez celle-ci à côté.",
            field="annexes",
            stops=annex.media_type not in DATA,
        )
        for annex in annexes
        if annex.media_type not in PRINTED
    ]


def _of_text(dossier: Dossier, field: str) -> Iterator[Fault]:
    tree = getattr(dossier, field)
    if not tree or not tree.get("content"):
        return
    where = f"{_name(dossier, field)} du dossier {dossier.number}"
    if missing := missing_characters(tree):
        quoted = _around(tree, missing[0])
        yield Fault(sentence=told(missing, where, quoted), field=field)
    yield from (Fault(sentence=f.sentence(where), field=field, stops=f.stops) for f in faults.faults_of(tree))
    pictures = attachments.pictures_of(dossier, tree)
    if named(tree) - set(pictures):
        sentence = f"{where} contient une image qui n’a pas été retrouvée ; insérez-la de nouveau."
        yield Fault(sentence=sentence, field=field)
    else:
        yield from (Fault(sentence=f.sentence(where), field=field, stops=f.stops) for f in _too_wide(tree, pictures))


def _name(dossier: Dossier, field: str) -> str:
    return "Le rapport" if field == "report" else f"Le projet {of_name(kind_of(dossier).name)}"


def _too_wide(tree: Doc, pictures: Pictures) -> Iterator[faults.TextFault]:
    for number, (table, place) in enumerate(_tables(tree), start=1):
        try:
            cut = crowded(table, pictures)
        except RenderingRefused as refusal:
            # An image that is not at hand says nothing of the width.
            if named({"type": "doc", "content": [table]}) <= set(pictures):
                what = f"contient un tableau {number} qui ne peut pas être imprimé ({str(refusal).rstrip('.')})"
                yield faults.TextFault(what=what, place=place, remedy="reprenez ce tableau", stops=True)
            continue
        if cut:
            what = f"contient un tableau {number} trop large, dont des mots seront coupés même sur une page en largeur"
            remedy = "scindez-le, abrégez ses colonnes ou joignez-le en annexe"
            yield faults.TextFault(what=what, place=place, remedy=remedy, stops=False)


def _tables(tree: Doc) -> Iterator[tuple[Doc, str]]:
    return ((node, place) for node, place in faults.located(tree) if node["type"] == "table")


def _around(tree: Doc, character: str) -> str:
    """The words around the first use of a character, to find it again."""
    line = next((line for line in lines(tree) if character in line), "")
    at = line.find(character)
    return " ".join(line[max(0, at - _AROUND) : at + _AROUND].split())
