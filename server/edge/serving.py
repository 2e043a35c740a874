"""How the app is served: uvicorn with the bounds that it does not set by itself."""

from typing import Any

import uvicorn

from server.edge.deadlines import DeadlineProtocol

SOCKET_MESSAGE = 256 * 1024
"""The largest WebSocket message in bytes; larger ones end their socket with 1009."""

GRACE = 10
"""Seconds that running requests are given at shutdown. Sockets are closed at once, with 1012."""


def run(app_factory: str, *, host: str, port: int, workers: int = 1, proxies: str | None = None) -> None:
    """Serve `app_factory` ("module:function") until told to stop. `proxies` are the addresses whose
    X-Forwarded-For and -Proto are believed, separated by commas; none by default."""
    uvicorn.run(app_factory, factory=True, workers=workers, **options(host=host, port=port, proxies=proxies))


def options(*, host: str, port: int, proxies: str | None = None) -> dict[str, Any]:
    """uvicorn's options, the app and its number of processes left out."""
    return {
        "host": host,
        "port": port,
        "loop": "auto",
        "http": DeadlineProtocol,
        "ws": "websockets-sansio",
        "ws_max_size": SOCKET_MESSAGE,
        "ws_ping_interval": 20.0,
        "ws_ping_timeout": 20.0,
        "limit_concurrency": 2_000,
        "timeout_keep_alive": 15,
        "timeout_graceful_shutdown": GRACE,
        "proxy_headers": proxies is not None,
        "forwarded_allow_ips": proxies,
        "server_header": False,
        "access_log": False,
        "log_config": None,
    }
