"""The permanent addresses of published acts."""

from __future__ import annotations

from django.conf import settings


def url_of(slug: str) -> str:
    """The whole address of an act's public page."""
    return f"{settings.SITE_URL}/actes/{slug}/"
