"""Sittings: agenda, summons, attendance, proxies, ballots."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q

from hemicycle.accounts.models import Agent, Body, ElectedMember
from hemicycle.dossier.models import Dossier


class SittingState(models.TextChoices):
    PREPARING = "preparing", "en préparation"
    CONVENED = "convened", "convoquée"
    OPEN = "open", "ouverte"
    CLOSED = "closed", "close"


class Sitting(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.CharField(max_length=2, choices=Body)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=SittingState, default=SittingState.PREPARING)
    planned_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    convened_at = models.DateTimeField(null=True, blank=True)
    #: Reason of a summons shorter than the delay (L3121-19 al. 3).
    urgency = models.CharField(max_length=500, blank=True)
    presided_by = models.ForeignKey(
        ElectedMember, null=True, blank=True, on_delete=models.PROTECT, related_name="presided"
    )
    secretary = models.ForeignKey(
        ElectedMember, null=True, blank=True, on_delete=models.PROTECT, related_name="sittings_as_secretary"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    #: SHA-256 of the documents made at the summons: convocation, ordre du jour.
    summons_sha256 = models.CharField(max_length=64, blank=True)
    agenda_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "starts_at"], name="one_sitting_at_a_time")]

    def __str__(self) -> str:
        return f"{self.get_body_display()} du {self.starts_at:%d/%m/%Y}"


class AgendaItem(models.Model):
    class Outcome(models.TextChoices):
        PENDING = "pending", "à examiner"
        ADOPTED = "adopted", "adopté"
        REJECTED = "rejected", "rejeté"
        ADJOURNED = "adjourned", "ajourné"
        REMOVED = "removed", "retiré de l’ordre du jour"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="items")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="agenda_items")
    position = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.PENDING)
    #: Why it was added after the summons went out; empty otherwise.
    urgency = models.CharField(max_length=500, blank=True)
    #: The version put before the assembly.
    version = models.PositiveIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(outcome="pending"), name="one_agenda_at_a_time"),
        ]
        indexes = [models.Index(fields=["sitting", "position"])]

    def __str__(self) -> str:
        return f"{self.position}. {self.dossier.object}"


class Summons(models.Model):
    """What one member received for one sitting, with its proof."""

    class Channel(models.TextChoices):
        ELECTRONIC = "electronic", "par voie électronique"
        PAPER = "paper", "sur papier"

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="summonses")
    member = models.ForeignKey(ElectedMember, on_delete=models.PROTECT, related_name="summonses")
    channel = models.CharField(max_length=10, choices=Channel)
    #: When the reports were made available in the member's space.
    available_at = models.DateTimeField()
    #: When the notice left, and the Message-ID that proves it.
    sent_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "member"], name="one_summons_per_member")]

    def __str__(self) -> str:
        return f"{self.member} – {self.sitting}"


class Attendance(models.Model):
    class Status(models.TextChoices):
        PRESENT = "present", "présent"
        EXCUSED = "excused", "excusé"
        ABSENT = "absent", "absent"

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="attendances")
    member = models.ForeignKey(ElectedMember, on_delete=models.PROTECT, related_name="attendances")
    status = models.CharField(max_length=8, choices=Status)
    arrived_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "member"], name="one_attendance_per_member")]

    def __str__(self) -> str:
        return f"{self.member} {self.get_status_display()}"


class Proxy(models.Model):
    """A member prevented delegates the vote to another, for that meeting (L3121-16)."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="proxies")
    giver = models.ForeignKey(ElectedMember, on_delete=models.PROTECT, related_name="proxies_given")
    holder = models.ForeignKey(ElectedMember, on_delete=models.PROTECT, related_name="proxies_held")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "giver"], name="one_proxy_per_giver"),
            # One proxy per holder is law of a date (two in 2020-2022): the action checks it, with its article.
            models.CheckConstraint(condition=~Q(giver=F("holder")), name="nobody_is_one_s_own_proxy"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.holder}"


class VoteValue(models.TextChoices):
    FOR = "for", "pour"
    AGAINST = "against", "contre"
    ABSTENTION = "abstention", "abstention"
    NO_PART = "no_part", "ne prend pas part au vote"


class Ballot(models.Model):
    """The vote on one item: figures, and the state of the room at that moment."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", "scrutin ordinaire"
        PUBLIC = "public", "scrutin public"

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="ballot")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ORDINARY)
    in_office = models.PositiveSmallIntegerField()
    present = models.PositiveSmallIntegerField()
    represented = models.PositiveSmallIntegerField()
    quorum = models.PositiveSmallIntegerField()
    for_count = models.PositiveSmallIntegerField()
    against_count = models.PositiveSmallIntegerField()
    abstention_count = models.PositiveSmallIntegerField()
    no_part_count = models.PositiveSmallIntegerField()
    adopted = models.BooleanField()
    casting = models.BooleanField(default=False)
    #: « Adopté à l’unanimité. »
    sentence = models.CharField(max_length=300)
    #: « Pour : 33. Contre : 1. Abstentions : 2. » then the names by group.
    lines: Any = models.JSONField(default=list)
    taken_at = models.DateTimeField()
    #: Presence at that vote: {"present": [...], "proxies": [[giver, holder]...], "excused": [...], "absent": [...]}
    presence: Any = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    present=F("for_count")
                    + F("against_count")
                    + F("abstention_count")
                    + F("no_part_count")
                    - F("represented")
                ),
                name="votes_equal_voters",
            )
        ]

    def __str__(self) -> str:
        return self.sentence


class Vote(models.Model):
    """One vote of one member; `cast_by` the holder of the proxy when the member was represented."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="votes")
    member = models.ForeignKey(ElectedMember, on_delete=models.PROTECT, related_name="votes")
    value = models.CharField(max_length=10, choices=VoteValue)
    cast_by = models.ForeignKey(
        ElectedMember, null=True, blank=True, on_delete=models.PROTECT, related_name="votes_cast"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "member"], name="one_vote_per_member")]

    def __str__(self) -> str:
        return f"{self.member} {self.get_value_display()}"
