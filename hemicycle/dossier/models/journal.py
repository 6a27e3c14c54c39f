"""The journal, and the outbox that follows from it."""

from __future__ import annotations

from typing import Any

from django.db import models

from hemicycle.accounts.models import Agent
from hemicycle.dossier.models.dossier import Dossier


class JournalHead(models.Model):
    """The end of the chain: locked while an entry is added, so that entries follow one another."""

    n = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.n} {self.hash[:12]}"


class JournalEntry(models.Model):
    """What happened, once and for ever: append-only, chained by hash. Triggers refuse update and delete."""

    n = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    event = models.CharField(max_length=60)
    dossier = models.ForeignKey(Dossier, null=True, on_delete=models.PROTECT, related_name="journal")
    actor = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    #: The whole entry as sealed (hemicycle.protocols.journal); the columns above are for queries.
    sealed: Any = models.JSONField()
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["dossier", "n"])]

    def __str__(self) -> str:
        return f"{self.n} {self.event}"


class Errand(models.Model):
    """What must follow a journal entry: the outbox. Written with the entry, leased, done, then marked."""

    class State(models.TextChoices):
        WAITING = "waiting", "en attente"
        DONE = "done", "fait"
        #: Given up after too many tries: shown to the service des assemblées.
        FAILED = "failed", "en échec"

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="errands")
    #: Name of the carrier in the itinerary; empty: the entry is still to be sorted.
    carrier = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "carrier"], name="one_errand_per_carrier")]
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.carrier or 'tri'} #{self.entry_id}"
