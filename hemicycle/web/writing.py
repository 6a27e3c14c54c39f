"""Writing the report and the deliberation: in the editor, in a light markup without script, or read from a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from hemicycle.chain.drafting.actions.import_text import import_text
from hemicycle.chain.drafting.actions.save_text import EMPTY, TextMoved, save_text
from hemicycle.chain.drafting.queries import Detail
from hemicycle.texts.markup import editable_as_markup, from_markup, to_markup
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import Doc, clean, digest
from hemicycle.web import editor, text_files, writing_live
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.act_text import act_html
from hemicycle.web.drafting import writable
from hemicycle.web.drafting_forms import ImportForm, MarkupForm
from hemicycle.web.refusals import refusals_beside
from hemicycle.web.writing_live import problems_of

NAMES = {"report": "le rapport", "deliberation": "le projet de délibération"}
ADDRESSES = {"report": "write_report", "deliberation": "write_deliberation"}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: SignedIn, dossier_id: UUID, text: str) -> HttpResponse:
    detail = writable(request, dossier_id)
    if text == "report" and detail.related.lead is not None:
        return redirect("write_report", detail.related.lead.id)
    if request.method == "POST":
        return _typed(request, detail, text)
    tree = _working(detail, text)
    if not editable_as_markup(tree):
        return _page(request, detail, text, form=None)
    return _page(request, detail, text, form=MarkupForm(initial={"content": to_markup(tree), "base": digest(tree)}))


def _typed(request: SignedIn, detail: Detail, text: str) -> HttpResponse:
    """The text as typed: shown as it will be read, or saved."""
    form = MarkupForm(request.POST)
    if not form.is_valid():
        return _page(request, detail, text, form=form, status=409)
    try:
        tree = from_markup(form.cleaned_data["content"])
    except TextRefused as refusal:
        form.add_error("content", str(refusal))
        return _page(request, detail, text, form=form, status=409)
    if "preview" in request.POST:
        return _page(request, detail, text, form=form, preview=tree)
    # Without a base, the form was not opened on any text of ours: it replaces none unknowingly.
    base = form.cleaned_data["base"] or "inconnue"
    at, dossier_id = timezone.now(), detail.dossier.id
    with refusals_beside(form):
        try:
            save_text(dossier_id=dossier_id, text=text, content=tree, base=base, agent=request.user, at=at)
        except TextMoved as moved:
            return _page(request, detail, text, form=_moved(request, moved), preview=tree, other=moved.saved)
        messages.success(request, f"C’est enregistré : {NAMES[text]}.")
        return redirect("dossier_tab", detail.dossier.id, "rapport" if text == "report" else "deliberation")
    return _page(request, detail, text, form=form, status=409)


def _moved(request: SignedIn, moved: TextMoved) -> MarkupForm:
    """The same form, now standing on the text that the other person saved."""
    data = request.POST.copy()
    data["base"] = digest(moved.saved)
    form = MarkupForm(data)
    form.add_error(None, str(moved))
    return form


@signed_in
@require_POST
def import_(request: SignedIn, dossier_id: UUID, text: str) -> HttpResponse:
    detail = writable(request, dossier_id)
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        with refusals_beside(form):
            import_text(
                dossier_id=dossier_id,
                text=text,
                data=file.read(),
                filename=file.name,
                agent=request.user,
                at=timezone.now(),
            )
            messages.success(request, f"« {file.name} » est importé ; relisez {NAMES[text]} avant de le soumettre.")
            return redirect(ADDRESSES[text], dossier_id)
    return _page(request, detail, text, form=_untouched(detail, text), import_form=form, status=409)


def _untouched(detail: Detail, text: str) -> MarkupForm | None:
    tree = _working(detail, text)
    return MarkupForm(initial={"content": to_markup(tree), "base": digest(tree)}) if editable_as_markup(tree) else None


def _working(detail: Detail, text: str) -> Doc:
    return clean(getattr(detail.dossier, text) or EMPTY)


def _page(
    request: SignedIn,
    detail: Detail,
    text: str,
    *,
    form: MarkupForm | None,
    import_form: ImportForm | None = None,
    preview: Doc | None = None,
    other: Doc | None = None,
    status: int = 200,
) -> HttpResponse:
    tree = _working(detail, text)
    read = preview if preview is not None else tree
    context: dict[str, Any] = {
        "dossier": detail.dossier,
        "text": text,
        "name": NAMES[text],
        "form": form,
        "import_form": import_form or ImportForm(),
        "write_url": ADDRESSES[text],
        "import_url": f"import_{text}",
        "preview": act_html(preview, dossier=detail.dossier.id) if preview is not None else "",
        "asked_preview": preview is not None,
        "other": act_html(other, dossier=detail.dossier.id) if other is not None else "",
        "present": act_html(tree, dossier=detail.dossier.id) if form is None else "",
        "is_deliberation": text == "deliberation",
        "downloads": _downloads(detail, text) if tree["content"] else [],
        "notes": notes_of_import(detail, text),
        "advice": problems_of(read, text),
        # What was typed without script stays in its form; the editor opens on the text as it is saved.
        "editor": None if _plainly(request) else editor.live(detail.dossier, text, tree, request.user),
    }
    return render(request, "drafting/write.html", context, status=409 if other is not None else status)


def _downloads(detail: Detail, text: str) -> list[tuple[str, str]]:
    """Where the text may be fetched as a file, and what each is called."""
    formats = (("docx", "Word (.docx)"), ("odt", "LibreOffice (.odt)"))
    return [(reverse(f"export_{text}", args=[detail.dossier.id, suffix]), label) for suffix, label in formats]


def _plainly(request: SignedIn) -> bool:
    """Whether the reader asked for the simple form, or is in the middle of it."""
    return request.GET.get("saisie") == "simple" or "content" in request.POST


def notes_of_import(detail: Detail, text: str) -> list[str]:
    """What the reading of the last file settled, as long as the text has not been rewritten since."""
    events = ("drafting.text_imported", "drafting.text_saved")
    of_text = [e.sealed["facts"] | {"event": e.event} for e in detail.journal if e.event in events]
    last = next((facts for facts in reversed(of_text) if facts["text"] == text), None)
    return list(last["notes"]) if last and last["event"] == events[0] else []


REPORT, DELIBERATION = {"text": "report"}, {"text": "deliberation"}
urls = [
    path("dossiers/<uuid:dossier_id>/rapport/ecrire", write, REPORT, name="write_report"),
    path("dossiers/<uuid:dossier_id>/rapport/importer", import_, REPORT, name="import_report"),
    path("dossiers/<uuid:dossier_id>/deliberation/ecrire", write, DELIBERATION, name="write_deliberation"),
    path("dossiers/<uuid:dossier_id>/deliberation/importer", import_, DELIBERATION, name="import_deliberation"),
    *writing_live.urls,
    *text_files.urls,
]
