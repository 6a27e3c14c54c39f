"""The models of documents, what was printed by each, and whether the act of each dossier can be drawn up."""

from __future__ import annotations

from typing import Any

from django.db import models

from hemicycle.accounts.models import Agent
from hemicycle.dossier.models import Dossier


class ModelVersion(models.Model):
    """A model of one kind of document. A draft until it is published, for ever as it is afterwards."""

    #: A key of rendering.model_kinds.KINDS.
    kind = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    #: {"texts": {key: words}, "parts": [key…], "logo": {"sha256", "media_type", "alt", "height"} or null}
    content: Any = models.JSONField()
    note = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    #: Raised at each writing of the draft: whoever writes says which one was on their screen.
    revision = models.PositiveIntegerField(default=1)
    published_by = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    #: The first day on which documents are printed by it; the latest such version wins, then the highest number.
    valid_from = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="one_model_per_number"),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(published_at__isnull=True), name="one_draft_per_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True, valid_from__isnull=True)
                | models.Q(published_at__isnull=False, valid_from__isnull=False),
                name="a_published_model_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Print(models.Model):
    """A document kept, and the model by which it was printed: the same facts and model give the same bytes again."""

    kind = models.CharField(max_length=20)
    #: None: the model of origin.
    version = models.ForeignKey(ModelVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="prints")
    #: None for what is of no single dossier: a summons, an agenda.
    dossier = models.ForeignKey(Dossier, null=True, blank=True, on_delete=models.CASCADE, related_name="prints")
    sha256 = models.CharField(max_length=64)
    printed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["dossier", "kind"], name="prints_of_dossier")]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"


class Trial(models.Model):
    """The act and the report of a dossier, set once by the typesetter before anyone votes on them."""

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="trial")
    #: Of what was tried (`trials.digest_of`): another one, and the answer is no longer about the present text.
    digest = models.CharField(max_length=64)
    possible = models.BooleanField()
    #: Why not; empty when it can be drawn up.
    sentence = models.CharField(max_length=1000, blank=True)
    tried_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dossier_id} : {'possible' if self.possible else self.sentence}"
