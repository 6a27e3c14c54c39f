"""What can have happened around the archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class PackageBuilt:
    name: ClassVar[str] = "archiving.package_built"
    message_identifier: str
    sha256: str
    documents: int


@dataclass(frozen=True, kw_only=True)
class DepositBegun:
    name: ClassVar[str] = "archiving.deposit_begun"
    message_identifier: str


@dataclass(frozen=True, kw_only=True)
class DepositRecorded:
    name: ClassVar[str] = "archiving.deposit_recorded"
    message_identifier: str
    operation: str
    reconciled: bool


@dataclass(frozen=True, kw_only=True)
class ReplyRecorded:
    """The ArchiveTransferReply: responsibility passed to the archive, or an alert."""

    name: ClassVar[str] = "archiving.reply_recorded"
    message_identifier: str
    code: str
    accepted: bool
    sha256: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class DepositAgain:
    """A refused deposit is to be made again: a new package, a new identifier."""

    name: ClassVar[str] = "archiving.deposit_again"
    after_attempt: int
    #: The identifier that was refused, and stays so for ever.
    message_identifier: str
