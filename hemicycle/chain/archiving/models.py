"""Deposits in the SAE and their replies."""

from __future__ import annotations

from typing import Any

from django.db import models

from hemicycle.dossier.models import Attachment, Dossier


class Deposit(models.Model):
    class State(models.TextChoices):
        PREPARED = "prepared", "paquet prêt"
        SENDING = "sending", "versement en cours"
        DEPOSITED = "deposited", "versé, en attente de la réponse"
        ACCEPTED = "accepted", "accepté par l’archive"
        REFUSED = "refused", "refusé par l’archive"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="deposits")
    attempt = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.PREPARED)
    #: Our transfer's identifier, never reused, even after a refusal.
    message_identifier = models.CharField(max_length=60, unique=True)
    package = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    sending_at = models.DateTimeField(null=True, blank=True)
    operation = models.CharField(max_length=80, blank=True)
    deposited_at = models.DateTimeField(null=True, blank=True)
    reply = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reply_code = models.CharField(max_length=16, blank=True)
    reply_detail = models.CharField(max_length=1000, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    #: Our @id → the SAE's identifier, as the reply gives them.
    system_ids: Any = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "attempt"], name="one_deposit_per_attempt")]

    def __str__(self) -> str:
        return self.message_identifier
