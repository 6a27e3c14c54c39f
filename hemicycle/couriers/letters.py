"""What all the letters of the couriers have in common."""

from __future__ import annotations

from django.conf import settings

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Authority

#: No machine is to answer them (RFC 3834).
HEADERS = (("Auto-Submitted", "auto-generated"),)


def sender(authority: Authority | None = None) -> str:
    """The département, at the address of the settings."""
    return f"{(authority or accounts.authority()).name} <{settings.MAIL_SENDER}>"


def message_id(*parts: object) -> str:
    """The same for the same parts: a letter sent twice after a crash is recognised as one."""
    domain = settings.MAIL_SENDER.rpartition("@")[2]
    return f"<{'.'.join(str(part) for part in parts)}@{domain}>"


def link(path: str) -> str:
    """The whole address of a page of the site."""
    return f"{settings.SITE_URL}{path}"
