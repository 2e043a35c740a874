"""The two programs as processes of their own, what they cost, and the line to them."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from tests.servers import free_port

LONGEST_PAUSE = 5


class WrongAnswer(Exception):
    """Errors in a GraphQL 200 look like speed: the bench stops and shows what was said."""


@dataclass(frozen=True, kw_only=True)
class Program:
    """A running server. `postmaster` is PostgreSQL's first process when it is used, whose children cost too."""

    name: str
    port: int
    process: "subprocess.Popen[bytes]"
    postmaster: int | None

    def cpu(self) -> int:
        """Nanoseconds of CPU so far: the server's, and PostgreSQL's."""
        pids = [self.process.pid]
        if self.postmaster:
            pids += [self.postmaster, *_children(self.postmaster)]
        return sum(_spent(pid) for pid in pids)


@contextmanager
def program(name: str, *, url: str, folder: Path, postmaster: int | None) -> Iterator[Program]:
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "FORECOURT_DATA": str(folder),
        "FORECOURT_SECRET": "bench",
    }
    log = (folder / f"{name}.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.serving", name, str(port)], env=environment, stdout=log, stderr=log
    )
    try:
        wait_for(port, process, folder / f"{name}.log")
        yield Program(name=name, port=port, process=process, postmaster=postmaster)
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()


class Line:
    """One connection that is kept open; made anew after a pause, for servers close what is idle."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._used = time.monotonic()

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        if time.monotonic() - self._used > LONGEST_PAUSE:
            self._connection.close()
        self._used = time.monotonic()
        self._connection.request("POST", path, body, {"content-type": "application/json", **headers})
        response = self._connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise WrongAnswer(f"{path}: {response.status} {content[:600]!r}")
        return content

    def graphql(self, query: str, variables: dict[str, Any], *, token: str = "") -> Any:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        answer = orjson.loads(
            self.post("/graphql", orjson.dumps({"query": query, "variables": variables}), headers)
        )
        if answer.get("errors"):
            raise WrongAnswer(f"{answer['errors']}")
        return answer["data"]


def _spent(pid: int) -> int:
    total = 0
    for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            total += int(task.read_text().split()[0])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total


def _children(parent: int) -> list[int]:
    found: list[int] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise WrongAnswer(f"the server did not come up:\n{log.read_text()[-2000:]}")
