"""The letters of the préfecture and our answers to them."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from hemicycle.accounts.models import Agent
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier.models import Attachment, Dossier


class Letter(models.Model):
    """A letter about an act, as it came: a task with a date."""

    class Kind(models.TextChoices):
        SIMPLE = "simple", "courrier simple"
        PIECES = "pieces", "demande de pièces complémentaires"
        OBSERVATIONS = "observations", "lettre d’observations"
        REFERRAL = "referral", "déféré au tribunal administratif"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="prefecture_letters")
    #: The transmission that it is about.
    departure = models.ForeignKey(Departure, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=12, choices=Kind)
    #: Its own date, which an answer echoes; of a déféré, the day it was filed at the court.
    dated = models.DateField()
    #: DescriptionPieces, Motif or NatureIllegalite; a simple letter says nothing outside its document.
    words = models.TextField(blank=True)
    #: Of its message: the same letter twice is one.
    sha256 = models.CharField(max_length=64, unique=True)
    message = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    documents = models.ManyToManyField(Attachment, related_name="+")
    #: Names of the documents that the message announces and that did not come.
    missing: Any = models.JSONField(default=list, blank=True)
    #: The name that its carrier gave it, by which it is answered; empty when it gave none.
    tdt_id = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField()
    #: By when an answer is due (law/letters.py).
    due_on = models.DateField()
    #: When the carrier took our answer.
    answered_at = models.DateTimeField(null=True, blank=True)
    #: When a person said that it calls for no answer, or for none by this channel.
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            # The few that wait are counted on every page of whoever answers them.
            models.Index(
                fields=["due_on"], condition=models.Q(answered_at=None, settled_at=None), name="letters_to_answer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.departure_id})"

    @property
    def open(self) -> bool:
        return self.answered_at is None and self.settled_at is None


class Reply(models.Model):
    """An answer: prepared by the direction, sent by the service des assemblées, carried once."""

    class State(models.TextChoices):
        PREPARED = "prepared", "préparée, à envoyer"
        #: Another one took its place before it was sent.
        REPLACED = "replaced", "remplacée"
        ORDERED = "ordered", "à envoyer par le tiers de télétransmission"
        #: Intent committed: it may have left.
        SENDING = "sending", "en cours d’envoi"
        DEPOSITED = "deposited", "envoyée"
        RECEIVED = "received", "reçue par la préfecture"
        REFUSED = "refused", "refusée"

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="replies")
    rank = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.PREPARED)
    #: Root of the message: one of protocols.actes.ANSWERS.
    root = models.CharField(max_length=40)
    #: What was typed; empty when the answer is a file.
    words = models.TextField(blank=True)
    #: What leaves, in the order of the attachments.
    documents = models.ManyToManyField(Attachment, related_name="+")
    prepared_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    ordered_by = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(null=True, blank=True)
    sending_at = models.DateTimeField(null=True, blank=True)
    tdt_id = models.CharField(max_length=80, blank=True)
    deposited_at = models.DateTimeField(null=True, blank=True)
    #: The 3-5 or the 4-5; a simple letter gets none.
    receipt = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: Day on which the State received it, read there.
    received_on = models.DateField(null=True, blank=True)
    refusal = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "rank"], name="one_reply_per_rank"),
            models.UniqueConstraint(
                fields=["letter"],
                condition=models.Q(state__in=["prepared", "ordered", "sending"]),
                name="one_reply_on_its_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.root} ({self.get_state_display()})"
