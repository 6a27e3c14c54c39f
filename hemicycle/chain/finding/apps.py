from __future__ import annotations

from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "hemicycle.chain.finding"
    label = "finding"
