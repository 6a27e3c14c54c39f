from __future__ import annotations

from django.apps import AppConfig


class DossierConfig(AppConfig):
    name = "hemicycle.dossier"
    label = "dossier"

    def ready(self) -> None:
        from hemicycle.dossier import blobs

        blobs.open_store()
