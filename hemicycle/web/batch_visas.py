"""Several visas after reading: what each would bear on, then given one by one, each told."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from hemicycle.chain.circuit import batch
from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.circuit.batch import InBatch, Pick
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.web import changes
from hemicycle.web.access import SignedIn, signed_in

#: A page of visas read one after the other; beyond, nobody has read them.
MOST = 100


@dataclass(frozen=True, kw_only=True)
class Row:
    chosen: InBatch
    #: What the checkbox sends: dossier/absent/version.
    pick: str
    #: « Rapport : 2 paragraphes modifiés », or that nothing was read before.
    changed: str
    #: Why it cannot be given here; empty when it can.
    why_not: str


@signed_in
@require_POST
def visas(request: SignedIn) -> HttpResponse:
    """The choice of the list, shown before anything is given; then the visas, each in its own transaction."""
    if request.POST.get("confirm"):
        return _give(request)
    picks = [pick for written in _written(request) if (pick := _pick(written)) is not None]
    chosen = batch.chosen(request.user, picks, on=timezone.localdate())
    if not chosen:
        messages.warning(request, "Aucun dossier n’était choisi, ou leur visa n’est plus attendu de vous.")
        return redirect("inbox")
    rows = [_row(one) for one in chosen]
    given = sum(1 for row in rows if not row.why_not)
    return render(request, "circuit/batch.html", {"rows": rows, "ready": given, "gone": len(set(picks)) - len(rows)})


def _written(request: SignedIn) -> list[str]:
    return list(dict.fromkeys(request.POST.getlist("ids")))[:MOST]


def _pick(written: str) -> Pick | None:
    """« dossier/absent », the second part empty in one's own name."""
    dossier_id, _, name = written.partition("/")
    try:
        return UUID(dossier_id), UUID(name) if name else None
    except ValueError:
        return None


def _row(chosen: InBatch) -> Row:
    name = chosen.awaited.on_behalf_of
    return Row(
        chosen=chosen,
        pick=f"{chosen.dossier.pk}/{name.pk if name else ''}/{chosen.present.number}",
        changed=_changed(chosen),
        why_not=_why_not(chosen),
    )


def _why_not(chosen: InBatch) -> str:
    if chosen.awaited.opinion:
        return "un avis est demandé : ouvrez le dossier pour le donner"
    if chosen.read == 0:
        return f"version {chosen.present.number} jamais ouverte : lisez-la d’abord"
    if chosen.read != chosen.present.number:
        return f"vous avez lu la version {chosen.read} : lisez la version {chosen.present.number}"
    return ""


def _changed(chosen: InBatch) -> str:
    if chosen.before is None:
        return "Premier passage devant vous." if chosen.present.number > 1 else "Première version."
    said = changes.between(chosen.before, chosen.present).summary
    return f"Depuis la version {chosen.before.number} : {said or 'rien n’a changé.'}"


def _give(request: SignedIn) -> HttpResponse:
    given, refused = 0, []
    sent = [(pick, _version(written)) for written in _written(request) if (pick := _pick_of(written)) is not None]
    waiting = batch.chosen(request.user, [pick for pick, _ in sent], on=timezone.localdate())
    known = {one.pick: one for one in waiting}
    for pick, version in sent:
        one = known.get(pick)
        try:
            if one is None:
                raise NotRead("Un des visas choisis n’est plus attendu de vous.")
            _give_as_read(request, one, version)
            given += 1
        except ActionRefused as refusal:
            refused.append(f"{one.dossier.number} : {refusal}" if one else str(refusal))
    _tell(request, given, refused)
    return redirect("inbox")


def _version(written: str) -> int:
    version = written.rpartition("/")[2]
    return int(version) if version.isascii() and version.isdigit() and len(version) < 6 else 0


def _pick_of(written: str) -> Pick | None:
    return _pick(written.rpartition("/")[0])


def _give_as_read(request: SignedIn, one: InBatch, version: int) -> None:
    if not one.may_be_given:
        raise NotRead(_why_not(one) + ".")
    name = one.awaited.on_behalf_of
    give_visa(
        dossier_id=one.dossier.pk,
        agent=request.user,
        version_read=version,
        on_behalf_of_id=name.pk if name else None,
        at=timezone.now(),
    )


def _tell(request: SignedIn, given: int, refused: list[str]) -> None:
    for sentence in refused:
        messages.error(request, sentence)
    if not given and not refused:
        messages.warning(request, "Aucun dossier n’était choisi.")
    if given:
        done = "1 dossier est visé" if given == 1 else f"{given} dossiers sont visés"
        rest = "" if not refused else ", 1 ne l’est pas" if len(refused) == 1 else f", {len(refused)} ne le sont pas"
        messages.success(request, f"{done}{rest}.")


class NotRead(ActionRefused):
    """A visa in a batch on a version that was never on its giver's screen, or that is awaited no more."""


urls = [path("visas", visas, name="visas")]
