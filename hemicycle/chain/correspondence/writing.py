"""What an answer is made of: a letter that is typed, files that are joined, one document where the norm takes one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from hemicycle.accounts import queries as accounts
from hemicycle.chain.correspondence.models import Letter
from hemicycle.chain.correspondence.rules import takes_several, title_of
from hemicycle.chain.drafting import annexing
from hemicycle.chain.drafting.annexing import AnnexRefused
from hemicycle.chain.signing.models import Act
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.protocols.actes import MAX_ARCHIVE, media_type, pdf_faults
from hemicycle.rendering.blocks import Letterhead, Signature
from hemicycle.rendering.compile import RenderingRefused
from hemicycle.rendering.reply import Reply, gather, render_reply

#: What a letter to the préfet holds.
LONGEST = 20_000
#: Files of one answer; a simple bound, the archive has its own.
MOST_FILES = 30
PDF = "application/pdf"


class ReplyNotAccepted(ActionRefused):
    """What is given cannot leave as this answer; the sentence says why."""


@dataclass(frozen=True, kw_only=True)
class GivenFile:
    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A document of the answer."""

    title: str
    name: str
    data: bytes
    media_type: str


def papers_of(letter: Letter, *, root: str, words: str, files: Sequence[GivenFile], at: dt.datetime) -> list[Paper]:
    """The documents that would leave, in order. Raises ReplyNotAccepted."""
    if not words and not files:
        raise ReplyNotAccepted("Écrivez la réponse, ou joignez-la : un document au moins doit partir.", field="words")
    if len(words) > LONGEST:
        raise ReplyNotAccepted("La réponse est trop longue pour être tapée ici ; joignez-la.", field="words")
    if len(files) > MOST_FILES:
        raise ReplyNotAccepted(f"Une réponse compte au plus {MOST_FILES} fichiers ; réunissez-les.", field="documents")
    joined = [_accepted(letter, file, rank, at=at) for rank, file in enumerate(files, start=1)]
    typed = [_typed(letter, root, words, [paper.title for paper in joined], at=at)] if words else []
    papers = [*typed, *joined]
    if len(papers) > 1 and not takes_several(root):
        papers = [_gathered(root, papers)]
    if sum(len(paper.data) for paper in papers) > MAX_ARCHIVE - (1 << 20):
        raise ReplyNotAccepted("La réponse dépasse 150 Mo ; allégez les fichiers joints.", field="documents")
    return papers


def _accepted(letter: Letter, file: GivenFile, rank: int, *, at: dt.datetime) -> Paper:
    """As an annex: judged by its content, a text set as PDF; a PDF locked or active is refused."""
    title = file.name.rsplit(".", 1)[0] or file.name
    try:
        given = annexing.prepared(
            letter.dossier, file.data, file.name, title=title[:200], type_code="", order=rank, at=at
        )
    except AnnexRefused as refusal:
        raise ReplyNotAccepted(str(refusal), field="documents") from refusal
    data = given.pdf if given.pdf is not None else given.data
    found = media_type(data)
    if found is None:
        raise ReplyNotAccepted(
            f"« {file.name} » n’est pas d’un format admis par la préfecture : PDF, JPEG, PNG ou XML.", field="documents"
        )
    faults = pdf_faults(data) if found == PDF else []
    if faults:
        raise ReplyNotAccepted(f"« {file.name} » ne peut pas partir : {', '.join(faults)}.", field="documents")
    return Paper(title=given.title, name=given.name, data=data, media_type=found)


def _typed(letter: Letter, root: str, words: str, joined: Sequence[str], *, at: dt.datetime) -> Paper:
    authority, dossier = accounts.authority(), letter.dossier
    act = Act.objects.select_related("signatory__agent").get(dossier=dossier)
    direction = dossier.unit.direction
    reply = Reply(
        letterhead=Letterhead(
            departement=authority.name,
            direction=direction.name,
            service=dossier.unit.name if dossier.unit != direction else "",
            address=tuple(authority.address.splitlines()),
        ),
        recipient=("Préfecture", "Contrôle de légalité"),
        title=title_of(root),
        act_number=act.number,
        act_title=dossier.object,
        unique_id=letter.departure.unique_id,
        letter_dated=letter.dated,
        sent_on=day(at),
        paragraphs=tuple(line.strip() for line in words.split("\n") if line.strip()),
        signature=Signature(
            capacity=act.signatory.capacity,
            first_name=act.signatory.agent.first_name,
            last_name=act.signatory.agent.last_name,
            mention="",
        ),
        attachments=tuple(joined),
        issued_at=authority.city,
    )
    try:
        data = render_reply(reply, at=at)
    except RenderingRefused as refusal:
        raise ReplyNotAccepted(str(refusal), field="words") from refusal
    return Paper(title=title_of(root), name=f"{act.number}-reponse.pdf", data=data, media_type=PDF)


def _gathered(root: str, papers: Sequence[Paper]) -> Paper:
    """One PDF of all: the norm takes one document (section 8)."""
    others = [paper.name for paper in papers if paper.media_type != PDF]
    if others:
        raise ReplyNotAccepted(
            f"Cette réponse part en un seul document : « {others[0]} » ne peut être réuni aux autres ; joignez un PDF.",
            field="documents",
        )
    try:
        data = gather([paper.data for paper in papers])
    except RenderingRefused as refusal:
        raise ReplyNotAccepted(str(refusal), field="documents") from refusal
    return Paper(title=title_of(root), name=papers[0].name, data=data, media_type=PDF)
