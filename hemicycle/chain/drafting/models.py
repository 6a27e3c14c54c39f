"""What drafting keeps besides the dossier: models, custom fields, links, leases, files on their way up."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q

from hemicycle.accounts.models import Agent, Unit
from hemicycle.dossier.models import ActType, Dossier


class Text(models.TextChoices):
    """The two texts of a dossier; the fields of `Dossier` of the same names hold them."""

    REPORT = "report", "rapport"
    DELIBERATION = "deliberation", "projet de délibération"


class CustomField(models.Model):
    """A piece of data that a type of act asks for; its value is in `Dossier.extra` under `key`."""

    class Kind(models.TextChoices):
        TEXT = "text", "texte"
        NUMBER = "number", "nombre"
        DATE = "date", "date"
        CHOICE = "choice", "choix dans une liste"
        FILE = "file", "fichier"

    #: None: asked of every dossier.
    act_type = models.ForeignKey(ActType, null=True, blank=True, on_delete=models.PROTECT, related_name="fields")
    key = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind)
    #: The words to choose from, in order (kind « choix »).
    choices: Any = models.JSONField(default=list, blank=True)
    help = models.CharField(max_length=200, blank=True)
    required = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.label


class TextModel(models.Model):
    """A model of report or of deliberation, kept by the service des assemblées: its last version is offered."""

    name = models.CharField(max_length=120, unique=True)
    text = models.CharField(max_length=12, choices=Text)
    #: None: whatever the type; None: to every unit, otherwise to that one and those below it.
    act_type = models.ForeignKey(ActType, null=True, blank=True, on_delete=models.PROTECT, related_name="models")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="models")
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class TextModelVersion(models.Model):
    """One state of a model, for ever; what dossiers made of an older one keeps its number."""

    model = models.ForeignKey(TextModel, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    #: A text tree where {objet}, {montant}… stand for the data of the dossier.
    content: Any = models.JSONField()
    author = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "number"], name="one_model_version_per_number")]

    def __str__(self) -> str:
        return f"{self.model} v{self.number}"


class DossierLink(models.Model):
    """What a dossier does to an earlier decision: follows it, modifies it, repeals it."""

    class Kind(models.TextChoices):
        FOLLOWS = "follows", "fait suite à"
        MODIFIES = "modifies", "modifie"
        REPEALS = "repeals", "abroge"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="links")
    target = models.ForeignKey(Dossier, null=True, blank=True, on_delete=models.PROTECT, related_name="linked_from")
    #: An act that is not in the program: « délibération n° 04-01 du 12 mars 2015 ».
    reference = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=8, choices=Kind)
    added_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "target", "kind"], name="one_link_per_kind"),
            models.CheckConstraint(condition=~Q(dossier=F("target")), name="nothing_follows_itself"),
            models.CheckConstraint(condition=Q(target__isnull=False) | ~Q(reference=""), name="a_link_leads_somewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier.number} {self.get_kind_display()} {self.target or self.reference}"


class Lease(models.Model):
    """Who is writing a text now: nobody else saves it until the lease ends, is given back or taken over."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="leases")
    text = models.CharField(max_length=12, choices=Text)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    #: One editor open in one tab: two tabs of one person do not overwrite each other either.
    token = models.UUIDField(default=uuid.uuid4)
    taken_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "text"], name="one_writer_per_text")]

    def __str__(self) -> str:
        return f"{self.agent} – {self.dossier.number} {self.text}"


class Upload(models.Model):
    """A file on its way up, in parts: taken up again where it stopped; its parts go when it has arrived."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="uploads")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    size = models.PositiveBigIntegerField()
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class UploadPart(models.Model):
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="parts")
    #: From 0; every part but the last has the size the server asked for.
    n = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "n"], name="one_part_per_rank")]

    def __str__(self) -> str:
        return f"{self.upload} {self.n}"
