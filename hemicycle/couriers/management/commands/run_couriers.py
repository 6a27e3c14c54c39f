"""Run the couriers: `python -m django run_couriers`. Several may run; an errand is leased to one."""

from __future__ import annotations

import logging
import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from hemicycle.couriers import correspondence, housekeeping, telling
from hemicycle.couriers.rounds import run_once
from hemicycle.couriers.world import World

log = logging.getLogger("hemicycle.couriers")


class Command(BaseCommand):
    help = "Carries what must leave: summonses, signatures, transmissions, notices, deposits, e-mails."

    def handle(self, *_args: Any, **_options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        world = World.from_settings()
        letters_at = tidy_at = received_at = time.monotonic()
        while not stop.is_set():
            moved = run_once(world)
            if time.monotonic() >= letters_at:
                _write_letters(world)
                letters_at = time.monotonic() + telling.EVERY
            if time.monotonic() >= received_at:
                _collect_letters(world)
                received_at = time.monotonic() + correspondence.EVERY
            if time.monotonic() >= tidy_at:
                _tidy(world)
                tidy_at = time.monotonic() + housekeeping.EVERY
            if moved == 0:
                close_old_connections()
                stop.wait(0.5)


def _write_letters(world: World) -> None:
    try:
        telling.walk(world)
    except Exception:
        # Whatever befalls the letters, the errands go on; the next round takes them up.
        log.exception("the round of letters failed")


def _collect_letters(world: World) -> None:
    try:
        correspondence.collect_letters(world)
    except Exception:
        log.exception("the letters of the préfecture could not be collected")


def _tidy(world: World) -> None:
    try:
        housekeeping.tidy(world)
    except Exception:
        log.exception("the housekeeping failed")
