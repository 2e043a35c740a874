"""A foreign page must not act with our cookies: Origin and Sec-Fetch-Site are checked beside SameSite."""

from collections.abc import Iterable
from urllib.parse import urlsplit

import orjson
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


class OriginCheck:
    """Refuses writes and WebSocket handshakes that a page of another origin sends.

    Ours is the origin whose host the request was sent to, http or https (a proxy may end TLS); where
    `allowed` names origins, those alone. Programs that send neither Origin nor Sec-Fetch-Site are no
    browsers and pass, and so does a bearer token without cookies: no page has one that it was not given.
    """

    def __init__(self, app: ASGIApp, *, allowed: Iterable[str] = ()) -> None:
        self.app = app
        self.allowed = frozenset(origin.rstrip("/").lower() for origin in allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        is_socket = scope["type"] == "websocket"
        if (not is_socket and scope["method"] in SAFE_METHODS) or self._is_ours(scope):
            await self.app(scope, receive, send)
        elif is_socket:
            # Closing before accepting answers the handshake with 403.
            await send({"type": "websocket.close", "code": 1008, "reason": "Foreign origin"})
        else:
            error = {
                "message": "This request came from another site.",
                "extensions": {"code": "FOREIGN_ORIGIN"},
            }
            body = orjson.dumps({"errors": [error]})
            await Response(body, status_code=403, media_type="application/json")(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        if "authorization" in headers and "cookie" not in headers:
            return True
        origin = headers.get("origin")
        if origin is not None:
            if self.allowed:
                return origin.lower() in self.allowed
            return _same_host(origin, host=headers.get("host", ""))
        return headers.get("sec-fetch-site", "none") in ("same-origin", "none")


def _same_host(origin: str, *, host: str) -> bool:
    try:
        asking, asked = urlsplit(origin), urlsplit(f"//{host}")
        default = _DEFAULT_PORTS.get(asking.scheme)
        return bool(
            asking.hostname
            and asking.scheme in ("http", "https")
            and asking.hostname == asked.hostname
            and (asking.port or default) == (asked.port or default)
        )
    except ValueError:
        return False
