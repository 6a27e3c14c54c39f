from __future__ import annotations

from django.apps import AppConfig


class PrintingConfig(AppConfig):
    name = "hemicycle.chain.printing"
    label = "printing"
