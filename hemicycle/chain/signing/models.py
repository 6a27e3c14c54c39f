"""The act: its frozen bytes, the signatures it must bear, the signed file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models

from hemicycle.accounts.models import Agent, Delegation, Signatory
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
    #: Its author: the president or the delegate, whoever else signs beside.
    signatory = models.ForeignKey(Signatory, on_delete=models.PROTECT, related_name="acts")
    #: The exact bytes to be signed.
    frozen = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    drawn_up_at = models.DateTimeField()
    #: The last order given, whatever its rank.
    ordered_by = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(null=True, blank=True)
    #: The act once every signature is on it.
    signed = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    #: What the verification said: {"signer", "level", "timestamp", "serial", …}
    verification: Any = models.JSONField(default=dict, blank=True)
    refusal_reason = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.number


class SigningGesture(models.Model):
    """What a signatory ordered at once, one act or 150: carried together, under one authorisation of the key."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: The codes that the signatory typed, encrypted (see codes); taken out when they serve, and after `codes_until`.
    sealed_codes = models.BinaryField(blank=True, default=b"")
    codes_until = models.DateTimeField(null=True, blank=True)
    #: A courier carries it until then, or it waits until then for another try; a crash frees it.
    leased_until = models.DateTimeField(null=True, blank=True)
    #: Why it waits, in French; empty while it is carried.
    delay = models.CharField(max_length=500, blank=True)
    #: Why what is left of it was given back to the signatory, in French.
    refusal = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.agent} {self.at:%d/%m/%Y %H:%M}"


class KeyCodes(models.Model):
    """What a key wants of its holder at each gesture, as the courier found out: « PIN », « OTP »."""

    #: As Signatory.key_name.
    key_name = models.CharField(max_length=160, unique=True)
    codes = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.key_name} : {', '.join(self.codes)}"


class ExpectedSignature(models.Model):
    """One of the signatures that an act must bear, in their order; each covers all the bytes before it."""

    class Who(models.TextChoices):
        PRESIDENT = "president", "le président"
        SECRETARY = "secretary", "le secrétaire de séance"
        PERSON = "person", "une personne désignée"

    class State(models.TextChoices):
        WAITING = "waiting", "attend son tour"
        TO_SIGN = "to_sign", "à signer"
        ORDERED = "ordered", "signature en cours"
        SIGNED = "signed", "signée"

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="signatures")
    rank = models.PositiveSmallIntegerField()
    #: On what ground this person signs: the office is judged again on the day of the signature.
    who = models.CharField(max_length=12, choices=Who)
    #: As printed above the name: « La Secrétaire de séance ».
    capacity = models.CharField(max_length=160)
    #: Whose name and whose certificate: the delegate's when the signature is passed to one.
    signatory = models.ForeignKey(Signatory, on_delete=models.PROTECT, related_name="+")
    #: In whose stead, when another signs « par délégation » (L3221-3).
    delegation = models.ForeignKey(Delegation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    ordered_by = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(null=True, blank=True)
    gesture = models.ForeignKey(
        SigningGesture, null=True, blank=True, on_delete=models.SET_NULL, related_name="signatures"
    )
    #: The file with room for a signature made apart, once the person asked for its bytes.
    prepared = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: The file that the person signed elsewhere and brought, until it is judged.
    brought = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: The act as it stands after this signature.
    signed = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    #: What the verification of this signature said: {"signer", "level", "timestamp", "serial", …}
    verification: Any = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["act", "rank"], name="one_signature_per_rank"),
            models.UniqueConstraint(
                fields=["act"], condition=models.Q(state__in=["to_sign", "ordered"]), name="one_signature_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signatory.agent}, {self.capacity}"

    @property
    def absent(self) -> Agent | None:
        """In whose stead the signatory signs, by delegation; None in one's own right."""
        return self.delegation.giver if self.delegation else None


class Proof(models.Model):
    """Until when an act's file proves itself, and the copy that prolongs it; the signed original is never replaced."""

    act = models.OneToOneField(Act, on_delete=models.CASCADE, related_name="proof")
    #: The last file: the signed original, then each prolonged copy of it.
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    #: The end of the certificate of its last timestamp, and whose it is.
    protected_until = models.DateTimeField(null=True, blank=True, db_index=True)
    protected_by = models.CharField(max_length=200, blank=True)
    #: A timestamp over the whole document (B-LTA).
    archived = models.BooleanField(default=False)
    asked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.act} : {self.protected_until or 'sans horodatage'}"


class SigningPlace(models.Model):
    """Who signs the acts of a series, one line per rank; without any line the president alone does."""

    #: A body (« CP »), or the nature of acts that go to none.
    series = models.CharField(max_length=2)
    rank = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=12, choices=ExpectedSignature.Who)
    #: For « une personne désignée ».
    person = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "rank"], name="one_place_per_rank")]

    def __str__(self) -> str:
        return f"{self.series} {self.rank} : {self.get_who_display()}"


class Publicity(models.Model):
    """What makes the arrêté of a delegation of signature executory: transmitted and published (CGCT, L3131-1)."""

    delegation = models.OneToOneField(Delegation, on_delete=models.CASCADE, related_name="publicity")
    transmitted_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.delegation} : {self.executory_on or 'pas encore exécutoire'}"

    @property
    def executory_on(self) -> dt.date | None:
        """The day from which the delegation may be used: both are needed, the later counts."""
        if self.transmitted_on is None or self.published_on is None:
            return None
        return max(self.transmitted_on, self.published_on)
