from __future__ import annotations

from django.apps import AppConfig


class SittingConfig(AppConfig):
    name = "hemicycle.chain.sitting"
    label = "sitting"
