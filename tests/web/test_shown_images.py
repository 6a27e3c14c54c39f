"""Images of the texts, for those who do not read the dossier: members with their summons, citizens."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.dossier.models import Attachment
from tests.cast import Cast
from tests.chain.drafting.test_keep_image import a_png
from tests.factories import an_attachment
from tests.web.conftest import Enter
from tests.web.permission_scenes import convened, published

pytestmark = pytest.mark.django_db


def test_a_citizen_sees_the_image_of_a_published_act(cast: Cast) -> None:
    scene = published(cast)
    address = reverse("public_image", args=[scene["slug"], scene["sha256"]])

    page = Client().get(reverse("public_act", args=[scene["slug"]])).content.decode()
    answer = Client().get(address)

    assert address in page
    assert answer["Content-Type"] == "image/png"
    assert hashlib.sha256(answer.content).hexdigest() == scene["sha256"]


def test_an_image_that_the_act_does_not_show_is_not_handed(cast: Cast) -> None:
    scene = published(cast)
    other = an_attachment(
        scene["dossier"], a_png(3, 3), by=cast.drafter, kind="image", name="brouillon.png", media_type="image/png"
    )

    answer = Client().get(reverse("public_image", args=[scene["slug"], other.sha256]))

    assert Attachment.objects.filter(sha256=other.sha256).exists()
    assert answer.status_code == 404


def test_a_member_sees_the_images_of_the_deliberation_in_the_book(cast: Cast, enter: Enter) -> None:
    scene = convened(cast)
    member = enter(cast.members[1].agent)
    place = [scene["sitting_id"], scene["item_id"]]

    page = member.get(reverse("member_report", args=place)).content.decode()
    answer = member.get(reverse("member_image", args=[*place, scene["sha256"]]))

    assert reverse("member_image", args=[*place, scene["sha256"]]) in page
    assert answer.status_code == 200
