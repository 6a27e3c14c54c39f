"""« Vérifier un document »: anyone gives a PDF, the page says in words whether it is whole; nothing is kept."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hemicycle.chain.publication.known_files import known_file
from hemicycle.protocols.pades.roots import UnreadableRoots, read_roots
from hemicycle.web.public import around
from hemicycle.web.signing_in import address_of
from hemicycle.web.verdict_page import Shown, shown

#: Bytes of one file, and of the request around it.
MAX_BYTES = 50 * 1024 * 1024
ENVELOPE = 64 * 1024
#: Files that one address may have verified, and in how many seconds; by web process.
MOST, PERIOD = 20, 600
#: Files verified at once by one web process, and seconds that the next may wait for its turn.
_turns = BoundedSemaphore(2)
PATIENCE = 20

TOO_BIG = f"Ce fichier dépasse {MAX_BYTES // 1024**2} Mo ; donnez l’acte seul, sans ses annexes."
TOO_OFTEN = "Vous avez vérifié beaucoup de documents ; attendez dix minutes, puis recommencez."
BUSY = "D’autres documents sont en cours de vérification ; recommencez dans une minute."


class VerificationForm(forms.Form):
    file = forms.FileField(
        label="Document PDF à vérifier",
        help_text="50 Mo au plus. Le fichier n’est ni conservé ni transmis.",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        max_length=300,
        error_messages={
            "required": "Choisissez un fichier PDF, puis demandez sa vérification.",
            "invalid": "Choisissez un fichier PDF, puis demandez sa vérification.",
            "empty": "Ce fichier est vide ; demandez-le de nouveau à qui vous l’a envoyé.",
            "max_length": "Le nom de ce fichier est trop long ; raccourcissez-le.",
        },
    )

    def clean_file(self) -> UploadedFile[Any]:
        given: UploadedFile[Any] = self.cleaned_data["file"]
        if given.size is None or given.size > MAX_BYTES:
            raise forms.ValidationError(TOO_BIG)
        head = given.read(1024)
        given.seek(0)
        if b"%PDF-" not in head:
            raise forms.ValidationError("Ce fichier n’est pas un PDF ; seuls les PDF signés se vérifient ici.")
        return given


# No account, no session, nothing written: there is nothing here that another site could have someone do.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_document(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, VerificationForm())
    # Before the body is read: the size announced, and how often this address came.
    announced = str(request.META.get("CONTENT_LENGTH") or "0")
    if not announced.isdecimal() or int(announced) > MAX_BYTES + ENVELOPE:
        return _page(request, VerificationForm(), refusal=TOO_BIG, status=413)
    if _too_often(address_of(request)):
        return _page(request, VerificationForm(), refusal=TOO_OFTEN, status=429)
    form = VerificationForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    if not _turns.acquire(timeout=PATIENCE):
        return _page(request, VerificationForm(), refusal=BUSY, status=503)
    try:
        return _judged(request, form.cleaned_data["file"])
    finally:
        _turns.release()


def _judged(request: HttpRequest, given: UploadedFile[Any]) -> HttpResponse:
    data = given.read()
    known = known_file(hashlib.sha256(data).hexdigest())
    verdict = shown(data, name=given.name or "document.pdf", roots=trust_roots(), at=timezone.now(), known=known)
    return _page(request, VerificationForm(), verdict=verdict)


def _page(
    request: HttpRequest, form: VerificationForm, *, verdict: Shown | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "verdict": verdict, "refusal": refusal, **around("verify_document")}
    return render(request, "public/verify.html", context, status=status)


def _too_often(address: str) -> bool:
    key = f"verify-document-{hashlib.sha256(address.encode()).hexdigest()}"
    cache.add(key, 0, PERIOD)
    try:
        return cache.incr(key) > MOST
    except ValueError:
        # It ran out between the two lines.
        return False


def trust_roots() -> tuple[bytes, ...]:
    """The authorities that vouch for signatories: those of every signed PDF, and those of our own signatures.

    What cannot be read vouches for nobody, and the log says so.
    """
    found: list[bytes] = []
    for place in (settings.TRUST_ROOTS, settings.SIGNATURE_TRUST):
        try:
            found += read_roots(Path(place)) if place else ()
        except UnreadableRoots as refusal:
            logging.getLogger(__name__).error("%s", refusal)
    return tuple(dict.fromkeys(found))


urls = [path("verifier/", verify_document, name="verify_document")]
