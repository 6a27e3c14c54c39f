"""What is found, and what each person keeps looking for. None of it is evidence: the index is made again at will."""

from __future__ import annotations

from typing import Any

from django.db import models

from hemicycle.accounts.models import Agent
from hemicycle.dossier.models import Dossier


class SearchDocument(models.Model):
    """The words of one dossier as they were last read. A projection: rebuilt from the dossier, never journaled."""

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="found")
    #: Last entry of the dossier's journal when its words were read: what is older is in it already.
    entry = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.dossier_id} #{self.entry}"


class SearchPieces(models.Model):
    """What excerpts are taken from. Apart: a search goes through tens of thousands of documents, and shows twenty."""

    document = models.OneToOneField(
        SearchDocument, primary_key=True, on_delete=models.CASCADE, related_name="words_of_it"
    )
    #: [[« rapport », its words], …] as written.
    pieces: Any = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.pk)


class IndexLine(models.Model):
    """The line of a document in the full-text index; its table is made by engines.py in the dialect of each base."""

    document = models.OneToOneField(
        SearchDocument, primary_key=True, db_column="rowid", on_delete=models.DO_NOTHING, related_name="line"
    )

    class Meta:
        managed = False
        db_table = "finding_index"

    def __str__(self) -> str:
        return str(self.pk)


class FileWords(models.Model):
    """The words of a file, by its content: read once, however many dossiers and versions hold it."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    words = models.TextField(blank=True)
    #: Why there are none, or not all, in French; empty: all were read.
    left_out = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.sha256[:12]


class SavedFilter(models.Model):
    """A filter that a person keeps: shown beside the lists with the number of dossiers it finds."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=60)
    #: The fields of criteria.Criteria that say something, by their names.
    criteria: Any = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "name"], name="one_filter_per_name")]

    def __str__(self) -> str:
        return self.name
