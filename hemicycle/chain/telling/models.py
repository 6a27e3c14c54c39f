"""The tables of the room. None of it is evidence: the letters that left are in the journal."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from hemicycle.accounts.models import Agent
from hemicycle.dossier.models import Dossier


class MailChoices(models.Model):
    """What a person chose; none: the usual rhythm of each kind."""

    agent = models.OneToOneField(Agent, primary_key=True, on_delete=models.CASCADE, related_name="mail_choices")
    #: {kind: rhythm}: only those that are not the usual ones.
    rhythms: Any = models.JSONField(default=dict, blank=True)
    #: Told, too, of the visas that somebody else gives in one's absence.
    even_absent = models.BooleanField(default=False)
    #: Nothing leaves up to that day, this day included.
    suspended_until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.agent}"


class Letter(models.Model):
    """One e-mail to one person: on record before it leaves, and the same when it is sent again after a crash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="letters")
    digest = models.BooleanField()
    gathered_at = models.DateTimeField()
    #: A courier has it in hand, or it waits for another try.
    leased_until = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    #: Why it did not leave yet, or never will; in French.
    last_error = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    #: Nothing of it held any more, or the address was refused.
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # One at a time: what comes meanwhile waits for the next.
            models.UniqueConstraint(
                fields=["agent"], condition=Q(sent_at=None, dropped_at=None), name="one_letter_on_its_way"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agent} {self.gathered_at:%d/%m/%Y %H:%M}"


class Notification(models.Model):
    """A piece of news for a person, once: whatever tells it again finds it there."""

    class State(models.TextChoices):
        WAITING = "waiting", "à écrire"
        SENT = "sent", "écrit"
        DROPPED = "dropped", "sans objet"

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=16)
    #: What it is about: « step:12:… », « comment:41 », « entry:1032 ».
    subject = models.CharField(max_length=120)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="notifications")
    #: The absent person in whose place.
    on_behalf_of = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    #: The few words it is told with; never those of a comment, which are read again when the letter is written.
    facts: Any = models.JSONField(default=dict)
    happened_at = models.DateTimeField()
    immediate = models.BooleanField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    settled_at = models.DateTimeField(null=True, blank=True)
    #: Why it was dropped, in French.
    why = models.CharField(max_length=500, blank=True)
    letter = models.ForeignKey(Letter, null=True, blank=True, on_delete=models.SET_NULL, related_name="news")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "kind", "subject"], name="told_once")]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="waiting"), name="still_to_tell")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Morning(models.Model):
    """A working day whose reminders are noted."""

    day = models.DateField(unique=True)

    def __str__(self) -> str:
        return f"{self.day}"
