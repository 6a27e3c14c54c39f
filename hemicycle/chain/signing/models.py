"""The act: its frozen bytes, the order to sign, the signed file."""

from __future__ import annotations

from typing import Any

from django.db import models

from hemicycle.accounts.models import Agent, Signatory
from hemicycle.dossier.models import Attachment, Dossier


class Act(models.Model):
    class State(models.TextChoices):
        TO_SIGN = "to_sign", "à signer"
        #: The signatory has given the order; the courier carries the bytes to the signing service.
        ORDERED = "ordered", "signature en cours"
        SIGNED = "signed", "signé"
        REFUSED = "refused", "signature refusée"

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="act")
    number = models.CharField(max_length=24, unique=True)
    decided_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.TO_SIGN)
    signatory = models.ForeignKey(Signatory, on_delete=models.PROTECT, related_name="acts")
    #: The exact bytes to be signed.
    frozen = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    drawn_up_at = models.DateTimeField()
    ordered_by = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(null=True, blank=True)
    signed = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    #: What the verification said: {"signer", "level", "timestamp", "serial", …}
    verification: Any = models.JSONField(default=dict, blank=True)
    refusal_reason = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.number
