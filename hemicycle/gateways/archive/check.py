"""A test of the archive: its address, its certificate, our contract. Nothing is deposited."""

from __future__ import annotations

import secrets

import httpx

from hemicycle.gateways.checks import Finding, failed, works
from hemicycle.gateways.reaching import no_answer

CONTRACT = "Contrat d’accès"
_LOGBOOK = "/access-external/v1/logbookoperations"


def asked(http: httpx.Client, *, contract: str, tenant: int) -> Finding:
    """What the platform answers to a search of its logbook, which the couriers need to settle an unknown outcome."""
    query = {"$query": {"$eq": {"evIdAppSession": f"essai-{secrets.token_hex(8)}"}}, "$filter": {}, "$projection": {}}
    try:
        answer = http.request("GET", _LOGBOOK, json=query, headers={"Accept": "application/json"})
    except httpx.HTTPError as error:
        return no_answer(error, "Le service d’archives")
    named = f"le contrat « {contract} »" if contract else "l’absence de contrat"
    code = answer.status_code
    if code in (401, 403):
        return failed(
            CONTRACT,
            f"La plateforme n’admet pas notre certificat, ou {named}, sur le tenant {tenant} (code {code}).",
            remedy="Faites vérifier par les archives le contexte applicatif lié à notre certificat, le contrat "
            "d’accès, et qu’il permet de lire le journal des opérations.",
        )
    if code in (400, 412):
        return failed(
            CONTRACT,
            f"La plateforme refuse {named} ou le tenant {tenant} (code {code}).",
            remedy="Vérifiez HEMICYCLE_SAE_TENANT et HEMICYCLE_SAE_ACCESS_CONTRACT auprès des archives.",
        )
    if code >= 500:
        return failed(CONTRACT, f"La plateforme est en erreur (code {code}).", remedy="Recommencez plus tard.")
    try:
        readable = code == 200 and isinstance(answer.json().get("$results"), list)
    except (ValueError, AttributeError):
        readable = False
    if not readable:
        return failed(
            CONTRACT,
            f"Ce n’est pas une plateforme Vitam qui répond à cette adresse (code {code}).",
            remedy="Vérifiez HEMICYCLE_SAE_URL : l’adresse s’arrête avant /ingest-external.",
        )
    return works(CONTRACT, f"La plateforme admet {named} sur le tenant {tenant}, et donne à lire son journal.")
