"""The dossier, its versions, its attachments, its comments. It knows its stage and its texts; rooms keep the rest."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from hemicycle.accounts.models import Agent, Body, Role, Unit
from hemicycle.dossier.refusals import MoveNotAllowed
from hemicycle.dossier.stages import MOVES, Move, Stage


class Nature(models.TextChoices):
    """Nature of the act in @CTES (norms/actes §3)."""

    DELIBERATION = "DE", "délibération"


class DossierQuerySet(models.QuerySet["Dossier"]):
    def locked(self) -> DossierQuerySet:
        """Take the row as the lock of the dossier: every action does so first (a no-op on SQLite)."""
        return self.select_for_update(of=("self",))

    def at_stage(self, *stages: Stage) -> DossierQuerySet:
        return self.filter(stage__in=stages)


class Dossier(models.Model):
    """The affair followed from the first draft to the archive; it survives refusals, deferrals, versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    #: « R2026-0412 », given at creation, never reused.
    number = models.CharField(max_length=16, unique=True)
    stage = models.CharField(max_length=24, choices=Stage, default=Stage.DRAFTING)
    stage_since = models.DateTimeField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="dossiers")
    drafter = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="dossiers")
    body = models.CharField(max_length=2, choices=Body)
    nature = models.CharField(max_length=2, choices=Nature, default=Nature.DELIBERATION)
    #: One sentence, at most 250 characters (documents.md B3); the same string everywhere.
    object = models.CharField(max_length=250)
    #: Matière of @CTES, two levels at least: « 7.5 ».
    subject_code = models.CharField(max_length=16)
    theme = models.CharField(max_length=80, blank=True)
    rapporteur = models.ForeignKey(
        "accounts.ElectedMember", null=True, blank=True, on_delete=models.PROTECT, related_name="reported"
    )
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    #: Day of the sitting aimed at.
    target_date = models.DateField(null=True, blank=True)
    #: Working texts (text trees); versions are frozen copies of them.
    report: Any = models.JSONField(default=dict, blank=True)
    deliberation: Any = models.JSONField(default=dict, blank=True)
    #: Number of the last version; 0 before the first submission.
    version = models.PositiveIntegerField(default=0)
    #: The act's number, « CP-2026-0123 », once adopted.
    act_number = models.CharField(max_length=24, blank=True)
    opened_at = models.DateTimeField()

    objects = DossierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["act_number"], condition=~Q(act_number=""), name="one_act_per_number"),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="amount_not_negative"),
        ]
        indexes = [models.Index(fields=["stage", "stage_since"])]

    def __str__(self) -> str:
        return f"{self.number} {self.object}"

    def move(self, move: Move, *, at: Any) -> None:
        """Take the dossier to its next stage: the only writer of `stage`.

        Raises MoveNotAllowed when the table of moves has no such passage from the present stage.
        """
        passage = MOVES[move]
        if self.stage not in passage.sources:
            raise MoveNotAllowed(
                f"Le dossier {self.number} est « {Stage(self.stage).label} » : « {passage.label} » n’est pas "
                "possible à cette étape ; rechargez sa page."
            )
        self.stage = passage.target
        self.stage_since = at
        self.save(update_fields=["stage", "stage_since"])


class Version(models.Model):
    """The texts, the fields and the annexes as frozen at a submission or an edit in the circuit. Immutable."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    report: Any = models.JSONField()
    deliberation: Any = models.JSONField()
    #: Object, amount, matière… as they were.
    fields: Any = models.JSONField()
    #: [{"title", "sha256", "name", "media_type", "order", "to_control"}]
    annexes: Any = models.JSONField()
    #: SHA-256 of the canonical JSON of the four: what a visa is bound to.
    digest = models.CharField(max_length=64)
    author = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.dossier.number} v{self.number}"


class Attachment(models.Model):
    """A file of the dossier, by its content: the bytes lie in the store under their SHA-256."""

    class Kind(models.TextChoices):
        ANNEX = "annex", "annexe"
        SOURCE = "source", "document d’origine"
        #: Produced by the chain: act, acknowledgement, stamped copy, package…
        PRODUCED = "produced", "pièce produite"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=250)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    order = models.PositiveSmallIntegerField(default=0)
    #: Sent to the control of legality, with its type of piece (5 characters).
    to_control = models.BooleanField(default=False)
    type_code = models.CharField(max_length=5, blank=True)
    published = models.BooleanField(default=True)
    #: The file it was made from (an annex written in .odt and set as PDF).
    derived_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    #: Taken out of the dossier; kept for ever all the same.
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["dossier", "kind", "order"])]

    def __str__(self) -> str:
        return self.title


class Comment(models.Model):
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="comments")
    #: The version on the reader's screen when it was written; 0 before the first.
    version = models.PositiveIntegerField()
    author = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=4000)
    written_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.text[:60]


class Entitlement(models.Model):
    """An agent brought into a dossier by the circuit: may read it from then on."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="entitlements")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="entitlements")
    role = models.CharField(max_length=20, choices=Role)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "agent", "role"], name="one_entitlement")]

    def __str__(self) -> str:
        return f"{self.agent} – {self.dossier}"


class Reading(models.Model):
    """The last version of a dossier that an agent has had on screen: what « since my last visit » starts from."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="readings")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="readings")
    version = models.PositiveIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "agent"], name="one_reading_per_agent")]

    def __str__(self) -> str:
        return f"{self.agent} – {self.dossier} v{self.version}"


class Register(models.Model):
    """A gapless counter: its row is locked and advanced in the transaction that uses the number."""

    name = models.CharField(max_length=24)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "year"], name="one_register_per_year")]

    def __str__(self) -> str:
        return f"{self.name}-{self.year}"


class RegisterLine(models.Model):
    """One number of a register, for ever: never reused, a cancelled one stays with its reason."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="register_lines")
    given_at = models.DateTimeField()
    cancelled_reason = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "number"], name="one_line_per_number")]

    def __str__(self) -> str:
        return f"{self.register} {self.number}"


class JournalHead(models.Model):
    """The end of the chain: locked while an entry is added, so that entries follow one another."""

    n = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.n} {self.hash[:12]}"


class JournalEntry(models.Model):
    """What happened, once and for ever: append-only, chained by hash. Triggers refuse update and delete."""

    n = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    event = models.CharField(max_length=60)
    dossier = models.ForeignKey(Dossier, null=True, on_delete=models.PROTECT, related_name="journal")
    actor = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    #: The whole entry as sealed (hemicycle.protocols.journal); the columns above are for queries.
    sealed: Any = models.JSONField()
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["dossier", "n"])]

    def __str__(self) -> str:
        return f"{self.n} {self.event}"


class Errand(models.Model):
    """What must follow a journal entry: the outbox. Written with the entry, leased, done, then marked."""

    class State(models.TextChoices):
        WAITING = "waiting", "en attente"
        DONE = "done", "fait"
        #: Given up after too many tries: shown to the service des assemblées.
        FAILED = "failed", "en échec"

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="errands")
    #: Name of the carrier in the itinerary; empty: the entry is still to be sorted.
    carrier = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "carrier"], name="one_errand_per_carrier")]
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.carrier or 'tri'} #{self.entry_id}"
