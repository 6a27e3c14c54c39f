from __future__ import annotations

from django.apps import AppConfig


class TransmissionConfig(AppConfig):
    name = "hemicycle.chain.transmission"
    label = "transmission"
