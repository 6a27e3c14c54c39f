"""Circuits: the definition and the passage are two tables; a passage keeps the steps it started with."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from hemicycle.accounts.models import Agent, Dated, Role, Unit, ends_after_it_starts
from hemicycle.dossier.models import Dossier


class StepKind(models.TextChoices):
    ONE = "one", "une personne"
    ONE_OF = "one_of", "une personne parmi"
    ALL_OF = "all_of", "toutes les personnes"


class Desk(models.Model):
    """A desk: several people who answer for one another whatever their unit (« Guichet des subventions »)."""

    name = models.CharField(max_length=80, unique=True)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class DeskSeat(Dated):
    """A person at a desk, for a time."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="seats")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="desk_seats")

    class Meta:
        constraints = [ends_after_it_starts("desk_seat")]

    def __str__(self) -> str:
        return f"{self.agent} – {self.desk}"


class Conditions(models.Model):
    """When a step, or a rule, concerns a dossier: every condition stated must hold; none stated: always."""

    #: Strictly above this amount, in euros.
    amount_over = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    #: Matières: « 7.5 » holds for 7.5 and 7.5.1. A list of codes.
    subjects: Any = models.JSONField(default=list, blank=True)
    #: Ids of act types.
    act_types: Any = models.JSONField(default=list, blank=True)
    #: Ids of units: the drafting unit is one of them or below one.
    units: Any = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True


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
    #: Whether an edit made after this visa asks for it again; it is shown as given on the older version anyway.
    again_after_edit = models.BooleanField(default=True)

    class Meta:
        abstract = True


class CircuitStep(StepFields, Conditions):
    circuit = models.ForeignKey(Circuit, on_delete=models.CASCADE, related_name="steps")
    person = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey(Desk, null=True, blank=True, on_delete=models.PROTECT, related_name="steps")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circuit", "order"], name="one_step_per_order")]

    def __str__(self) -> str:
        return f"{self.order}. {self.label}"


class VisaRule(Conditions):
    """A visa required by the data of the dossier, whatever the circuit chosen; tried on past dossiers, then on."""

    name = models.CharField(max_length=120, unique=True)
    #: Who must give it: whoever holds this role nearest above the unit, or the people of the desk.
    role = models.CharField(max_length=20, choices=Role, blank=True)
    desk = models.ForeignKey(Desk, null=True, blank=True, on_delete=models.PROTECT, related_name="rules")
    #: As read beside the visa: « car le montant dépasse 90 000 € ».
    why = models.CharField(max_length=200)
    days = models.PositiveSmallIntegerField(default=3)
    #: Where the step is put when the circuit has none of that role: before the first step of this role; "": last.
    before_role = models.CharField(max_length=20, choices=Role, blank=True)
    #: Off until it was tried.
    active = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class CircuitRun(models.Model):
    """The passage of one dossier: its steps were frozen at the first submission."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="run")
    circuit = models.ForeignKey(Circuit, on_delete=models.PROTECT, related_name="runs")
    started_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["completed_at"])]

    def __str__(self) -> str:
        return f"{self.dossier.number} – {self.circuit}"


class RunStep(StepFields):
    run = models.ForeignKey(CircuitRun, on_delete=models.PROTECT, related_name="steps")
    assignees = models.ManyToManyField(Agent, related_name="run_steps")

    class Origin(models.TextChoices):
        CIRCUIT = "circuit", "prévue par le circuit"
        RULE = "rule", "ajoutée par une règle"
        #: A second opinion asked on the way: the dossier comes back to who asked.
        OPINION = "opinion", "avis demandé"

    origin = models.CharField(max_length=8, choices=Origin, default=Origin.CIRCUIT)
    rule = models.ForeignKey(VisaRule, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: A second opinion: the step that waits for it, who asked, and what.
    asked_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="opinions")
    asked_by = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=2000, blank=True)
    #: Passed over: by whom, when, why. A required visa so left is « dispensé », never « donné ».
    waived_at = models.DateTimeField(null=True, blank=True)
    waived_by = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    waived_why = models.CharField(max_length=500, blank=True)
    #: Put on hold by the Cabinet, with its reason; nothing is late meanwhile.
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    held_why = models.CharField(max_length=500, blank=True)
    #: Open between opened_at and closed_at: this is where the dossier waits.
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "order"], name="one_run_step_per_order")]
        indexes = [
            # Where dossiers wait, those late first: a few hundred among all the steps ever passed.
            models.Index(fields=["due_on"], condition=Q(opened_at__isnull=False, closed_at=None), name="open_steps"),
            # The same, from the dossiers of a list.
            models.Index(fields=["run"], condition=Q(opened_at__isnull=False, closed_at=None), name="open_step_of_run"),
            # Of steps passed alone: an index of all would be taken for the one above, and read every step to come.
            models.Index(fields=["closed_at"], condition=Q(closed_at__isnull=False), name="passed_steps"),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.label}"


#: What counts as a visa given.
APPROVALS = ("given", "reserved")


class VisaQuerySet(models.QuerySet["Visa"]):
    def standing(self) -> VisaQuerySet:
        """Visas given, with a reservation or not, that nothing has undone since."""
        return self.filter(kind__in=APPROVALS, annulled_at=None)


class Visa(models.Model):
    """What a person said of a version, at a step: given or sent back. Never deleted; only ever annulled."""

    class Kind(models.TextChoices):
        GIVEN = "given", "visé"
        #: Given, with a reservation written in `remark`.
        RESERVED = "reserved", "visé avec réserve"
        #: A second opinion: it binds nobody.
        OPINION = "opinion", "avis donné"
        #: One's own visa taken back while the next step had not acted: `of` is that visa, annulled.
        TAKEN_BACK = "taken_back", "visa repris"
        SENT_BACK = "sent_back", "renvoyé pour correction"
        #: Sent back to an earlier step, `to`, without the drafter.
        SENT_BACK_TO = "sent_back_to", "renvoyé à une étape précédente"

    step = models.ForeignKey(RunStep, on_delete=models.PROTECT, related_name="visas")
    kind = models.CharField(max_length=12, choices=Kind)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="visas")
    #: The absent person in whose name, under a delegation in force.
    on_behalf_of = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    delegation = models.CharField(max_length=120, blank=True)
    #: The version read and its digest.
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    remark = models.CharField(max_length=2000, blank=True)
    given_at = models.DateTimeField()
    #: Undone by a taking back, or by a sending back to that step or before it; asked for again even on the same text.
    annulled_at = models.DateTimeField(null=True, blank=True)
    of = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="taken_back")
    to = models.ForeignKey(RunStep, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = VisaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["given", "taken_back"]) | ~Q(remark=""), name="a_sending_back_has_its_reason"
            ),
            # Whoever stands in for an absent colleague gives two visas at a step that awaits both of them.
            models.UniqueConstraint(
                "step",
                Coalesce("on_behalf_of", "agent"),
                "version",
                condition=Q(kind__in=["given", "reserved"], annulled_at=None),
                name="one_visa_per_version",
            ),
        ]
        indexes = [models.Index(fields=["given_at"])]

    def __str__(self) -> str:
        return f"{self.agent} {self.get_kind_display()} v{self.version}"
