"""What the journal says of the signature book: several signatures, delegates, files brought, and who signs what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

Facts = Mapping[str, Any]
SERIES = {
    "CD": "délibérations du conseil départemental",
    "CP": "délibérations de la commission permanente",
    "AR": "arrêtés réglementaires",
    "AI": "arrêtés individuels",
    "AU": "décisions",
}


def _added(facts: Facts) -> str:
    return (
        f"a enregistré la signature de l’acte {facts['number']} par {facts['signer']} (niveau {facts['level']}) ; "
        f"celle de {facts['next_signatory']} est attendue"
    )


def _entrusted(facts: Facts) -> str:
    by = f", par délégation ({facts['reference']})" if facts["reference"] else ""
    return f"a fait établir de nouveau l’acte {facts['number']}, à signer par {facts['signatory']}{by}"


def _order_set(facts: Facts) -> str:
    series = SERIES.get(facts["series"], facts["series"])
    return f"a décidé qui signe les {series} : {', puis '.join(facts['places'])}"


def _given(facts: Facts) -> str:
    until = f" au {_day(facts['last_day'])}" if facts["last_day"] else ""
    since = f"{'du' if until else 'à partir du'} {_day(facts['first_day'])}"
    return (
        f"a enregistré la délégation de signature de {facts['giver']} à {facts['holder']} ({facts['reference']}), "
        f"{since}{until}"
    )


def _made_public(facts: Facts) -> str:
    said = [
        f"{word} le {_day(facts[key])}"
        for word, key in (("transmise", "transmitted_on"), ("publiée", "published_on"))
        if facts[key]
    ]
    state = " et ".join(said) or "ni transmise, ni publiée"
    return f"a noté la délégation de signature de {facts['holder']} ({facts['reference']}) : {state}"


def _instant(text: str) -> str:
    return f"{timezone.localtime(dt.datetime.fromisoformat(text)):%d/%m/%Y}"


def _day(text: str) -> str:
    return f"{dt.date.fromisoformat(text):%d/%m/%Y}"


SENTENCES: dict[str, str | Callable[[Facts], str]] = {
    "signing.blob_prepared": lambda f: f"a téléchargé le bloc à signer de l’acte {f['number']}",
    "signing.signature_brought": lambda f: (
        f"a signé l’acte {f['number']} avec son propre outil et apporté le fichier ({f['capacity']})"
    ),
    "signing.signature_reopened": lambda f: (
        f"a rendu l’acte {f['number']} à son signataire, à signer de nouveau : {f['reason']}"
    ),
    "signing.asked_elsewhere": lambda f: (
        f"a déposé l’acte {f['number']} dans i-Parapheur, sous le nom « {f['title']} », pour y être signé"
    ),
    "signing.signature_added": _added,
    "signing.signature_entrusted": _entrusted,
    "signing.prolonging_asked": lambda f: f"a demandé de prolonger la preuve de l’acte {f['number']}",
    "signing.proof_prolonged": lambda f: (
        f"a prolongé la preuve de l’acte {f['number']}" + (f" jusqu’au {_instant(f['until'])}" if f["until"] else "")
    ),
    "signing.order_set": _order_set,
    "signing.delegation_given": _given,
    "signing.delegation_made_public": _made_public,
}
