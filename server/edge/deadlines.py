"""uvicorn's HTTP protocol with deadlines: whoever drips a head or a body is sent away.

uvicorn 0.54 has a time-out between requests only: a client that sends a header a minute holds its
connection for ever, and a few hundred of them hold all there are.
"""

from asyncio import TimerHandle, Transport
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_TOO_SLOW = (
    b"HTTP/1.1 408 Request Timeout\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"content-length: 9\r\nconnection: close\r\n\r\nToo slow."
)


class DeadlineProtocol(HttpToolsProtocol):
    """A head must be complete `head_seconds` after the connection or the request began, and its body
    `body_seconds` after the head."""

    head_seconds = 10.0
    body_seconds = 30.0

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._deadline: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._set_deadline(self.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        self._clear_deadline()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._deadline is None and (self.cycle is None or self.cycle.response_complete):
            self._set_deadline(self.head_seconds)
        super().data_received(data)

    def on_headers_complete(self) -> None:
        self._clear_deadline()
        self._set_deadline(self.body_seconds)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        # The end of a WebSocket's handshake, too.
        self._clear_deadline()
        super().on_message_complete()

    def _set_deadline(self, seconds: float) -> None:
        self._deadline = self.loop.call_later(seconds, self._expire)

    def _clear_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _expire(self) -> None:
        self._deadline = None
        if self.transport.is_closing():
            return
        answering = (
            self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete
        )
        if not answering:
            self.transport.write(_TOO_SLOW)
        self.transport.close()
