"""Keep an image of the report or of the deliberation, which its text then names by its SHA-256."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import images
from hemicycle.chain.drafting.rules import NotAccepted
from hemicycle.chain.drafting.writing import require_writable
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.refusal import TextRefused


class ImageNotAccepted(ActionRefused):
    """Not an image that a text can show; the sentence says why."""


@transaction.atomic
def keep_image(*, dossier_id: UUID, data: bytes, filename: str, agent: Agent, at: dt.datetime) -> Attachment:
    """The image among the files of the dossier; the same bytes twice are kept once.

    Judged on its bytes (texts.images): PNG or JPEG, 20 MB and 60 megapixels at most. The journal says nothing yet: an
    image is of the text only once the text that names it is saved. Raises NotEntitled, TextFrozen, ImageNotAccepted.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    require_writable(dossier, agent, at=at)
    try:
        return images.keep(dossier, data, filename=filename, by=agent, at=at)
    except (TextRefused, NotAccepted) as refusal:
        raise ImageNotAccepted(str(refusal), field="image") from refusal
