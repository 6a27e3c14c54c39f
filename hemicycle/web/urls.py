"""Every address of the site. Each room keeps the list of its own; a new room adds one line here."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from hemicycle.web import (
    administration,
    annexes,
    archiving,
    circuit,
    distribution,
    dossier,
    dossiers,
    drafting,
    inbox,
    member,
    partner,
    pieces,
    public,
    publication,
    signing,
    signing_in,
    sitting,
    sitting_console,
    sitting_room,
    transmission,
    versions,
    writing,
)

urlpatterns: list[URLPattern | URLResolver] = [
    *signing_in.urls,
    *inbox.urls,
    *dossiers.urls,
    *drafting.urls,
    *writing.urls,
    *annexes.urls,
    *circuit.urls,
    *versions.urls,
    *dossier.urls,
    *sitting.urls,
    *sitting_room.urls,
    *sitting_console.urls,
    *member.urls,
    *signing.urls,
    *transmission.urls,
    *pieces.urls,
    *distribution.urls,
    *partner.urls,
    *publication.urls,
    *archiving.urls,
    *public.urls,
    *administration.urls,
]
