from __future__ import annotations

from django.apps import AppConfig


class TellingConfig(AppConfig):
    name = "hemicycle.chain.telling"
    label = "telling"
