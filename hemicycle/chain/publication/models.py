"""Acts put online (L3131-1, R3131-2): in full, not modifiable, with their author and the date."""

from __future__ import annotations

from django.db import models

from hemicycle.accounts.models import Agent
from hemicycle.dossier.models import Attachment, Dossier


class Publication(models.Model):
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="publication")
    #: Last part of the permanent address: /actes/<slug>/
    slug = models.SlugField(max_length=40, unique=True)
    put_online_at = models.DateTimeField()
    published_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    #: First name, NAME and capacity of the author, as the law wants it online.
    author = models.CharField(max_length=200)
    #: The copy offered: signed original stamped with its dates.
    document = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    executory_on = models.DateField(null=True, blank=True)
    executory_explanation = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return self.slug


class Notification(models.Model):
    """An act made known to the person it is about (L3131-1): never online, executory from then on."""

    class Means(models.TextChoices):
        BY_HAND = "by_hand", "remise en main propre"
        REGISTERED = "registered", "lettre recommandée avec avis de réception"
        ELECTRONIC = "electronic", "envoi électronique"

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="notification")
    addressee = models.CharField(max_length=200)
    #: Day on which the person had it: of the hand-over, of the first presentation of the letter, of the reading.
    notified_on = models.DateField()
    means = models.CharField(max_length=10, choices=Means)
    #: Signed receipt, advice of delivery, proof of reading.
    proof = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    executory_on = models.DateField(null=True, blank=True)
    executory_explanation = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.notified_on}"
