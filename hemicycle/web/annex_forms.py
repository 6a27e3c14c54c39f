"""The forms of the annexes: files to join, a file to put in the place of another, titles and flags of the list."""

from __future__ import annotations

from typing import Any

from django import forms

from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.drafting.rules import MAX_TITLE
from hemicycle.dossier.models import Attachment

ACCEPTED = ".pdf,.png,.jpg,.jpeg,.xml,.docx,.odt"
KINDS = "PDF, image PNG ou JPEG, XML, ou texte .docx ou .odt (mis en PDF) ; 100 Mo au plus chacun."
FLAGS = ("to_control", "published", "in_booklet", "confidential")


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files, in the order in which the browser gives them."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in given or [None]]


class FlagsForm(forms.Form):
    """What becomes of an annex."""

    type_code = forms.ChoiceField(label="Type de pièce")
    to_control = forms.BooleanField(label="Transmise au contrôle de légalité", required=False, initial=True)
    published = forms.BooleanField(
        label="Publiée avec l’acte",
        required=False,
        initial=True,
        help_text="Décochez si elle contient des données personnelles.",
    )
    in_booklet = forms.BooleanField(label="Jointe au recueil des élus", required=False, initial=True)
    confidential = forms.BooleanField(
        label="Confidentielle",
        required=False,
        help_text="Lue par votre unité, le circuit, le service des assemblées, la DGS et la présidence seulement ; "
        "ni publiée, ni jointe au recueil, ni envoyée aux partenaires.",
    )

    def __init__(self, *args: Any, nature: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["type_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = drafting.piece_types(nature)
        field.initial = drafting.piece_type_of(None, nature)

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*FLAGS, "type_code")}


class AnnexForm(FlagsForm):
    file = FilesField(label="Fichiers", widget=FilesInput(attrs={"accept": ACCEPTED}), help_text=KINDS)
    title = forms.CharField(
        label="Titre",
        required=False,
        max_length=MAX_TITLE,
        help_text="À défaut, ou pour plusieurs fichiers à la fois, le nom du fichier.",
    )

    field_order = ("file", "title", "type_code", *FLAGS)


class SettingsForm(FlagsForm):
    """Title and flags of one annex of the list: one form on the page holds them all."""

    title = forms.CharField(label="Titre", max_length=MAX_TITLE)

    field_order = ("title", "type_code", *FLAGS)

    def __init__(self, annex: Attachment, data: Any = None, *, nature: str) -> None:
        kept = {name: getattr(annex, name) for name in ("title", *FLAGS)}
        kept["type_code"] = drafting.piece_type_of(annex, nature)
        super().__init__(data, prefix=annex.id.hex, initial=kept, nature=nature)
        self.annex = annex
        for field in self.fields.values():
            field.widget.attrs["form"] = "reglages"

    def told(self) -> bool:
        """Whether the page that was sent had this annex: one joined meanwhile is left as it is."""
        return self.add_prefix("title") in self.data

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "title": self.cleaned_data["title"]}


class ReplacementForm(forms.Form):
    file = forms.FileField(
        label="Nouveau fichier", widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}), help_text=KINDS
    )
    title = forms.CharField(
        label="Nouveau titre", required=False, max_length=MAX_TITLE, help_text="À défaut, le titre reste le même."
    )
