"""What a signature gateway answers when it does not sign."""

from __future__ import annotations


class Unreachable(Exception):
    """The timestamping service or the authority does not answer: nothing is lost, try again later."""


class Rejected(Exception):
    """The signature will not be made, however often it is asked; the sentence says why."""


class CodesWanted(Rejected):
    """The key asks its holder for codes (« PIN », « OTP ») that were not given."""

    def __init__(self, sentence: str, codes: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.codes = codes
