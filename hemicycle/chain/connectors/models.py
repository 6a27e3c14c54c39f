"""The tables of the room. None of it is evidence: what was found is in the journal when it changes."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from hemicycle.accounts.models import Agent


class Check(models.Model):
    """A test of a system, asked by someone or by the couriers' own round; the last ones are kept."""

    class Outcome(models.TextChoices):
        OK = "ok", "fonctionne"
        DOUBT = "doubt", "à regarder"
        FAILED = "failed", "en échec"

    system = models.CharField(max_length=16)
    asked_at = models.DateTimeField()
    #: None: the round of each night.
    asked_by = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    #: [{what, outcome, sentence, remedy}], in the order in which they were made.
    findings: Any = models.JSONField(default=list, blank=True)
    #: [{use, subject, issuer, serial, not_before, not_after, fingerprint, place}].
    certificates: Any = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system"], condition=Q(ended_at=None), name="one_check_under_way")
        ]
        indexes = [models.Index(fields=["system", "ended_at"])]

    def __str__(self) -> str:
        return f"{self.system} {self.asked_at:%d/%m/%Y %H:%M} {self.outcome}"


class Alarm(models.Model):
    """What the administrators are told once: a system that fails, a certificate that comes to its end."""

    class Kind(models.TextChoices):
        FAILING = "failing", "système en échec"
        EXPIRING = "expiring", "certificat à renouveler"

    system = models.CharField(max_length=16)
    kind = models.CharField(max_length=8, choices=Kind)
    #: Of a certificate, its fingerprint.
    subject = models.CharField(max_length=64, blank=True)
    #: Of a certificate, the days before its end that were reached: 60, 30, 7, 0.
    threshold = models.PositiveSmallIntegerField(default=0)
    sentence = models.CharField(max_length=500)
    remedy = models.CharField(max_length=500, blank=True)
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    #: The e-mail addresses of those who were written to.
    told: Any = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system", "kind", "subject"], condition=Q(settled_at=None), name="one_alarm_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.kind} {self.raised_at:%d/%m/%Y}"
