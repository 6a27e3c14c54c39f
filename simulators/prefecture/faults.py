"""The unknown outcomes of real life, whichever the platform: what is recorded is not always learnt by its sender."""

from __future__ import annotations

import asyncio
import threading

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .scenarios import Stage


class Faults:
    """`hold` is in seconds; the first `to_lose` answers are lost whatever the scenario."""

    def __init__(self, stage: Stage, *, hold: float, to_lose: int = 0) -> None:
        self._stage, self._hold, self._to_lose = stage, hold, to_lose
        self._lock = threading.Lock()

    async def told(self, answer: Response, number: str) -> Response:
        """The answer to something done about the act of this number, or what becomes of it on its way."""
        scenario = self._stage.play("tdt", number)
        if scenario == "tdt-truncated":
            return CutShort(answer.body, media_type=answer.media_type)
        if scenario == "tdt-timeout":
            await asyncio.sleep(self._hold)
        if scenario in ("tdt-timeout", "tdt-lost") or self._lost():
            return Response(status_code=504)
        return answer

    def _lost(self) -> bool:
        with self._lock:
            if self._to_lose == 0:
                return False
            self._to_lose -= 1
        return True


class CutShort(Response):
    """Announces its whole length, gives half of it, and the connection closes."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        # Even an empty answer is cut: one byte is announced, that never comes.
        announced = [(b"content-length", str(max(len(self.body), 1)).encode())]
        kept = [(name, value) for name, value in self.raw_headers if name != b"content-length"]
        await send({"type": "http.response.start", "status": self.status_code, "headers": kept + announced})
        half = bytes(self.body)[: len(self.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
