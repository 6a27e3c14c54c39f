"""The codes that a signatory types, encrypted."""

from __future__ import annotations

from typing import Any

from hemicycle.chain.signing.codes import seal, unseal


def test_what_is_sealed_is_read_again() -> None:
    assert unseal(seal({"PIN": "2468", "OTP": "123456"})) == {"PIN": "2468", "OTP": "123456"}
    assert unseal(seal({})) == {}


def test_codes_of_another_secret_are_lost_and_break_nothing(settings: Any) -> None:
    sealed = seal({"PIN": "2468"})
    settings.SECRET_KEY = "un autre secret"

    assert unseal(sealed) == {}
