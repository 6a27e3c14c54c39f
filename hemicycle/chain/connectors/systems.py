"""The outside systems, in the order in which a dossier meets them, and the errands that exchange with each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class System(StrEnum):
    STORE = "store"
    ANTIVIRUS = "antivirus"
    MAIL = "mail"
    SIGNATURE = "signature"
    TIMESTAMP = "timestamp"
    TRANSMISSION = "transmission"
    ARCHIVE = "archive"


@dataclass(frozen=True, kw_only=True)
class About:
    #: In the address of its page.
    slug: str
    name: str
    #: What it serves for, in a few words.
    purpose: str
    #: The errands that exchange with it (couriers/itinerary.py); none: what is exchanged is no errand.
    carriers: tuple[str, ...] = ()


SYSTEMS: dict[System, About] = {
    System.TRANSMISSION: About(
        slug="transmission",
        name="Transmission à la préfecture",
        purpose="dépôt des actes, retours du contrôle de légalité (@CTES)",
        carriers=(
            *("fetch_classification", "deposit_act", "ask_about_deposit", "fetch_envelope"),
            *("collect_acknowledgement", "stamp_copy", "deposit_reply", "collect_reply_receipt"),
            *("send_cancellation", "collect_cancellation"),
        ),
    ),
    System.ARCHIVE: About(
        slug="archive",
        name="Archivage électronique",
        purpose="versement des dossiers achevés (SEDA, Vitam)",
        carriers=("deposit_package", "collect_reply"),
    ),
    System.MAIL: About(
        slug="courriel",
        name="Courriel",
        purpose="convocations, notifications, courriels aux agents (SMTP)",
        carriers=("send_summonses", "send_notice", "tell_administrators"),
    ),
    System.TIMESTAMP: About(
        slug="horodatage",
        name="Horodatage",
        purpose="date certaine de chaque signature (RFC 3161)",
        carriers=("sign", "seal_copy", "prolong_proof"),
    ),
    System.SIGNATURE: About(
        slug="signature",
        name="Clés de signature",
        purpose="fichiers, jetons et service à distance qui gardent les clés",
        carriers=("sign", "verify_brought", "fetch_signed", "seal_copy"),
    ),
    System.ANTIVIRUS: About(
        slug="antivirus",
        name="Antivirus",
        purpose="analyse des annexes jointes (clamd)",
        carriers=("scan_annex",),
    ),
    System.STORE: About(
        slug="magasin",
        name="Magasin des fichiers",
        purpose="annexes, actes et accusés gardés dans un compartiment S3",
    ),
}
BY_SLUG = {about.slug: system for system, about in SYSTEMS.items()}
