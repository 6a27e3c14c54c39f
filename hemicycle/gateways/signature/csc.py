"""A key kept by a remote signing service: its holder authorises, the service signs the digests it is sent."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from .errors import CodesWanted, Rejected, Unreachable
from .remote import SERVICE, CscService, Refused

__all__ = ["CscKey"]

#: signAlgo, in order of preference: with its digest, or bare.
RSA = ("1.2.840.113549.1.1.11", "1.2.840.113549.1.1.1")
ECDSA = ("1.2.840.10045.4.3.2",)
_CODES = {"PIN": "votre code PIN", "OTP": "un code à usage unique"}


@dataclass(kw_only=True, eq=False)
class CscKey:
    """A credential of the service. `pin` and `otp` are what its holder gives: the second serves one gesture only.

    All the digests of a gesture go under one authorisation, bound to them: 150 acts, one code. Beyond what the service
    admits in one, a key that wants no one-time code is authorised again for the rest. A PIN or a code refused once is
    never given again by this object: three wrong ones lock a credential.
    """

    service: CscService
    credential: str
    pin: str = field(default="", repr=False)
    otp: str = field(default="", repr=False)
    _certificates: list[x509.Certificate] = field(default_factory=list, init=False, repr=False)
    _refusal: str = field(default="", init=False, repr=False)

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate of the credential. Raises Unreachable, Rejected."""
        return self._known()[0]

    @property
    def chain(self) -> Sequence[x509.Certificate]:
        """The certificates of its authorities, as the service gives them."""
        return self._known()[1:]

    def values(self, to_be_signed: Sequence[bytes]) -> list[bytes]:
        """One signature value for each text. Raises Unreachable, Rejected, CodesWanted.

        A one-time code that was given may have served: whatever happens after is Rejected, never to be tried again.
        """
        digests = [hashlib.sha256(text).digest() for text in to_be_signed]
        info = self._info()
        codes, algorithm, most = self._codes(info), self._algorithm(info), info.get("multisign")
        most = most if isinstance(most, int) and most > 0 else len(digests)
        if "OTP" not in codes:
            parts = (digests[start : start + most] for start in range(0, len(digests), most))
            return [value for part in parts for value in self._signed(part, codes, algorithm)]
        if len(digests) > most:
            raise Rejected(
                f"Le {SERVICE} n’admet que {most} signatures par autorisation, et {len(digests)} sont demandées : "
                "signez en plusieurs gestes."
            )
        try:
            return self._signed(digests, codes, algorithm)
        except Unreachable as silence:
            raise Rejected(
                f"Le {SERVICE} n’a pas répondu après avoir reçu le code à usage unique : donnez-en un autre."
            ) from silence

    def _signed(self, digests: Sequence[bytes], codes: Mapping[str, str], algorithm: str) -> list[bytes]:
        for attempt in (1, 2):
            sad = self._authorized(digests, codes)
            try:
                return self.service.sign(self.credential, digests, sad=sad, algorithm=algorithm)
            except Refused as refusal:
                # An authorisation that ran out is asked again, once, unless it cost the holder a code.
                if attempt == 2 or "OTP" in codes or "expired" not in refusal.description:
                    raise
        raise AssertionError  # pragma: no cover

    def _authorized(self, digests: Sequence[bytes], codes: Mapping[str, str]) -> str:
        if self._refusal:
            raise Rejected(self._refusal)
        try:
            return self.service.authorize(self.credential, digests, codes=codes)
        except Refused as refusal:
            if refusal.error in ("invalid_pin", "invalid_otp"):
                self._refusal = str(refusal)
            raise

    def _codes(self, info: Mapping[str, Any]) -> dict[str, str]:
        """What the credential wants of its holder, among what was given."""
        auth = info.get("auth")
        mode = auth.get("mode") if isinstance(auth, dict) else None
        if not isinstance(auth, dict) or mode not in ("implicit", "explicit"):
            raise Rejected(f"La clé « {self.credential} » demande une connexion de son titulaire au {SERVICE}.")
        given = {"PIN": self.pin, "OTP": self.otp}
        wanted = [str(each.get("id")) for each in auth.get("objects") or () if isinstance(each, dict)]
        missing = tuple(name for name in wanted if not given.get(name))
        if missing:
            said = " et ".join(_CODES.get(name, f"un code « {name} »") for name in missing)
            raise CodesWanted(f"La clé « {self.credential} » demande {said} : donnez-le en signant.", missing)
        return {name: given[name] for name in wanted}

    def _algorithm(self, info: Mapping[str, Any]) -> str:
        key = info.get("key")
        if not isinstance(key, dict) or key.get("status") != "enabled":
            raise Rejected(f"La clé « {self.credential} » n’est pas en service auprès du {SERVICE}.")
        mine = ECDSA if isinstance(self.certificate.public_key(), ec.EllipticCurvePublicKey) else RSA
        offered = key.get("algo") or ()
        found = next((each for each in mine if each in offered), None)
        if found is None:
            raise Rejected(f"La clé « {self.credential} » ne signe ni en RSA ni en ECDSA avec SHA-256.")
        return found

    def _known(self) -> list[x509.Certificate]:
        if not self._certificates:
            self._info()
        return self._certificates

    def _info(self) -> Mapping[str, Any]:
        """What the service says of the key now; its certificates are kept."""
        info = self.service.info(self.credential)
        try:
            written = info["cert"]["certificates"]
            found = [x509.load_der_x509_certificate(base64.b64decode(each)) for each in written]
        except (LookupError, TypeError, ValueError) as cause:
            raise Unreachable(
                f"Le certificat rendu par le {SERVICE} est illisible ; nouvel essai plus tard."
            ) from cause
        if not found:
            raise Rejected(f"Le {SERVICE} ne donne pas de certificat pour la clé « {self.credential} ».")
        self._certificates = found
        return info
