"""Departures to the préfecture through the TdT, and what came back."""

from __future__ import annotations

from typing import Any

from django.db import models

from hemicycle.dossier.models import Attachment, Dossier


class Departure(models.Model):
    class State(models.TextChoices):
        PREPARED = "prepared", "prêt à partir"
        #: Intent committed: something may have left.
        SENDING = "sending", "envoi en cours"
        DEPOSITED = "deposited", "déposé, en attente de l’accusé de réception"
        ACKNOWLEDGED = "acknowledged", "accusé de réception reçu"
        ANOMALY = "anomaly", "refusé"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="departures")
    attempt = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.PREPARED)
    #: « CP_2026_0123 »
    actes_number = models.CharField(max_length=15)
    #: DDD-SIREN-AAAAMMJJ-NUMERO-DE
    unique_id = models.CharField(max_length=64)
    #: Our own 1-1 message and archive, built and checked before leaving.
    message = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    envelope = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    sending_at = models.DateTimeField(null=True, blank=True)
    tdt_id = models.BigIntegerField(null=True, blank=True)
    deposited_at = models.DateTimeField(null=True, blank=True)
    #: The archive that reached the ministry, fetched back from the TdT.
    sent_archive = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    acknowledgement = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    #: Date of reception by the State, read in the 1-2.
    received_on = models.DateField(null=True, blank=True)
    stamped = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    anomaly_code = models.CharField(max_length=8, blank=True)
    anomaly_detail = models.CharField(max_length=1000, blank=True)
    anomaly = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "attempt"], name="one_departure_per_attempt")]

    def __str__(self) -> str:
        return f"{self.unique_id} ({self.get_state_display()})"


class Control(models.Model):
    """What was found, before it leaves, in an act that waits: as of what it then was."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="control")
    #: Digest of everything that was judged: the same one gives the same findings.
    inputs = models.CharField(max_length=64)
    #: Of the nomenclature that was applied.
    classification_on = models.DateField()
    #: [{"code", "severity", "message", "remedy"}, …], the blocking ones first.
    findings: Any = models.JSONField(default=list, blank=True)
    blocking = models.PositiveSmallIntegerField(default=0)
    checked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["dossier"], condition=models.Q(blocking__gt=0), name="would_be_refused")]

    def __str__(self) -> str:
        return f"{self.dossier_id} ({self.blocking})"
