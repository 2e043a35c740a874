"""Request bodies bounded while they are read, for every path; an endpoint may bound its own more."""

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MIB = 1024 * 1024


class BodyTooLarge(Exception):
    """The body has more bytes than this path may be sent."""


class BodyBounds:
    """Answers 413 once a body has more than `most` bytes, or what `by_prefix` says for the path.

    A prefix that maps to None is left to the endpoint behind it.
    """

    def __init__(
        self, app: ASGIApp, *, most: int = MIB, by_prefix: Mapping[str, int | None] | None = None
    ) -> None:
        self.app = app
        self.most = most
        self.by_prefix = dict(by_prefix or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        limit = self._limit(scope["path"]) if scope["type"] == "http" else None
        if limit is None:
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared) > limit:
            await _too_large(scope, receive, send)
            return
        answering = False
        seen = 0

        async def bounded() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise BodyTooLarge
            return message

        async def noting(message: Message) -> None:
            nonlocal answering
            answering = True
            await send(message)

        try:
            await self.app(scope, bounded, noting)
        except BodyTooLarge:
            if answering:
                raise
            await _too_large(scope, receive, send)

    def _limit(self, path: str) -> int | None:
        fitting = [prefix for prefix in self.by_prefix if path.startswith(prefix)]
        return self.by_prefix[max(fitting, key=len)] if fitting else self.most


async def _too_large(scope: Scope, receive: Receive, send: Send) -> None:
    answer = PlainTextResponse("The body is too large.", status_code=413, headers={"connection": "close"})
    await answer(scope, receive, send)
