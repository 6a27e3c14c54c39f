"""A file has come whole: it joins the dossier, or takes the place of an annex."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import uploading
from hemicycle.chain.drafting.actions.attach_annex import AnnexRefused, attach_annex
from hemicycle.chain.drafting.rules import title_of
from hemicycle.chain.drafting.uploading import NoSuchUpload, PartRefused
from hemicycle.dossier.models import Attachment

__all__ = ["AnnexRefused", "NoSuchUpload", "PartRefused", "finish_upload"]


@transaction.atomic
def finish_upload(
    *,
    dossier_id: UUID,
    upload_id: UUID,
    agent: Agent,
    at: dt.datetime,
    title: str = "",
    to_control: bool = True,
    type_code: str = "",
    published: bool = True,
    in_booklet: bool = True,
    confidential: bool = False,
) -> Attachment:
    """Join the file as `attach_annex` does, and let its parts go.

    Raises NoSuchUpload, PartRefused when some of it has not come, and all that `attach_annex` raises.
    """
    upload = uploading.mine(dossier_id, upload_id, agent)
    annex = attach_annex(
        dossier_id=dossier_id,
        data=uploading.assembled(upload),
        filename=upload.name,
        title=title.strip() or title_of(upload.name),
        to_control=to_control,
        type_code=type_code,
        published=published,
        in_booklet=in_booklet,
        confidential=confidential,
        agent=agent,
        at=at,
    )
    upload.delete()
    return annex
