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
    #: The number as it was given, « CP-2026-0123 », whatever the pattern became.
    act_number = models.CharField(max_length=24)
    #: Day of the act: of the sitting that voted it, or on which the president took it.
    decided_on = models.DateField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="one_line_per_number"),
            models.UniqueConstraint(fields=["act_number"], name="one_line_per_act_number"),
        ]

    def __str__(self) -> str:
        return self.act_number


class Numbering(models.Model):
    """How the numbers of a register of acts are written from a day on; a number already given never changes."""

    #: CP, CD, AR, DP (kinds.REGISTERS).
    register = models.CharField(max_length=8)
    label = models.CharField(max_length=80)
    #: « {register}-{year}-{number:04} »
    pattern = models.CharField(max_length=40)
    valid_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "valid_from"], name="one_numbering_per_day")]

    def __str__(self) -> str:
        return f"{self.register} {self.pattern}"
