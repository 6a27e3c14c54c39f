"""The gapless registers: numbers of acts and of dossiers."""

from __future__ import annotations

from django.db import models

from hemicycle.dossier.models.dossier import Dossier


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
