"""A TCP relay that lets a deposit through and keeps its answer: the moment at which a courier may die."""

from __future__ import annotations

import contextlib
import socket
import threading
from urllib.parse import urlsplit


class HoldingProxy:
    """Relays to `target`; once a request bears `marker`, its answer is read, then kept for ever."""

    def __init__(self, target: str, marker: bytes) -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._marker = marker
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        #: Set when the other side has answered the marked request.
        self.held = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._relay, args=(client,), daemon=True).start()

    def _relay(self, client: socket.socket) -> None:
        with client, socket.create_connection(self._target) as upstream:
            marked = threading.Event()
            up = threading.Thread(target=self._up, args=(client, upstream, marked), daemon=True)
            up.start()
            with contextlib.suppress(OSError):
                while data := upstream.recv(65536):
                    if marked.is_set():
                        self.held.set()
                    else:
                        client.sendall(data)
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
            up.join(timeout=5)

    def _up(self, client: socket.socket, upstream: socket.socket, marked: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(65536):
                if self._marker in data:
                    marked.set()
                upstream.sendall(data)
            upstream.shutdown(socket.SHUT_WR)
