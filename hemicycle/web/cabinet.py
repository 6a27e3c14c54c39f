"""The Cabinet's tray: every direction's dossiers, by the sitting aimed at; approved, sent back, held in place."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from hemicycle.accounts.models import Role
from hemicycle.chain.circuit.cabinet import tray
from hemicycle.chain.circuit.queries import InTray
from hemicycle.chain.drafting import queries as drafting
from hemicycle.texts.typography import of_fr
from hemicycle.web.access import SignedIn
from hemicycle.web.doors import for_roles
from hemicycle.web.holding import Line, line_of, lines_of, span_fr

CABINET = (Role.CABINET,)


@dataclass(frozen=True, kw_only=True)
class Here:
    """A dossier that waits at the Cabinet, with what may be done in place."""

    line: Line
    read: bool
    #: Query of the addresses, in another's name.
    behalf: str
    #: Why it is held; empty when it is not.
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """The dossiers of one sitting aimed at."""

    day: dt.date | None
    rows: list[Here]
    #: « Sport 2, Routes 1 ».
    directions: str


@for_roles(*CABINET)
@require_safe
def cabinet(request: SignedIn) -> HttpResponse:
    on = timezone.localdate()
    found = tray(request.user, on=on)
    here = [*found.waiting, *found.held]
    read = drafting.versions_read(request.user, [waiting.dossier.pk for waiting in here])
    coming = lines_of([one.dossier for one in found.coming], on=on)
    context = {
        "waiting": _grouped([_here(w, read, {}, on=on) for w in found.waiting]),
        "how_many": len(found.waiting),
        "held": [_here(w, read, found.reasons, on=on) for w in found.held],
        "embargoed": lines_of(found.embargoed, on=on),
        "coming": [(line, one.readable) for line, one in zip(coming, found.coming, strict=True)],
        "today": on,
    }
    return render(request, "circuit/cabinet.html", context)


def _here(waiting: InTray, read: dict[Any, int], reasons: dict[int, str], *, on: dt.date) -> Here:
    awaited, dossier = waiting.awaited, waiting.dossier
    name = awaited.on_behalf_of
    late = awaited.due_on is not None and awaited.due_on < on
    line = replace(
        line_of(dossier, None, on=on),
        sign="late" if late else "expected",
        stage=f"version {awaited.version}",
        due=awaited.due_on,
        late=late,
        waiting=span_fr(awaited.opened_at, on=on),
        note=f"en l’absence {of_fr(name.full_name)}" if name else "",
        pick=f"{dossier.pk}/{name.pk if name else ''}",
    )
    return Here(
        line=line,
        read=read.get(dossier.pk) == dossier.version,
        behalf=f"?pour={name.pk}" if name else "",
        why=reasons.get(awaited.step_id, ""),
    )


def _grouped(rows: Iterable[Here]) -> list[Group]:
    def aimed(row: Here) -> dt.date:
        return row.line.dossier.target_date or dt.date.max

    groups = []
    for day, members in groupby(sorted(rows, key=lambda r: (aimed(r), r.line.direction)), key=aimed):
        listed = list(members)
        counts = Counter(row.line.direction for row in listed)
        said = ", ".join(f"{name} {number}" for name, number in sorted(counts.items()))
        groups.append(Group(day=None if day == dt.date.max else day, rows=listed, directions=said))
    return groups


urls = [path("cabinet/", cabinet, name="cabinet")]
