"""Signing an act: status asked, PAdES made by whoever holds the key, timestamps embedded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import httpx
from cryptography import x509

from hemicycle.protocols.pades.frozen import Unsignable
from hemicycle.protocols.pades.prepare import Prepared, SignatureRefused, finish, prepare
from hemicycle.protocols.pades.revision import Evidence
from hemicycle.protocols.pades.stamp import finish_stamp, prepare_stamp

from .errors import Rejected, Unreachable
from .evidence import ascend, bundled, der, proofs_of
from .exchanges import opened
from .keys import Key, name_of
from .status import standing_of
from .timestamp import certificates_of, request_token, request_token_over

__all__ = ["Document", "Level", "PadesSigner", "Result", "Signer", "check_certificate"]


class Level(StrEnum):
    """How long a signature is meant to be provable (ETSI EN 319 142-1 §6)."""

    #: Signed and timestamped.
    B_T = "B-T"
    #: With the proofs that the certificates were good.
    B_LT = "B-LT"
    #: With a document timestamp over all of it.
    B_LTA = "B-LTA"


@dataclass(frozen=True, kw_only=True)
class Document:
    """One of the documents of a gesture."""

    pdf: bytes
    #: Written in its signature, as `sign` does.
    reason: str


#: A signed file, or why that one was not signed.
Result = bytes | Unreachable | Rejected


class Signer(Protocol):
    """What a courier asks of whoever signs."""

    @property
    def certificate(self) -> bytes:
        """The signatory's certificate, in DER."""

    @property
    def signer_name(self) -> str:
        """The common name of the certificate."""

    def sign(self, pdf: bytes, *, at: datetime, reason: str, location: str, contact: str = "") -> bytes:
        """The signed file: `pdf`, then one incremental update. Raises Unreachable, Rejected."""

    def sign_all(self, documents: Sequence[Document], *, at: datetime, location: str, contact: str = "") -> list[bytes]:
        """The signed files, in order, by one gesture of the key's holder. Raises Unreachable, Rejected."""

    def sign_each(
        self, documents: Sequence[Document], *, at: datetime, location: str, contact: str = ""
    ) -> Iterator[tuple[int, Result]]:
        """Each document's place and signed file, as soon as it is there, by one gesture of the key's holder.

        One that fails leaves the others. Raises Unreachable, Rejected when none can be signed.
        """


class PadesSigner:
    """A signatory whose key is in a file, on a token or at a remote service: everything but the value itself.

    B-T asks for the signatory's standing but embeds no proof; B-LT embeds the proofs that could be gathered (the
    signatory's own is required); B-LTA requires all of them and adds a document timestamp. `chain` completes the
    certificates kept with the key (DER).
    """

    def __init__(
        self,
        key: Key,
        *,
        tsa_url: str,
        level: Level = Level.B_LT,
        chain: Sequence[bytes] = (),
        ocsp_url: str = "",
        timeout: float = 15.0,
    ) -> None:
        self._key, self._level = key, level
        self._chain = [x509.load_der_x509_certificate(c) for c in chain]
        self._tsa_url, self._ocsp_url, self._timeout = tsa_url, ocsp_url, timeout
        self._unit: list[x509.Certificate] = []

    @property
    def key(self) -> Key:
        """Where the private key is."""
        return self._key

    @property
    def known(self) -> list[x509.Certificate]:
        """The certificates that complete those kept with the key."""
        return self._chain

    @property
    def certificate(self) -> bytes:
        """The signatory's certificate, in DER."""
        return der(self._key.certificate)

    @property
    def signer_name(self) -> str:
        """The common name of the certificate."""
        return name_of(self._key.certificate)

    def sign(self, pdf: bytes, *, at: datetime, reason: str, location: str, contact: str = "") -> bytes:
        """The signed file: `pdf`, then one incremental update, and a second one at level B-LTA.

        Raises Unreachable (authority, timestamping service or key silent: nothing is lost, try again) and Rejected
        (certificate expired or revoked, key refused, document that cannot be signed).
        """
        [signed] = self.sign_all([Document(pdf=pdf, reason=reason)], at=at, location=location, contact=contact)
        return signed

    def sign_all(self, documents: Sequence[Document], *, at: datetime, location: str, contact: str = "") -> list[bytes]:
        """The signed files, in order, all or none: as `sign_each`. Raises as `sign`."""
        found: dict[int, bytes] = {}
        for place, result in self.sign_each(documents, at=at, location=location, contact=contact):
            if not isinstance(result, bytes):
                raise result
            found[place] = result
        return [found[place] for place in range(len(documents))]

    def sign_each(
        self, documents: Sequence[Document], *, at: datetime, location: str, contact: str = ""
    ) -> Iterator[tuple[int, Result]]:
        """Each document's place and signed file, as soon as it is there.

        The proofs are gathered once, and the key is asked once for those that can be signed: what fails before costs
        it nothing. A timestamp that did not come is asked once more at the end. Raises as `sign`, for all of them.
        """
        check_certificate(self._key.certificate, at)
        with opened(self._timeout) as client:
            evidence = self._evidence(client, at=at)
            ready: list[tuple[int, Prepared]] = []
            for place, each in enumerate(documents):
                try:
                    ready.append((place, self._prepared(each, evidence, at=at, location=location, contact=contact)))
                except (Unsignable, SignatureRefused) as refusal:
                    yield place, Rejected(str(refusal))
            values = self._key.values([each.to_be_signed for _, each in ready]) if ready else []
            late = []
            for (place, prepared), value in zip(ready, values, strict=True):
                result = self._tried(client, prepared, value)
                if isinstance(result, Unreachable):
                    late.append((place, prepared, value))
                else:
                    yield place, result
            for place, prepared, value in late:
                yield place, self._tried(client, prepared, value)

    def _prepared(
        self, document: Document, evidence: Evidence | None, *, at: datetime, location: str, contact: str
    ) -> Prepared:
        return prepare(
            document.pdf,
            certificate=self.certificate,
            chain=[der(c) for c in self._issuers() if c.subject != c.issuer],
            at=at,
            reason=document.reason,
            location=location,
            name=self.signer_name,
            contact=contact,
            evidence=evidence,
        )

    def _tried(self, client: httpx.Client, prepared: Prepared, value: bytes) -> Result:
        try:
            return self._finished(client, prepared, value)
        except (Unsignable, SignatureRefused) as refusal:
            return Rejected(str(refusal))
        except (Unreachable, Rejected) as failure:
            return failure

    def _finished(self, client: httpx.Client, prepared: Prepared, value: bytes) -> bytes:
        token = request_token(client, self._tsa_url, value)
        # A service changes its certificate now and then: the next act will bring the proofs of this one.
        self._unit = [x509.load_der_x509_certificate(c) for c in certificates_of(token)]
        signed = finish(prepared, signature=value, token=token)
        if self._level is not Level.B_LTA:
            return signed
        unstamped = prepare_stamp(signed)
        return finish_stamp(unstamped, token=request_token_over(client, self._tsa_url, unstamped.digest))

    def _evidence(self, client: httpx.Client, *, at: datetime) -> Evidence | None:
        """The proofs to embed: the signatory's own, and at B-LT those of the services if they come."""
        issuers = self._issuers()
        if not issuers:
            raise Rejected(f"L’autorité qui a délivré le certificat de « {self.signer_name} » n’est pas connue.")
        own = standing_of(client, self._key.certificate, issuers[0], at=at, ocsp_url=self._ocsp_url)
        if own.revoked_at is not None:
            since = own.revoked_at.strftime("%d/%m/%Y")
            raise Rejected(f"Le certificat de « {self.signer_name} » est révoqué depuis le {since}.")
        if self._level is Level.B_T:
            return None
        if not self._unit:
            token = request_token(client, self._tsa_url, self.certificate)
            self._unit = [x509.load_der_x509_certificate(c) for c in certificates_of(token)]
        others = [*self._unit, *issuers]
        proofs = proofs_of(client, others, at=at, required=self._level is Level.B_LTA)
        return bundled([self._key.certificate, *issuers, *self._unit], [own, *proofs])

    def _issuers(self) -> list[x509.Certificate]:
        return ascend(self._key.certificate, [*self._key.chain, *self._chain])


def check_certificate(certificate: x509.Certificate, at: datetime) -> None:
    """Raises Rejected for a certificate that may not sign, or not at that moment."""
    name = name_of(certificate)
    if not _signs_documents(certificate):
        raise Rejected(f"Le certificat de « {name} » n’est pas destiné à la signature de documents.")
    if at > certificate.not_valid_after_utc:
        ended = certificate.not_valid_after_utc.strftime("%d/%m/%Y")
        raise Rejected(f"Le certificat de « {name} » a expiré le {ended} : il doit être renouvelé.")
    if at < certificate.not_valid_before_utc:
        raise Rejected(f"Le certificat de « {name} » n’est pas encore en cours de validité.")


def _signs_documents(certificate: x509.Certificate) -> bool:
    """Whether the key usage commits its holder (RFC 5280 §4.2.1.3, nonRepudiation)."""
    try:
        return certificate.extensions.get_extension_for_class(x509.KeyUsage).value.content_commitment
    except x509.ExtensionNotFound:
        return True
