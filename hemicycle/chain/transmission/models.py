"""Departures to the préfecture through the TdT, and what came back."""

from __future__ import annotations

from typing import Any

from django.db import models

from hemicycle.accounts.models import Agent
from hemicycle.dossier.models import Attachment, Dossier


class Departure(models.Model):
    class State(models.TextChoices):
        PREPARED = "prepared", "prêt à partir"
        #: Intent committed: something may have left.
        SENDING = "sending", "envoi en cours"
        DEPOSITED = "deposited", "déposé, en attente de l’accusé de réception"
        ACKNOWLEDGED = "acknowledged", "accusé de réception reçu"
        ANOMALY = "anomaly", "refusé"
        #: Never sent: the act's filing or the nomenclature changed first, another attempt took its place.
        SUPERSEDED = "superseded", "remplacé avant l’envoi"
        #: The préfecture acknowledged the cancellation (6-2): the act stays, as if it had never been sent.
        CANCELLED = "cancelled", "transmission annulée"

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
    #: Digest of everything that was judged when it was built (control.py): another one makes another attempt.
    inputs = models.CharField(max_length=64, blank=True)
    sending_at = models.DateTimeField(null=True, blank=True)
    #: The transaction, in the words of whoever carries it: a number at S²LOW, a UUID at Stela, an identifier of ours.
    tdt_id = models.CharField(max_length=80, blank=True, default="")
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

    #: When the silence of the préfecture was told, once.
    silence_told_at = models.DateTimeField(null=True, blank=True)
    #: The last question put to the TdT about a sending whose outcome is unknown, and what it answered.
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_answer = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "attempt"], name="one_departure_per_attempt")]

    def __str__(self) -> str:
        return f"{self.unique_id} ({self.get_state_display()})"


class Cancellation(models.Model):
    """A request to cancel the transmission of an act: one person asks, another decides, then it leaves once."""

    class State(models.TextChoices):
        ASKED = "asked", "à confirmer par une autre personne"
        DECLINED = "declined", "écartée"
        CONFIRMED = "confirmed", "confirmée, à envoyer"
        #: Intent committed: the request may have left.
        SENDING = "sending", "en cours d’envoi"
        SENT = "sent", "envoyée, réponse attendue"
        ACCEPTED = "accepted", "annulation reçue par la préfecture"
        REFUSED = "refused", "refusée"

    #: Neither declined, refused nor concluded.
    OPEN = (State.ASKED, State.CONFIRMED, State.SENDING, State.SENT)

    departure = models.ForeignKey(Departure, on_delete=models.PROTECT, related_name="cancellations")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    #: Another person than who asked.
    decided_by = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    sending_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    #: Of the request at the TdT; None when the TdT holds one without giving its number.
    tdt_id = models.CharField(max_length=80, null=True, blank=True)
    #: The 6-2.
    receipt = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: Day on which the State received it, read in the 6-2.
    received_on = models.DateField(null=True, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["departure"],
                condition=models.Q(state__in=["asked", "confirmed", "sending", "sent"]),
                name="one_open_cancellation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.departure.unique_id} ({self.get_state_display()})"


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


class ClassificationRequest(models.Model):
    """A question put to the préfecture about its nomenclature (7-1), and what came back."""

    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    #: Of the nomenclature received.
    dated = models.DateField(null=True, blank=True)
    changed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"


class ParkedMessage(models.Model):
    """A message that nothing here expected, kept whole until a person has judged it."""

    #: Of its bytes, which lie in the store: the same message twice is one.
    sha256 = models.CharField(max_length=64, unique=True)
    #: Bytes.
    size = models.PositiveBigIntegerField()
    #: What it says it is: « Accusé de réception », or that it cannot be read.
    kind = models.CharField(max_length=120)
    #: Why it was put aside, in French.
    why = models.CharField(max_length=500)
    received_at = models.DateTimeField()
    #: The act that it speaks of, when there is one here.
    dossier = models.ForeignKey(Dossier, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["received_at"], condition=models.Q(settled_at=None), name="parked_to_judge")]

    def __str__(self) -> str:
        return self.kind


class SendingHours(models.Model):
    """A span of a weekday when acts leave; without any, they leave at any hour."""

    #: 1 Monday … 7 Sunday.
    weekday = models.PositiveSmallIntegerField(unique=True)
    opens = models.TimeField()
    closes = models.TimeField()

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}–{self.closes}"


class Maintenance(models.Model):
    """An announced time when the TdT or the ministry takes nothing."""

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    announced_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="maintenance_ends_later")
        ]

    def __str__(self) -> str:
        return self.reason
