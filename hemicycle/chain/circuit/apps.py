from __future__ import annotations

from django.apps import AppConfig


class CircuitConfig(AppConfig):
    name = "hemicycle.chain.circuit"
    label = "circuit"
