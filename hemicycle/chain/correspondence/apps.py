from __future__ import annotations

from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "hemicycle.chain.correspondence"
    label = "correspondence"
