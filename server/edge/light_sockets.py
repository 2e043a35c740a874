"""uvicorn's WebSocket protocol without what it keeps of a handshake that is over: several KiB a tablet, all day."""

from typing import Any

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class LightSocketProtocol(WebSocketsSansIOProtocol):
    async def send(self, message: ASGISendEvent) -> None:
        await super().send(message)
        if message["type"] == "websocket.accept":
            spent: Any = None
            self.request = self.response = spent
