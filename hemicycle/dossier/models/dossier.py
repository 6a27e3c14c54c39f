"""The dossier and its versions. It knows its stage and its texts; rooms keep the rest."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from hemicycle.accounts.models import Agent, Body, Unit
from hemicycle.dossier.refusals import MoveNotAllowed
from hemicycle.dossier.stages import MOVES, Move, Stage


class Nature(models.TextChoices):
    """Nature of the act in @CTES (norms/actes §3)."""

    DELIBERATION = "DE", "délibération"
    #: The president's own acts, taken without a vote.
    REGULATORY = "AR", "arrêté réglementaire"
    INDIVIDUAL = "AI", "arrêté individuel"
    DECISION = "AU", "décision"


#: The stages whose words name the assembly, for what goes to none.
_WITHOUT_VOTE = {Stage.READY: "prêt à être pris", Stage.ADOPTED: "pris"}


class ActType(models.Model):
    """A type of act, as the service des assemblées names it: subvention, convention, marché… Models hang on it."""

    name = models.CharField(max_length=80, unique=True)
    nature = models.CharField(max_length=2, choices=Nature, default=Nature.DELIBERATION)
    #: What a circuit or a filter of an older dossier still names is put aside, never deleted.
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


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
    #: Empty for an act of the president, which goes to no assembly.
    body = models.CharField(max_length=2, choices=Body, blank=True)
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
    #: The act's number, « CP-2026-0123 », once adopted or taken.
    act_number = models.CharField(max_length=24, blank=True)
    opened_at = models.DateTimeField()
    act_type = models.ForeignKey(ActType, null=True, blank=True, on_delete=models.PROTECT, related_name="dossiers")
    #: Several deliberations for one report: the dossier whose report, circuit and place on the agenda this one shares.
    lead = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="companions")
    #: The custom fields of its type of act: {key: text | number as text | ISO date | id of an attachment}.
    extra: Any = models.JSONField(default=dict, blank=True)
    #: Kept by the Cabinet from everyone outside the circuit until the members are convened.
    embargo = models.BooleanField(default=False)
    #: Why it was validated in emergency, without all its visas; flagged up to the act. Empty: it was not.
    emergency = models.CharField(max_length=500, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["act_number"], condition=~Q(act_number=""), name="one_act_per_number"),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="amount_not_negative"),
        ]
        indexes = [
            models.Index(fields=["stage", "stage_since"]),
            models.Index(fields=["-stage_since", "number"]),
            models.Index(fields=["unit", "stage", "-stage_since"]),
            models.Index(fields=["drafter", "stage", "-stage_since"]),
            # All that is asked of the few thousands in progress before a hundred are shown: the rows, heavy with
            # texts, are not opened.
            models.Index(fields=["stage", "drafter", "stage_since", "number", "id"], name="in_progress"),
            # How many are opened each month, without a look at the texts of any.
            models.Index(fields=["opened_at", "unit"]),
            models.Index(fields=["embargo"], condition=Q(embargo=True), name="under_embargo"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.object}"

    @property
    def without_vote(self) -> bool:
        """An act of the president: the same chain, without an assembly."""
        return self.nature != Nature.DELIBERATION

    def get_stage_display(self) -> str:  # type: ignore[no-redef]  # instead of what the plugin lays
        """The stage in words; an act of the president is taken, not adopted."""
        said = _WITHOUT_VOTE if self.without_vote else {}
        return said.get(Stage(self.stage), str(Stage(self.stage).label))

    def move(self, move: Move, *, at: Any) -> None:
        """Take the dossier to its next stage: the only writer of `stage`.

        Raises MoveNotAllowed when the table of moves has no such passage from the present stage.
        """
        passage = MOVES[move]
        if self.stage not in passage.sources:
            raise MoveNotAllowed(
                f"Le dossier {self.number} est « {self.get_stage_display()} » : « {passage.label} » n’est pas "
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
