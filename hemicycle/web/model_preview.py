"""What a model gives: its pages, drawn from a real document where the reader may see one, fictional otherwise."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pikepdf
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.drafting.documents import draft_pdf, report_pdf
from hemicycle.chain.printing import queries as printing
from hemicycle.chain.printing.document_models import NOTHING, model_of
from hemicycle.chain.printing.queries import KindOfModel
from hemicycle.chain.printing.trials import is_tried, stand_in
from hemicycle.chain.publication.queries import decision_list_pdf
from hemicycle.chain.registers.documents import extract_pdf, register_pdf
from hemicycle.chain.signing import queries as signing
from hemicycle.chain.signing.documents import act_pdf
from hemicycle.chain.signing.expected import NoSignatory, wanted
from hemicycle.chain.sitting import documents as sitting_papers
from hemicycle.chain.sitting import queries as sittings
from hemicycle.dossier import register
from hemicycle.dossier.models import Dossier
from hemicycle.rendering import pages
from hemicycle.rendering.compile import RenderingRefused
from hemicycle.rendering.model import Kind, Model
from hemicycle.rendering.model_kinds import KINDS
from hemicycle.rendering.pages import PageNotShown
from hemicycle.rendering.specimens import specimen
from hemicycle.web.access import SignedIn
from hemicycle.web.act_types import KEEPERS
from hemicycle.web.doors import for_roles
from hemicycle.web.papers import file_answer

#: Real documents offered to see a model on.
OFFERED = 20
#: Pages shown beside the form; the PDF has them all.
SHOWN = 6


@dataclass(frozen=True, kw_only=True)
class PartRow:
    """A block in the form, where it stands."""

    key: str
    label: str
    why: str
    fixed: bool
    shown: bool


@dataclass(frozen=True, kw_only=True)
class Preview:
    #: Address of each page as a picture.
    pictures: tuple[str, ...]
    pdf: str
    #: Real documents: value, words, whether it is the one shown.
    subjects: tuple[tuple[str, str, bool], ...]
    pages: int = 0
    #: Why there is nothing to see.
    refusal: str = ""


def order_of(kind: Kind, content: dict[str, Any]) -> list[str]:
    """Every block, those printed in their order, each of the others after the one that precedes it in the origin."""
    origin = [part.key for part in kind.parts]
    order = list(content["parts"]) or list(origin)
    for place, key in enumerate(origin):
        if key not in order:
            before = origin[place - 1] if place else ""
            order.insert(order.index(before) + 1 if before in order else 0, key)
    return order


def shown_of(kind: Kind, content: dict[str, Any]) -> list[str]:
    return list(content["parts"]) or [part.key for part in kind.parts]


def rows(kind: Kind, order: list[str], shown: list[str]) -> list[PartRow]:
    known = {part.key: part for part in kind.parts}
    return [
        PartRow(key=key, label=part.label, why=part.why, fixed=part.fixed, shown=key in shown)
        for key in order
        if (part := known.get(key))
    ]


def preview(request: SignedIn, found: KindOfModel, content: dict[str, Any]) -> Preview:
    """The pages of the content, drawn once to be counted; each picture draws them again when it is asked for."""
    key, subject = found.kind.key, request.GET.get("sur", "")
    subjects = tuple((value, words, value == subject) for value, words in _subjects(request, key))
    which = str(found.draft.number if found.draft else found.in_force.number if found.in_force else 0)
    revision = str(found.draft.revision if found.draft else 0)
    query = urlencode({"version": which, "sur": subject, "revision": revision})
    pdf = f"{reverse('model_pdf', args=[key])}?{query}"
    try:
        data = _drawn(request, key, model_of(content), subject)
    except RenderingRefused as refusal:
        return Preview(pictures=(), pdf=pdf, subjects=subjects, refusal=str(refusal))
    with pikepdf.open(io.BytesIO(data)) as opened:
        count = len(opened.pages)
    pictures = tuple(f"{reverse('model_page', args=[key, n])}?{query}" for n in range(1, min(count, SHOWN) + 1))
    return Preview(pictures=pictures, pdf=pdf, subjects=subjects, pages=count)


@for_roles(*KEEPERS)
@require_safe
def model_pdf(request: SignedIn, kind: str) -> HttpResponse:
    try:
        data = _asked(request, kind)
    except RenderingRefused:
        raise Http404 from None
    return file_answer(data, name=f"modele-{kind}.pdf", media_type="application/pdf")


@for_roles(*KEEPERS)
@require_safe
def model_page(request: SignedIn, kind: str, number: int) -> HttpResponse:
    try:
        data = pages.picture(_asked(request, kind), number, width=pages.WIDTHS[1])
    except (RenderingRefused, PageNotShown):
        raise Http404 from None
    answer = HttpResponse(data, content_type="image/png")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _asked(request: SignedIn, kind: str) -> bytes:
    """The document of the address: a version (0: the origin), on a real document or none."""
    if kind not in KINDS:
        raise Http404
    written = request.GET.get("version", "")
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 0
    version = printing.version(kind, number) if number else None
    if number and version is None:
        raise Http404
    return _drawn(request, kind, model_of(version.content if version else NOTHING), request.GET.get("sur", ""))


def _drawn(request: SignedIn, kind: str, model: Model, subject: str) -> bytes:
    """On the real document when the reader may see it, on the fictional one otherwise. Raises RenderingRefused."""
    draw = _REAL.get(kind)
    real = draw(request, subject, model) if draw is not None and subject else None
    return real if real is not None else specimen(kind, model)


def _subjects(request: SignedIn, kind: str) -> list[tuple[str, str]]:
    on = timezone.localdate()
    if kind in ("summons", "agenda", "decision_list"):
        rows = sittings.visible_to(request.user, on=on).order_by("-starts_at", "id")[:OFFERED]
        return [(str(s.id), f"{s.get_body_display()}, {timezone.localtime(s.starts_at):%d/%m/%Y}") for s in rows]
    if kind == "register":
        return [(key, f"{p.label} {on.year}") for key, p in register.patterns(on=on).items()]
    if kind == "notice":
        return []
    dossiers = drafting.all_visible(request.user, on=on)
    natures = {"arrete": ("AR", "AI"), "decision": ("AU",), "draft": ("DE", "AR", "AI", "AU")}.get(kind, ("DE",))
    found = dossiers.filter(nature__in=natures).exclude(deliberation={})
    if kind == "extract":
        found = found.filter(act__signed__isnull=False)
    return [(str(d.pk), f"{d.number} {d.object[:70]}") for d in found[:OFFERED]]


def _dossier(request: SignedIn, subject: str) -> Dossier | None:
    try:
        wanted_id = UUID(subject)
    except ValueError:
        return None
    found = drafting.all_visible(request.user, on=timezone.localdate()).filter(id=wanted_id)
    dossier = found.select_related("unit__parent", "rapporteur__agent", "lead", "drafter").first()
    return dossier if dossier is not None and is_tried(dossier) else None


def _act(request: SignedIn, subject: str, model: Model) -> bytes | None:
    dossier = _dossier(request, subject)
    if dossier is None:
        return None
    at = timezone.now()
    ballot = None if dossier.without_vote else sittings.ballot_of(dossier)
    if ballot is None or not ballot.adopted:
        return stand_in(dossier, at=at, model=model)
    try:
        return act_pdf(dossier, ballot, wanted(dossier, ballot, on=timezone.localdate()), at=at, model=model)
    except NoSignatory:
        return stand_in(dossier, at=at, model=model)


def _paper(draw: Callable[..., bytes]) -> Callable[[SignedIn, str, Model], bytes | None]:
    def drawn(request: SignedIn, subject: str, model: Model) -> bytes | None:
        dossier = _dossier(request, subject)
        return None if dossier is None else draw(dossier, at=timezone.now(), model=model)

    return drawn


def _extract(request: SignedIn, subject: str, model: Model) -> bytes | None:
    dossier = _dossier(request, subject)
    act = signing.act_of(dossier) if dossier is not None else None
    if dossier is None or act is None or act.signed is None:
        return None
    return extract_pdf(dossier, act, request.user, at=timezone.localtime(), model=model)


def _sitting_paper(which: str) -> Callable[[SignedIn, str, Model], bytes | None]:
    def drawn(request: SignedIn, subject: str, model: Model) -> bytes | None:
        try:
            found = sittings.visible_to(request.user, on=timezone.localdate()).filter(id=UUID(subject)).first()
        except ValueError:
            return None
        if found is None:
            return None
        at, items = timezone.now(), sittings.items_of(found)
        if which == "decision_list":
            return decision_list_pdf(found.id, at=at, published_only=False, model=model)
        if which == "agenda":
            return sitting_papers.agenda_pdf(found, items, at=at, model=model)
        president = accounts.president(on=timezone.localdate())
        return sitting_papers.summons_pdf(found, items, president, at=at, model=model)

    return drawn


def _register(_request: SignedIn, subject: str, model: Model) -> bytes | None:
    on = timezone.localdate()
    if subject not in register.patterns(on=on):
        return None
    return register_pdf(subject, on.year, at=timezone.localtime(), model=model)


_REAL: dict[str, Callable[[SignedIn, str, Model], bytes | None]] = {
    "deliberation": _act,
    "arrete": _act,
    "decision": _act,
    "report": _paper(report_pdf),
    "draft": _paper(draft_pdf),
    "extract": _extract,
    "summons": _sitting_paper("summons"),
    "agenda": _sitting_paper("agenda"),
    "decision_list": _sitting_paper("decision_list"),
    "register": _register,
}

PREVIEW = "administration/modeles-des-actes/<slug:kind>/apercu"
urls = [
    path(f"{PREVIEW}.pdf", model_pdf, name="model_pdf"),
    path(f"{PREVIEW}/<int:number>.png", model_page, name="model_page"),
]
