"""A key on a token or in a security module, reached by its PKCS#11 library (OASIS PKCS #11 v2.40).

The extra `pkcs11` of the installation brings the binding; it is imported at the first use of such a key.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from .errors import Rejected, Unreachable

if TYPE_CHECKING:
    from pkcs11.types import Session

__all__ = ["Pkcs11Key"]

T = TypeVar("T")

#: DigestInfo of a SHA-256 (RFC 8017 §9.2): the padding is the token's, the digest is made here.
DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")

#: A library serves one caller at a time, and looking for a token again closes the sessions of the others.
_LOCK = RLock()
_searches: dict[str, int] = {}
#: Token → digest of the PIN by which this program is logged in there.
_logins: dict[str, bytes] = {}

#: What a token says that no new attempt will change, by the name of its error.
_REFUSALS = {
    "PinIncorrect": "Le code PIN du jeton « {token} » est refusé ; il ne sera pas réessayé, pour ne pas bloquer "
    "le jeton : corrigez le fichier du code.",
    "PinLocked": "Le jeton « {token} » est bloqué après trop de codes PIN erronés : débloquez-le avec son code PUK.",
    "PinExpired": "Le code PIN du jeton « {token} » a expiré : changez-le avec l’outil du fabricant.",
    "UserPinNotInitialized": "Le jeton « {token} » n’a pas encore de code PIN : il n’est pas initialisé.",
    "NoSuchKey": "Le jeton « {token} » ne contient pas la clé « {key} » : vérifiez son nom.",
    "MultipleObjectsReturned": "Le jeton « {token} » contient plusieurs clés « {key} » : désignez-la par id=….",
    "MultipleTokensReturned": "Plusieurs jetons portent le nom « {token} » : n’en laissez qu’un.",
    "MechanismInvalid": "La clé « {key} » du jeton « {token} » ne fait pas de signature RSA ou ECDSA.",
}
_REFUSALS |= dict.fromkeys(("PinInvalid", "PinLenRange"), _REFUSALS["PinIncorrect"])
_REFUSALS |= dict.fromkeys(("KeyTypeInconsistent", "KeySizeRange"), _REFUSALS["MechanismInvalid"])


@dataclass(frozen=True, kw_only=True)
class _Held:
    """A session open on the token, and what was found there."""

    session: Session
    key: Any
    certificate: x509.Certificate
    others: list[x509.Certificate]
    #: Which search of the library's tokens the session dates from.
    search: int


@dataclass(kw_only=True, eq=False)
class Pkcs11Key:
    """A key of a token, by the token's label and the key's label, or `id=` and its identifier in hexadecimal.

    The session stays open from one signature to the next; when the token was removed and put back, it is opened
    again. A PIN refused once is never given again by this object: three wrong ones lock a token. Without
    `certificate_file` (PEM, the chain may follow), the certificate is read on the token.
    """

    module: str
    token: str
    name: str
    pin: str = field(repr=False)
    certificate_file: Path | None = None
    _held: _Held | None = field(default=None, init=False, repr=False)
    _refusal: str = field(default="", init=False, repr=False)

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate of the key. Raises Unreachable, Rejected."""
        return self._ask(lambda held: held.certificate)

    @property
    def chain(self) -> Sequence[x509.Certificate]:
        """The other certificates of the token, or of the file."""
        return self._ask(lambda held: held.others)

    @property
    def fits(self) -> bool:
        """Whether the key is that of the certificate, as far as the token shows (RSA). Raises Unreachable, Rejected."""
        return self._ask(self._same_modulus)

    def values(self, to_be_signed: Sequence[bytes]) -> list[bytes]:
        """One signature value for each text. Raises Unreachable, Rejected."""
        return self._ask(lambda held: [self._value(held, text) for text in to_be_signed])

    def _ask(self, question: Callable[[_Held], T]) -> T:
        """The answer of the token, looked for again once when its session is lost."""
        with _LOCK:
            lost = False
            if self._held is not None and self._held.search == _searches.get(self.module):
                try:
                    return question(self._held)
                except RuntimeError:
                    lost = True
            self._held = None
            with self._told():
                self._held = self._open(afresh=lost)
                return question(self._held)

    def _open(self, *, afresh: bool) -> _Held:
        if self._refusal:
            raise Rejected(self._refusal)
        from pkcs11.constants import Attribute, ObjectClass

        session = _session(_token(self.module, self.token, afresh=afresh), self.pin)
        wanted: dict[str, Any] = {"label": self.name}
        if self.name.startswith("id="):
            wanted = {"id": bytes.fromhex(self.name.removeprefix("id="))}
        key = session.get_key(object_class=ObjectClass.PRIVATE_KEY, **wanted)
        own, others = self._certificates(session, key[Attribute.ID])
        return _Held(session=session, key=key, certificate=own, others=others, search=_searches[self.module])

    def _certificates(self, session: Session, identifier: bytes) -> tuple[x509.Certificate, list[x509.Certificate]]:
        """The key's, which shares its identifier, and the others."""
        if self.certificate_file is not None:
            own, *others = _read(self.certificate_file)
            return own, others
        from pkcs11.constants import Attribute, ObjectClass

        found: list[tuple[bool, x509.Certificate]] = [
            (item[Attribute.ID] == identifier, x509.load_der_x509_certificate(item[Attribute.VALUE]))
            for item in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
        ]
        mine = [certificate for same, certificate in found if same]
        if not mine:
            raise Rejected(f"Le jeton « {self.token} » ne contient pas le certificat de la clé « {self.name} ».")
        return mine[0], [certificate for _, certificate in found if certificate != mine[0]]

    def _same_modulus(self, held: _Held) -> bool:
        from pkcs11.constants import Attribute

        public = held.certificate.public_key()
        if not isinstance(public, rsa.RSAPublicKey):
            return True
        return int.from_bytes(held.key[Attribute.MODULUS]) == public.public_numbers().n

    def _value(self, held: _Held, text: bytes) -> bytes:
        from pkcs11.constants import Attribute
        from pkcs11.mechanisms import Mechanism

        public, digest = held.certificate.public_key(), hashlib.sha256(text).digest()
        # Such a token wants its PIN before each signature, and says so (CKA_ALWAYS_AUTHENTICATE).
        pin = {"pin": self.pin} if _says(held.key, Attribute.ALWAYS_AUTHENTICATE) else {}
        if isinstance(public, rsa.RSAPublicKey):
            return bytes(held.key.sign(DIGEST_INFO + digest, mechanism=Mechanism.RSA_PKCS, **pin))
        if isinstance(public, ec.EllipticCurvePublicKey):
            pair = bytes(held.key.sign(digest, mechanism=Mechanism.ECDSA, **pin))
            half = len(pair) // 2
            return encode_dss_signature(int.from_bytes(pair[:half]), int.from_bytes(pair[half:]))
        raise Rejected(f"La clé « {self.name} » du jeton « {self.token} » n’est ni RSA ni ECDSA.")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the library raises, as a sentence and as a reason to try again or not."""
        try:
            yield
        except ImportError as cause:
            raise Rejected("La lecture des jetons n’est pas installée : il y faut hemicycle[pkcs11].") from cause
        except ValueError as cause:
            raise Rejected(f"Un certificat ou l’identifiant de la clé « {self.name} » est illisible.") from cause
        except RuntimeError as cause:
            sentence = _REFUSALS.get(type(cause).__name__)
            if sentence is None:
                raise Unreachable(
                    f"Le jeton « {self.token} » ne répond pas : vérifiez qu’il est branché ; nouvel essai plus tard."
                ) from cause
            told = sentence.format(token=self.token, key=self.name)
            if type(cause).__name__.startswith("Pin"):
                self._refusal = told
            raise Rejected(told) from cause


def _token(module: str, label: str, *, afresh: bool) -> Any:
    """The token of that label. `afresh`, or not known: the library starts again, as most see tokens only then."""
    import pkcs11

    if not Path(module).is_file():
        raise Rejected(f"La bibliothèque PKCS#11 des jetons est introuvable : {module or 'aucune n’est indiquée'}.")
    try:
        library = pkcs11.lib(module)
    except RuntimeError as cause:
        raise Rejected(f"La bibliothèque PKCS#11 ne se charge pas : {module}.") from cause
    _searches.setdefault(module, 1)
    if not afresh:
        with suppress(RuntimeError):
            return library.get_token(token_label=label)
    _searches[module] += 1
    library.reinitialize()
    return library.get_token(token_label=label)


def _session(token: Any, pin: str) -> Session:
    """A session with the user logged in; one login serves all the sessions of a program (PKCS #11 §5.6).

    Whoever comes with another PIN than that of the login is refused here: the token itself would not look at it.
    """
    name, said = f"{token.label}/{token.serial!r}", hashlib.sha256(pin.encode()).digest()
    try:
        session: Session = token.open(user_pin=pin)
        _logins[name] = said
    except RuntimeError as cause:
        if type(cause).__name__ != "UserAlreadyLoggedIn":
            raise
        if not hmac.compare_digest(_logins.get(name, said), said):
            from pkcs11.exceptions import PinIncorrect

            raise PinIncorrect from cause
        session = token.open()
    return session


def _says(key: Any, attribute: Any) -> bool:
    try:
        return bool(key[attribute])
    except RuntimeError:
        return False


def _read(file: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(file.read_bytes())
    except OSError as cause:
        raise Rejected(f"Le fichier du certificat est illisible : {file.name}.") from cause
