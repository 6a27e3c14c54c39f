"""The outside world as the couriers see it: a client per system, chosen by its address alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from hemicycle.chain.connectors.systems import System
from hemicycle.couriers.channels import channel_of_settings
from hemicycle.couriers.keys import signer_of
from hemicycle.gateways.antivirus.client import Antivirus, ClamdClient
from hemicycle.gateways.archive.client import Archive, VitamClient
from hemicycle.gateways.checks import Report
from hemicycle.gateways.mail.client import Post, SmtpPost
from hemicycle.gateways.prefecture.client import Tdt
from hemicycle.gateways.signature.client import Signer
from hemicycle.gateways.signature.parapheur import Parapheur, ParapheurClient


@dataclass(frozen=True, kw_only=True)
class World:
    tdt: Tdt
    sae: Archive
    post: Post
    #: The signer of a key, by its reference and the codes typed for this gesture (see keys). Raises Rejected when the
    #: installation holds no such key.
    signer: Callable[[str, Mapping[str, str]], Signer]
    #: None where the installation has none.
    antivirus: Antivirus | None = None
    parapheur: Parapheur | None = None
    clock: Callable[[], dt.datetime] = timezone.now
    #: What a test of a system finds at that moment; None: the systems of the settings (connector_checks).
    examine: Callable[[System, dt.datetime], Report] | None = None

    @classmethod
    def from_settings(cls, clock: Callable[[], dt.datetime] = timezone.now) -> World:
        """The systems that the settings name; nothing is contacted here."""
        return cls(
            tdt=channel_of_settings(clock),
            sae=sae_of_settings(),
            post=post_of_settings(),
            signer=signer_of,
            antivirus=antivirus_of_settings(),
            parapheur=parapheur_of_settings(),
            clock=clock,
        )


def _path(text: str) -> Path | None:
    return Path(text) if text else None


def sae_of_settings() -> VitamClient:
    return VitamClient(
        settings.SAE_URL,
        tenant=settings.SAE_TENANT,
        access_contract=settings.SAE_ACCESS_CONTRACT,
        certificate=_path(settings.SAE_CERTIFICATE),
        key=_path(settings.SAE_KEY),
    )


def antivirus_of_settings() -> ClamdClient | None:
    return ClamdClient(settings.CLAMD) if settings.CLAMD else None


def parapheur_of_settings() -> ParapheurClient | None:
    if not settings.IPARAPHEUR_URL:
        return None
    return ParapheurClient(
        url=settings.IPARAPHEUR_URL.rstrip("/"),
        user=settings.IPARAPHEUR_USER,
        password=settings.IPARAPHEUR_PASSWORD,
        tenant=settings.IPARAPHEUR_TENANT,
        desk=settings.IPARAPHEUR_DESK,
    )


def post_of_settings() -> SmtpPost:
    return SmtpPost(
        settings.SMTP_HOST,
        settings.SMTP_PORT,
        username=settings.SMTP_USER,
        password=settings.SMTP_PASSWORD,
        starttls=settings.SMTP_STARTTLS,
    )
