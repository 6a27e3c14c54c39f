"""Run the couriers: `python -m django run_couriers`. Several may run; an errand is leased to one."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from hemicycle.couriers.rounds import run_once
from hemicycle.couriers.world import World


class Command(BaseCommand):
    help = "Carries what must leave: summonses, signatures, transmissions, notices, deposits."

    def handle(self, *_args: Any, **_options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        world = World.from_settings()
        while not stop.is_set():
            if run_once(world) == 0:
                close_old_connections()
                stop.wait(0.5)
