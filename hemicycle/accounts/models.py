"""People and the organisation: every right is dated, so that an old act keeps the rights of its day."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q, TextChoices

if TYPE_CHECKING:
    from hemicycle.accounts.rights import Rights


class DatedQuerySet(models.QuerySet[Any]):
    def on(self, day: dt.date) -> DatedQuerySet:
        """The rows in force on that day, both bounds included."""
        return self.filter(Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day)))


class Dated(models.Model):
    valid_from = models.DateField()
    #: Last day in force; None while it has no end.
    valid_to = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta:
        abstract = True


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
        name=f"{name}_ends_after_it_starts",
    )


class Body(models.TextChoices):
    COUNCIL = "CD", "conseil départemental"
    STANDING_COMMITTEE = "CP", "commission permanente"


class Role(models.TextChoices):
    """What an agent may be, in a unit and for a time (reliability.md §6)."""

    DRAFTER = "drafter", "rédacteur"
    HEAD_OF_SERVICE = "head_of_service", "chef de service"
    DIRECTOR = "director", "directeur"
    DEPUTY_CHIEF = "deputy_chief", "DGA"
    FINANCE = "finance", "finances"
    LEGAL = "legal", "juridique"
    CHIEF_EXECUTIVE = "chief_executive", "DGS"
    SECRETARIAT = "secretariat", "secrétariat général"
    CABINET = "cabinet", "cabinet"
    ASSEMBLY_OFFICE = "assembly_office", "service des assemblées"
    PRESIDENT = "president", "président"
    ELECTED = "elected", "élu"
    ARCHIVIST = "archivist", "archiviste"
    ADMINISTRATOR = "administrator", "administrateur"
    AUDITOR = "auditor", "auditeur"
    COURIER = "courier", "coursier"


class Authority(models.Model):
    """The département itself: one row. What every document and every message says of it."""

    #: With its article, as a sentence needs it: « le Département de l’Ormelle » is built from it.
    name = models.CharField(max_length=120)
    siren = models.CharField(max_length=9)
    siret = models.CharField(max_length=14)
    #: Three characters, as @CTES writes it: 099, 02A.
    departement = models.CharField(max_length=3)
    arrondissement = models.CharField(max_length=1, default="1")
    #: Type of authority in @CTES (IDCL/@Nature), two digits.
    actes_nature = models.CharField(max_length=2, default="22")
    prefecture = models.CharField(max_length=160)
    #: SCDL's identifier of the préfecture: PREF099.
    prefecture_id = models.CharField(max_length=9)
    address = models.TextField()
    city = models.CharField(max_length=80)
    court = models.CharField(max_length=160)
    contact_email = models.EmailField()
    #: Clear days of notice of the standing committee, fixed by the règlement intérieur (no statutory delay).
    committee_notice_days = models.PositiveSmallIntegerField(default=8)
    #: SEDA: identifiers agreed with the SAE.
    archival_agency = models.CharField(max_length=60, default="FRAD099")
    archival_agreement = models.CharField(max_length=60, default="IC-DELIBERATIONS")
    appraisal_rule = models.CharField(max_length=60, default="APP-DELIB-1AN")
    access_rule = models.CharField(max_length=60, default="ACC-IMMEDIAT")
    dissemination_rule = models.CharField(max_length=60, default="DIS-LIBRE")
    #: Date and raw XML of the last classification (7-2) received from the préfecture.
    classification_date = models.DateField(null=True, blank=True)
    classification = models.BinaryField(default=b"", blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_authority")]

    def __str__(self) -> str:
        return self.name


class Unit(Dated):
    """A unit of the organisation (direction, service…), in a tree, for a time."""

    class Kind(TextChoices):
        GENERAL = "general", "direction générale"
        POLE = "pole", "pôle"
        DIRECTION = "direction", "direction"
        SERVICE = "service", "service"
        CABINET = "cabinet", "cabinet"

    name = models.CharField(max_length=160)
    short = models.CharField(max_length=24, blank=True)
    kind = models.CharField(max_length=12, choices=Kind)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        constraints = [ends_after_it_starts("unit")]

    def __str__(self) -> str:
        return self.name

    def lineage(self) -> list[Unit]:
        """The unit and all above it, nearest first."""
        line: list[Unit] = []
        unit: Unit | None = self
        while unit is not None:
            line.append(unit)
            unit = unit.parent
        return line

    @property
    def direction(self) -> Unit:
        """The direction the unit belongs to, or itself when it is under none."""
        unit: Unit | None = self
        while unit is not None and unit.kind != Unit.Kind.DIRECTION:
            unit = unit.parent
        return unit or self


class AgentManager(BaseUserManager["Agent"]):
    def get_by_natural_key(self, username: str | None) -> Agent:
        return self.get(email__iexact=username)


class Agent(AbstractBaseUser):
    """A person with an account: agent of the département, elected member, or the system's courier."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    civility = models.CharField(max_length=8, choices=[("Mme", "Madame"), ("M.", "Monsieur"), ("", "")], blank=True)
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80)
    job = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)

    #: What the agent holds today, read once for a page (accounts.rights.attach); None: asked of the database.
    rights: Rights | None = None

    objects = AgentManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["last_name"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def feminine(self) -> bool:
        return self.civility == "Mme"


class Post(Dated):
    """A role held by an agent in a unit, for a time."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role)
    #: None for a role held over the whole authority (Cabinet, service des assemblées…).
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="posts")

    class Meta:
        constraints = [ends_after_it_starts("post")]

    def __str__(self) -> str:
        return f"{self.agent} – {self.get_role_display()}"


class PoliticalGroup(models.Model):
    name = models.CharField(max_length=80, unique=True)
    #: Place in the hemicycle, from left to right.
    rank = models.PositiveSmallIntegerField()
    majority = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class ElectedMember(Dated):
    """A councillor and the mandate: in office from valid_from to valid_to."""

    agent = models.OneToOneField(Agent, on_delete=models.PROTECT, related_name="member")
    canton = models.CharField(max_length=80)
    group = models.ForeignKey(PoliticalGroup, on_delete=models.PROTECT, related_name="members")
    #: « Vice-présidente chargée des mobilités », empty for a councillor without delegation.
    title = models.CharField(max_length=120, blank=True)
    #: Since when the member wishes to receive reports electronically (L3121-19 al. 2); None: on paper.
    electronic_since = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [ends_after_it_starts("mandate")]

    def __str__(self) -> str:
        return f"{self.agent.civility} {self.agent.full_name}".strip()


class Seat(Dated):
    """A member's seat in a body, and the office held there."""

    class Office(models.TextChoices):
        PRESIDENT = "president", "président"
        VICE_PRESIDENT = "vice_president", "vice-président"
        MEMBER = "member", "membre"

    body = models.CharField(max_length=2, choices=Body)
    member = models.ForeignKey(ElectedMember, on_delete=models.PROTECT, related_name="seats")
    office = models.CharField(max_length=16, choices=Office, default=Office.MEMBER)
    #: Order of the tableau for vice-presidents.
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [ends_after_it_starts("seat")]

    def __str__(self) -> str:
        return f"{self.member} – {self.get_body_display()}"


class Delegation(Dated):
    """A dated right to act for another: « en l’absence de » (visa) or « par délégation » (signature, L3221-3)."""

    class Scope(models.TextChoices):
        VISA = "visa", "visa"
        SIGNATURE = "signature", "signature"

    giver = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="delegations_given")
    holder = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="delegations_held")
    scope = models.CharField(max_length=10, choices=Scope)
    #: The arrêté that gives it, when there is one.
    reference = models.CharField(max_length=80, blank=True)
    #: Declared as an absence: what waits for the giver goes to the holder by itself, and e-mails with it.
    absence = models.BooleanField(default=False)

    class Meta:
        constraints = [
            ends_after_it_starts("delegation"),
            models.CheckConstraint(condition=~Q(giver=F("holder")), name="nobody_delegates_to_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.holder} pour {self.giver}"


KEY_REFERENCE = (
    r"^(?:(?:p12:)?[\w-]{1,60}|pkcs11:[\w .-]{1,32}/[\w .=-]{1,64}|csc:[\w.@:-]{1,120}|"
    r"iparapheur:[\w .,’()-]{1,70}/[\w .,’()-]{1,70})\Z"
)
KEY_REFUSED = "Indiquez où est la clé : p12:nom, pkcs11:jeton/clé, csc:identifiant ou iparapheur:type/sous-type."


class Signatory(Dated):
    """Who may sign the acts, in what capacity, with which certificate."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="signatures")
    #: As printed under the act: « Le Président du conseil départemental ».
    capacity = models.CharField(max_length=160)
    #: Where the key is: `p12:NAME` (or the name alone), `pkcs11:TOKEN/KEY`, `csc:CREDENTIAL`, or
    #: where the person signs: `iparapheur:TYPE/SUBTYPE` (docs/operation.md).
    key_name = models.CharField(max_length=160, validators=[RegexValidator(KEY_REFERENCE, KEY_REFUSED)])

    class Meta:
        constraints = [ends_after_it_starts("signatory")]

    def __str__(self) -> str:
        return f"{self.agent}, {self.capacity}"
