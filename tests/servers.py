"""Real server processes on a test's database, started and ended by the test."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from server.settings import Settings

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0

SERVE = (sys.executable, "-c", "from server.cli import main; main()", "serve")
"""`forecourt serve`, as a person starts it."""


def factory(app: str) -> tuple[str, ...]:
    """uvicorn with an app of one's own: an import path and the name of its factory."""
    return (sys.executable, "-m", "uvicorn", "--factory", app)


@dataclass
class Process:
    """A server that was started. The story may end it by itself."""

    address: str
    process: "subprocess.Popen[bytes]"
    log: Path


@contextmanager
def started(*words: str, settings: Settings, log: Path, **environment: str) -> Iterator[Process]:
    """A server process of its own, on a free port; yields it once it is ready. That it ends when it is told to is
    part of every story."""
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*words, "--port", str(port)], cwd=ROOT, env=environment_of(settings, **environment),
            stdout=output, stderr=output,
        )  # fmt: skip
        server = Process(f"http://127.0.0.1:{port}", process, log)
        try:
            _until_ready(server)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(timeout=25)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                raise


@contextmanager
def serving(settings: Settings, *, log: Path) -> Iterator[str]:
    """The app without the command around it; yields its address."""
    with started(*factory("server.app:create_app"), settings=settings, log=log) as server:
        yield server.address


def environment_of(settings: Settings, **more: str) -> dict[str, str]:
    return {
        **os.environ, "DATABASE_URL": settings.database_url, "FORECOURT_DATA": str(settings.data),
        "FORECOURT_SECRET": settings.secret, **more,
    }  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_ready(server: Process) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        try:
            if httpx.get(f"{server.address}/readyz", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"the server did not get ready: {server.log.read_text(errors='replace')[-2000:]}")
