"""The return to the direction, and the notices to the partners."""

from __future__ import annotations

import secrets

from django.db import models

from hemicycle.accounts.models import Agent, Unit
from hemicycle.dossier.models import Attachment, Dossier


def new_token() -> str:
    return secrets.token_urlsafe(24)


class Return(models.Model):
    """The act came back to the direction that drafted it, signed and acknowledged."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="act_return")
    returned_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        # The few not seen yet are counted on every page of a direction.
        indexes = [models.Index(fields=["dossier"], condition=models.Q(seen_at=None), name="unseen_returns")]

    def __str__(self) -> str:
        return str(self.dossier)


class Partner(models.Model):
    """The address book of a direction."""

    name = models.CharField(max_length=160)
    email = models.EmailField()
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="partners")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "email"], name="one_card_per_partner")]

    def __str__(self) -> str:
        return self.name


class Notice(models.Model):
    """One act sent to one partner, for information or as a notification, with its proofs."""

    class Mode(models.TextChoices):
        INFORMATION = "information", "pour information"
        NOTIFICATION = "notification", "notification"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="notices")
    partner = models.CharField(max_length=160)
    email = models.EmailField()
    mode = models.CharField(max_length=12, choices=Mode)
    #: The personal link's secret.
    token = models.CharField(max_length=48, unique=True, default=new_token)
    prepared_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    #: The letter (PDF), with the appeal terms when it notifies.
    letter = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    message_id = models.CharField(max_length=200, blank=True)
    mail = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    downloaded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "email", "mode"], name="one_notice_per_partner_and_mode")
        ]

    def __str__(self) -> str:
        return f"{self.partner} ({self.get_mode_display()})"
