"""Circuits: the definition and the passage are two tables; a passage keeps the steps it started with."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from hemicycle.accounts.models import Agent, Role, Unit
from hemicycle.dossier.models import Dossier


class StepKind(models.TextChoices):
    ONE = "one", "une personne"
    ONE_OF = "one_of", "une personne parmi"
    ALL_OF = "all_of", "toutes les personnes"


class Circuit(models.Model):
    """A circuit of visas as the service des assemblées defines it."""

    name = models.CharField(max_length=120, unique=True)
    #: None: offered to every unit; otherwise to that unit and those below it.
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="circuits")
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class StepFields(models.Model):
    order = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=StepKind, default=StepKind.ONE)
    #: Whoever holds this role nearest above the dossier's unit; or `person` when named.
    role = models.CharField(max_length=20, choices=Role, blank=True)
    #: Working days allowed.
    days = models.PositiveSmallIntegerField(default=3)
    required = models.BooleanField(default=True)
    #: Why the visa is required, in French (« car le montant dépasse 23 000 € »).
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class CircuitStep(StepFields):
    circuit = models.ForeignKey(Circuit, on_delete=models.CASCADE, related_name="steps")
    person = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: Only when the amount exceeds this; None: always.
    amount_over = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circuit", "order"], name="one_step_per_order")]

    def __str__(self) -> str:
        return f"{self.order}. {self.label}"


class CircuitRun(models.Model):
    """The passage of one dossier: its steps were frozen at the first submission."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="run")
    circuit = models.ForeignKey(Circuit, on_delete=models.PROTECT, related_name="runs")
    started_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.dossier.number} – {self.circuit}"


class RunStep(StepFields):
    run = models.ForeignKey(CircuitRun, on_delete=models.PROTECT, related_name="steps")
    assignees = models.ManyToManyField(Agent, related_name="run_steps")
    #: Open between opened_at and closed_at: this is where the dossier waits.
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "order"], name="one_run_step_per_order")]

    def __str__(self) -> str:
        return f"{self.order}. {self.label}"


class Visa(models.Model):
    """What a person said of a version, at a step: given or sent back. Never changed, never deleted."""

    class Kind(models.TextChoices):
        GIVEN = "given", "visé"
        SENT_BACK = "sent_back", "renvoyé pour correction"

    step = models.ForeignKey(RunStep, on_delete=models.PROTECT, related_name="visas")
    kind = models.CharField(max_length=10, choices=Kind)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="visas")
    #: The absent person in whose name, under a delegation in force.
    on_behalf_of = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    delegation = models.CharField(max_length=120, blank=True)
    #: The version read and its digest.
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    remark = models.CharField(max_length=2000, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind="given") | ~Q(remark=""), name="a_sending_back_has_its_reason"),
            # Whoever stands in for an absent colleague gives two visas at a step that awaits both of them.
            models.UniqueConstraint(
                "step",
                Coalesce("on_behalf_of", "agent"),
                "version",
                condition=Q(kind="given"),
                name="one_visa_per_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent} {self.get_kind_display()} v{self.version}"
