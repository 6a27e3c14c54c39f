from __future__ import annotations

from django.apps import AppConfig


class CouriersConfig(AppConfig):
    name = "hemicycle.couriers"
    label = "couriers"
