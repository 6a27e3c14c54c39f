"""A post that keeps its letters, for the tests of those who write them."""

from __future__ import annotations

from .errors import Rejected, Unreachable
from .letter import Letter, address_of, build

__all__ = ["FakePost"]


class FakePost:
    """Builds each letter as the real one does, then keeps it in `sent`.

    Set `failure` to an Unreachable or Rejected and `send` raises it.
    """

    def __init__(self) -> None:
        self.sent: list[Letter] = []
        self.failure: Unreachable | Rejected | None = None

    def send(self, message: Letter) -> str:
        """The Message-ID, once the letter is kept."""
        build(message)
        address_of(message.return_path or message.sender, "de retour")
        if self.failure is not None:
            raise self.failure
        self.sent.append(message)
        return message.message_id
