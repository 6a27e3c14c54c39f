"""Numbers written by dated patterns, kept as given; the president's acts, which go to no assembly."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.utils import timezone

NATURES = [
    ("DE", "délibération"),
    ("AR", "arrêté réglementaire"),
    ("AI", "arrêté individuel"),
    ("AU", "décision"),
]


def keep_what_was_given(apps: Any, editor: Any) -> None:
    for line in apps.get_model("dossier", "RegisterLine").objects.select_related("dossier", "register").iterator():
        line.act_number = line.dossier.act_number or f"{line.register.name}-{line.register.year}-{line.number:04d}"
        line.decided_on = timezone.localtime(line.given_at).date()
        line.save(update_fields=["act_number", "decided_on"])


class Migration(migrations.Migration):
    dependencies = [("dossier", "0007_in_progress")]

    operations = [
        migrations.CreateModel(
            name="Numbering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("register", models.CharField(max_length=8)),
                ("label", models.CharField(max_length=80)),
                ("pattern", models.CharField(max_length=40)),
                ("valid_from", models.DateField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="numbering",
            constraint=models.UniqueConstraint(fields=("register", "valid_from"), name="one_numbering_per_day"),
        ),
        migrations.AddField("registerline", "act_number", models.CharField(max_length=24, null=True)),
        migrations.AddField("registerline", "decided_on", models.DateField(null=True)),
        migrations.AddField("registerline", "cancelled_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(keep_what_was_given, migrations.RunPython.noop),
        migrations.AlterField("registerline", "act_number", models.CharField(max_length=24)),
        migrations.AlterField("registerline", "decided_on", models.DateField()),
        migrations.AddConstraint(
            model_name="registerline",
            constraint=models.UniqueConstraint(fields=("act_number",), name="one_line_per_act_number"),
        ),
        migrations.AlterField(
            "acttype", "nature", models.CharField(choices=NATURES, default="DE", max_length=2)
        ),
        migrations.AlterField("dossier", "nature", models.CharField(choices=NATURES, default="DE", max_length=2)),
        migrations.AlterField(
            "dossier",
            "body",
            models.CharField(
                blank=True,
                choices=[("CD", "conseil départemental"), ("CP", "commission permanente")],
                max_length=2,
            ),
        ),
    ]
