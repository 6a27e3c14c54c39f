from __future__ import annotations

from django.apps import AppConfig


class DossierConfig(AppConfig):
    name = "hemicycle.dossier"
    label = "dossier"
