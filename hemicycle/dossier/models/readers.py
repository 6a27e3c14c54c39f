"""Who was brought into a dossier, what they last read of it, what they said of it."""

from __future__ import annotations

from typing import Any

from django.db import models

from hemicycle.accounts.models import Agent, Role, Unit
from hemicycle.dossier.models.dossier import Dossier


class Comment(models.Model):
    """What someone said of the dossier, of a passage of its texts, or of a page of an annex; or a reply to it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="comments")
    #: The version on the reader's screen when it was written; 0 before the first.
    version = models.PositiveIntegerField()
    author = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=4000)
    written_at = models.DateTimeField()
    #: The comment it answers: one level, whose state is the thread's.
    thread = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    #: Read in this unit, and below it, only; None: by every reader of the dossier.
    internal_to = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: What it bears on: {} the dossier; {"text": "report"|"deliberation", "block": rank, "digest": of the block's
    #: text, "quote": its words}; {"annex": id, "page": n}. Found again in later versions by the words.
    anchor: Any = models.JSONField(default=dict, blank=True)
    mentions = models.ManyToManyField(Agent, blank=True, related_name="mentions")
    #: Settled: « traité » (the first comment of a thread only).
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["dossier", "written_at"])]

    def __str__(self) -> str:
        return self.text[:60]


class Entitlement(models.Model):
    """An agent brought into a dossier by the circuit: may read it from then on."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="entitlements")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="entitlements")
    role = models.CharField(max_length=20, choices=Role)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "agent", "role"], name="one_entitlement")]
        # All that someone was brought into is read in the index alone.
        indexes = [models.Index(fields=["agent", "dossier"])]

    def __str__(self) -> str:
        return f"{self.agent} – {self.dossier}"


class Reading(models.Model):
    """The last version of a dossier that an agent has had on screen: what « since my last visit » starts from."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="readings")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="readings")
    version = models.PositiveIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "agent"], name="one_reading_per_agent")]

    def __str__(self) -> str:
        return f"{self.agent} – {self.dossier} v{self.version}"
