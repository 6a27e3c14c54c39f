"""The authority itself: its four certificates, its clock and what it does with them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from . import certificates, revocation, timestamping
from .certificates import Addresses, Applicant, Holder, PublicKey
from .clock import Clock
from .registry import Issued, Registry, Stamped, keep


@dataclass(frozen=True, kw_only=True)
class Enrolled:
    """What an applicant receives."""

    holder: Holder
    pkcs12: bytes
    passphrase: str


@dataclass(frozen=True, kw_only=True)
class Authority:
    """The simulated authority, at one public address."""

    url: str
    clock: Clock
    registry: Registry
    root: Holder
    issuing: Holder
    responder: Holder
    timestamper: Holder

    @property
    def chain_pem(self) -> bytes:
        """The issuing certificate then the root, in PEM."""
        return b"".join(c.certificate.public_bytes(Encoding.PEM) for c in (self.issuing, self.root))

    def enrol(self, applicant: Applicant) -> Enrolled:
        """Issue a certificate and wrap it with its key and chain in a PKCS#12."""
        at = self.clock.now()
        holder = certificates.issue(applicant, self.issuing, addresses=_addresses(self.url), at=at)
        passphrase = secrets.token_urlsafe(12)
        bundle = serialize_key_and_certificates(
            applicant.common_name.encode(),
            holder.key,
            holder.certificate,
            [self.issuing.certificate, self.root.certificate],
            BestAvailableEncryption(passphrase.encode()),
        )
        subject = holder.certificate.subject.rfc4514_string()
        serial = holder.certificate.serial_number
        self.registry.record_issue(Issued(serial=serial, subject=subject, kind=applicant.kind, at=at))
        return Enrolled(holder=holder, pkcs12=bundle, passphrase=passphrase)

    def certify(self, applicant: Applicant, public_key: PublicKey) -> x509.Certificate:
        """Issue a certificate for a key that its holder made."""
        at = self.clock.now()
        certificate = certificates.certify(applicant, public_key, self.issuing, addresses=_addresses(self.url), at=at)
        subject, serial = certificate.subject.rfc4514_string(), certificate.serial_number
        self.registry.record_issue(Issued(serial=serial, subject=subject, kind=applicant.kind, at=at))
        return certificate

    def status(self, request: bytes) -> bytes:
        """Answer an OCSP request."""
        own = [self.timestamper.certificate.serial_number, self.responder.certificate.serial_number]
        return revocation.answer(
            request,
            issuing=self.issuing,
            responder=self.responder,
            issued={**self.registry.issued, **dict.fromkeys(own)},
            revoked=self.registry.revoked,
            at=self.clock.now().replace(microsecond=0),
        )

    def issuing_crl(self) -> bytes:
        """The list of the certificates revoked among those issued."""
        at = self.clock.now()
        revoked = self.registry.revoked
        return revocation.crl(self.issuing, revoked, number=len(revoked) + 1, at=at)

    def root_crl(self) -> bytes:
        """The root's list, always empty."""
        return revocation.crl(self.root, {}, number=1, at=self.clock.now())

    def stamp(self, request: bytes) -> bytes:
        """Answer a timestamp request."""
        token = timestamping.timestamp(
            request,
            unit=self.timestamper,
            issuing=self.issuing,
            serial=self.registry.next_stamp(),
            at=self.clock.now(),
        )
        if token.gen_time is not None:
            self.registry.record_stamp(Stamped(serial=token.serial, imprint=token.imprint, at=token.gen_time))
        return token.response


def open_authority(folder: Path, *, url: str, clock: Clock) -> Authority:
    """Open the authority whose state is in this folder, creating it at the first run."""
    folder.mkdir(parents=True, exist_ok=True)
    registry = Registry(folder=folder)
    registry.replay()
    at = clock.now()
    root_list = Addresses(crl=f"{url}/crl/root.crl", issuer=f"{url}/root.pem")
    addresses = _addresses(url)
    root = keep(folder, "root", lambda: certificates.make_root(at=at))
    issuing = keep(folder, "issuing", lambda: certificates.make_issuing(root, addresses=root_list, at=at))
    responder = keep(folder, "responder", lambda: certificates.make_responder(issuing, addresses=addresses, at=at))
    timestamper = keep(
        folder, "timestamper", lambda: certificates.make_timestamper(issuing, addresses=addresses, at=at)
    )
    return Authority(
        url=url,
        clock=clock,
        registry=registry,
        root=root,
        issuing=issuing,
        responder=responder,
        timestamper=timestamper,
    )


def _addresses(url: str) -> Addresses:
    return Addresses(crl=f"{url}/crl/issuing.crl", ocsp=f"{url}/ocsp", issuer=f"{url}/issuing.pem")
