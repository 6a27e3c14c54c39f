"""Whether the act of each dossier can be drawn up."""

from __future__ import annotations

from django.db import models

from hemicycle.dossier.models import Dossier


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
