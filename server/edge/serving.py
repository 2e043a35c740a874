"""How the app is served: uvicorn with the bounds that it does not set by itself."""

import resource
from typing import Any

import uvicorn

from server.edge.deadlines import DeadlineProtocol
from server.edge.light_sockets import LightSocketProtocol

SOCKET_MESSAGE = 256 * 1024
"""The largest WebSocket message in bytes; larger ones end their socket with 1009."""

GRACE = 10
"""Seconds that running requests are given at shutdown. Sockets are closed at once, with 1012."""


CONNECTIONS = 6_000
"""Open at once in a process, sockets among them (`Settings.sockets`). uvicorn refuses whatever comes then, the
question whether the process is alive among it: more than sockets and tablets together will ever be."""


def run(app_factory: str, *, host: str, port: int, workers: int = 1, proxies: str | None = None) -> None:
    """Serve `app_factory` ("module:function") until told to stop. `proxies` are the addresses whose
    X-Forwarded-For and -Proto are believed, separated by commas; none by default."""
    allow_connections(CONNECTIONS)
    uvicorn.run(app_factory, factory=True, workers=workers, **options(host=host, port=port, proxies=proxies))


def allow_connections(number: int) -> int:
    """Many systems give a process 1,024 open files: a thousand sockets, and the database is out of reach. Asks
    for as many as are needed and allowed; workers inherit it. How many there are now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = number + 200 if hard == resource.RLIM_INFINITY else min(hard, number + 200)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        return most
    return soft


def options(*, host: str, port: int, proxies: str | None = None) -> dict[str, Any]:
    """uvicorn's options, the app and its number of processes left out."""
    return {
        "host": host,
        "port": port,
        "loop": "auto",
        "http": DeadlineProtocol,
        "ws": LightSocketProtocol,
        "ws_max_size": SOCKET_MESSAGE,
        "ws_ping_interval": 20.0,
        "ws_ping_timeout": 20.0,
        # A poke has sixty bytes: nothing to compress, and two compressors a tablet that wait for it all day.
        "ws_per_message_deflate": False,
        "limit_concurrency": CONNECTIONS,
        "timeout_keep_alive": 15,
        "timeout_graceful_shutdown": GRACE,
        # A worker that is busy with a storm is not hung: ended, its tablets would come back as another one.
        "timeout_worker_healthcheck": 30,
        "proxy_headers": proxies is not None,
        "forwarded_allow_ips": proxies,
        "server_header": False,
        "access_log": False,
        "log_config": None,
    }
