"""Begin to send a file up in parts, or take up again what was begun."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import uploading
from hemicycle.chain.drafting.annexing import weight_of
from hemicycle.chain.drafting.models import Upload
from hemicycle.chain.drafting.rules import NotAccepted, accept_name, accept_size, clean_name
from hemicycle.chain.drafting.uploading import UploadRefused
from hemicycle.chain.drafting.writing import require_writable
from hemicycle.dossier.models import Dossier


@transaction.atomic
def begin_upload(
    *, dossier_id: UUID, filename: str, size: int, agent: Agent, at: dt.datetime, to_control: bool = True
) -> Upload:
    """The upload of that name and size by that person: the one left unfinished where there is one, else a new one.

    What can be known before the bytes come is refused now. Not journaled: nothing joins the dossier yet. Raises
    NotEntitled, TextFrozen, UploadRefused.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    require_writable(dossier, agent, at=at)
    name = _accepted(filename, size)
    begun = Upload.objects.filter(dossier=dossier, agent=agent, name=name, size=size).order_by("started_at").first()
    if begun is not None:
        return begun
    _check_room(dossier, agent, name, size, to_control=to_control)
    return Upload.objects.create(dossier=dossier, agent=agent, name=name, size=size, started_at=at)


def _accepted(filename: str, size: int) -> str:
    try:
        name = clean_name(filename)
        if size <= 0:
            raise NotAccepted(f"Le fichier « {name} » est vide ; joignez-en un autre.")
        accept_size(size, name)
        accept_name(name)
    except NotAccepted as refusal:
        raise UploadRefused(str(refusal), field="file") from refusal
    return name


def _check_room(dossier: Dossier, agent: Agent, name: str, size: int, *, to_control: bool) -> None:
    if Upload.objects.filter(dossier=dossier, agent=agent).count() >= uploading.AT_ONCE:
        raise UploadRefused(
            f"Plus de {uploading.AT_ONCE} fichiers sont déjà en cours d’envoi ; attendez leur fin, puis joignez "
            f"« {name} ».",
            field="file",
        )
    weight = weight_of(dossier)
    total = (weight.total if to_control else 0) + uploading.announced(dossier) + size
    if total > weight.limit:
        raise UploadRefused(
            f"Avec « {name} », l’acte et ses annexes transmises pèseraient {total // 1_048_576} Mo ; la préfecture "
            f"n’accepte pas plus de {weight.limit // 1_048_576} Mo par acte : allégez une annexe ou retirez-la.",
            field="file",
        )
