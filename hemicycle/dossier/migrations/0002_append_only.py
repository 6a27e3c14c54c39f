"""The database refuses to rewrite journal entries and versions."""

from __future__ import annotations

from django.db import migrations

from hemicycle.dossier import immutability


class Migration(migrations.Migration):
    dependencies = [("dossier", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: immutability.install(editor.connection),
            lambda apps, editor: immutability.remove(editor.connection),
        )
    ]
