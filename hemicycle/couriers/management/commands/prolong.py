"""`hemicycle admin prolong ORIGINAL COPIE`: a signed original with a new document timestamp, in another file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from hemicycle.gateways.signature.errors import Rejected, Unreachable
from hemicycle.gateways.signature.prolong import prolong


class Command(BaseCommand):
    help = "Prolonge la preuve d’un PDF signé : preuves à jour et horodatage d’archivage, dans un autre fichier."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("original", type=Path, help="le PDF signé, qui n’est pas modifié")
        parser.add_argument("copy", type=Path, metavar="copie", help="le fichier à écrire, qui ne doit pas exister")

    def handle(self, *_args: Any, original: Path, copy: Path, **_options: Any) -> None:
        if not settings.TSA_URL:
            raise CommandError("Aucun service d’horodatage n’est réglé : HEMICYCLE_TSA_URL est vide.")
        try:
            prolonged = prolong(original.read_bytes(), tsa_url=settings.TSA_URL, at=timezone.now())
            with copy.open("xb") as file:
                file.write(prolonged)
        except FileExistsError as error:
            raise CommandError(f"{copy} existe déjà : choisissez un autre nom, rien n’a été écrit.") from error
        except OSError as error:
            raise CommandError(f"Fichier inaccessible : {error.filename}.") from error
        except (Rejected, Unreachable) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{copy} : preuve prolongée (PAdES B-LTA), l’original est inchangé.")
