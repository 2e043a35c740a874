"""The built client: hashed assets for ever, the page and the service worker asked about every time."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass, field
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.types import Receive, Scope, Send

FOREVER = "public, max-age=31536000, immutable"
ASK = "no-cache"
AN_HOUR = "public, max-age=3600"

_TYPES = {
    ".js": "text/javascript",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".map": "application/json",
}
_TEXTUAL = ("text/", "application/json", "application/manifest+json", "image/svg+xml", "application/wasm")
_ENCODINGS = {"br": ".br", "gzip": ".gz"}


@dataclass(frozen=True, slots=True)
class _File:
    media_type: str
    cache: str
    etag: str
    plain: bytes
    encoded: dict[str, bytes] = field(default_factory=dict)


class ClientFiles:
    """Serves `directory` from memory, read once. Paths that are none of its files are routes of the
    client, and get its page when a browser asks for one; `never` are prefixes that are nobody's page."""

    def __init__(
        self,
        directory: Path,
        *,
        never: tuple[str, ...] = ("/assets/", "/graphql", "/api/", "/metrics", "/healthz", "/readyz"),
    ) -> None:
        self.never = never
        self._files = {
            "/" + path.relative_to(directory).as_posix(): _read(path, root=directory)
            for path in sorted(directory.rglob("*"))
            if path.is_file() and path.suffix not in (".br", ".gz")
        }

    def routes(self) -> list[BaseRoute]:
        """The routes of the client, to stand last: they take every path that is left."""
        return [Mount("/", app=self)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
            return
        await self._answer(scope)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            return PlainTextResponse("Only GET.", status_code=405, headers={"allow": "GET, HEAD"})
        headers = Headers(scope=scope)
        found = self._files.get(scope["path"]) or self._page(scope["path"], accept=headers.get("accept", ""))
        if found is None:
            return PlainTextResponse(
                "There is nothing here.", status_code=404, headers={"cache-control": ASK}
            )
        encoding = _chosen(headers.get("accept-encoding", ""), offered=found.encoded)
        about = {"cache-control": found.cache, "etag": found.etag, "vary": "accept-encoding"}
        if found.etag in headers.get("if-none-match", ""):
            return Response(status_code=304, headers=about)
        if encoding:
            about["content-encoding"] = encoding
        body = found.encoded[encoding] if encoding else found.plain
        # Its length stays true for HEAD, whose body the server leaves out.
        return Response(body, media_type=found.media_type, headers=about)

    def _page(self, path: str, *, accept: str) -> _File | None:
        takes_pages = any(kind in accept for kind in ("text/html", "*/*"))
        wants_page = path == "/" or (takes_pages and "." not in path.rpartition("/")[2])
        if not wants_page or path.startswith(self.never):
            return None
        return self._files.get("/index.html")


def _read(path: Path, *, root: Path) -> _File:
    plain = path.read_bytes()
    media_type = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    encoded = {
        name: file.read_bytes()
        for name, ending in _ENCODINGS.items()
        if (file := path.with_name(path.name + ending)).is_file()
    }
    if not encoded and len(plain) > 1024 and media_type.startswith(_TEXTUAL):
        encoded["gzip"] = gzip.compress(plain, compresslevel=6, mtime=0)
    etag = f'"{hashlib.sha256(plain).hexdigest()[:20]}"'
    return _File(media_type, _cache(path.relative_to(root)), etag, plain, encoded)


def _cache(path: Path) -> str:
    if path.parts[0] == "assets":
        return FOREVER
    return ASK if path.suffix in (".html", ".js", ".webmanifest", ".json") else AN_HOUR


def _chosen(accept: str, *, offered: dict[str, bytes]) -> str | None:
    """The first encoding of ours, in our order, that `accept` does not rule out."""
    taken = {}
    for part in accept.lower().split(","):
        name, _, quality = part.partition(";")
        taken[name.strip()] = quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in _ENCODINGS if name in offered and taken.get(name)), None)
