"""What an action refuses is shown where it was asked: beside the field at fault, or on top of the form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms

from hemicycle.dossier.refusals import ActionRefused


@contextmanager
def refusals_beside(form: forms.Form) -> Iterator[None]:
    """Catch the refusal of an action and put it on the (bound) form, which is then no longer valid.

    with refusals_beside(form):
        give_visa(...)
        return redirect(...)
    """
    try:
        yield
    except ActionRefused as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal))
