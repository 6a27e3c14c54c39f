"""The files of a dossier, by their content."""

from __future__ import annotations

import uuid

from django.db import models

from hemicycle.accounts.models import Agent
from hemicycle.dossier.models.dossier import Dossier


class Attachment(models.Model):
    """A file of the dossier, by its content: the bytes lie in the store under their SHA-256."""

    class Kind(models.TextChoices):
        ANNEX = "annex", "annexe"
        SOURCE = "source", "document d’origine"
        #: An image of the report or of the deliberation, named there by its SHA-256.
        IMAGE = "image", "image du texte"
        #: The value of a custom field of kind « fichier ».
        FIELD = "field", "pièce d’un champ"
        #: Produced by the chain: act, acknowledgement, stamped copy, package…
        PRODUCED = "produced", "pièce produite"
        #: What the antivirus found something in: kept aside, handed to nobody.
        INFECTED = "infected", "fichier infecté"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=250)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    order = models.PositiveSmallIntegerField(default=0)
    #: Sent to the control of legality, with its type of piece (5 characters).
    to_control = models.BooleanField(default=False)
    type_code = models.CharField(max_length=5, blank=True)
    published = models.BooleanField(default=True)
    #: Merged into the booklet of the members.
    in_booklet = models.BooleanField(default=True)
    #: Read by its dossier's unit, its circuit and the service des assemblées only; never by members or partners.
    confidential = models.BooleanField(default=False)
    #: Pages of a PDF; None for what has none.
    pages = models.PositiveIntegerField(null=True, blank=True)
    #: When the antivirus found nothing in it; None where none is configured.
    scanned_at = models.DateTimeField(null=True, blank=True)
    #: The annex whose place it took; the old one is removed, and kept.
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: The file it was made from (an annex written in .odt and set as PDF).
    derived_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    #: Taken out of the dossier; kept for ever all the same.
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["dossier", "kind", "order"])]

    def __str__(self) -> str:
        return self.title
