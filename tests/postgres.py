"""A private PostgreSQL for tests and benchmarks, from the machine's own server binaries, on a free port.

`python -m tests.postgres` starts one, prints its address and keeps it until Ctrl-C.
"""

import asyncio
import atexit
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

from tests.servers import free_port

OWNER = "forecourt"
HOW_TO_INSTALL = (
    "PostgreSQL's server programs (initdb, postgres) were not found in PATH, /usr/lib/postgresql, Homebrew or "
    "Postgres.app. Install them (Debian, Ubuntu: apt-get install postgresql; Fedora: dnf install "
    "postgresql-server; macOS: brew install postgresql@17), or name their folder in POSTGRES_BIN."
)
LOCAL = ("-h", "127.0.0.1", "-k", "", "-c", "max_connections=200", "-c", "shared_buffers=64MB")
QUICK = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_wal_size=256MB")
ROOM = 2 * 1024**3

# It outlives us by a moment: when our end of its pipe closes, for whatever reason, it tidies up after us.
CARETAKER = 'cat >/dev/null; "$1/pg_ctl" stop -s -D "$2/data" -m immediate >/dev/null 2>&1; rm -rf "$2"'


class PostgresMissing(Exception):
    """No server binaries, or they would not start; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A running server that trusts every connection from this machine. Names of databases are plain words."""

    port: int
    folder: Path
    server: "subprocess.Popen[bytes]"
    caretaker: "subprocess.Popen[bytes]"

    def url(self, database: str = "postgres") -> str:
        return f"postgres://{OWNER}@127.0.0.1:{self.port}/{database}"

    def create(self, name: str, template: str | None = None) -> str:
        """A new database, empty or a copy of `template` (which nobody may be connected to). Its address."""
        copied = f' TEMPLATE "{template}"' if template else ""
        _run(self.url(), f'CREATE DATABASE "{name}"{copied}')
        return self.url(name)

    def drop(self, name: str) -> None:
        """Whether it exists or not, whoever is still connected to it."""
        _run(self.url(), f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def stop(self) -> None:
        """Ends the server and removes its files. May be called twice."""
        if self.caretaker.stdin and not self.caretaker.stdin.closed:
            self.caretaker.stdin.close()
        self.caretaker.wait(timeout=30)
        self.server.wait(timeout=30)


def start(*, durable: bool = False, kept: Path | None = None) -> Cluster:
    """Starts a server. With `durable` it commits to the disk as in production; tests do without. `kept` is the data
    folder of a server that was shut down in good order, which this one begins with a copy of."""
    bin = binaries()
    folder = Path(tempfile.mkdtemp(prefix="forecourt-postgres-", dir=None if durable else _memory()))
    identity = _identity()
    if identity:
        os.chown(folder, identity["user"], identity["group"])
    caretaker = subprocess.Popen(
        ["/bin/sh", "-c", CARETAKER, "caretaker", bin, folder],
        stdin=subprocess.PIPE,
        start_new_session=True,
        **_as(identity, folder),
    )
    try:
        if kept:
            _copy(kept, folder / "data", identity)
        else:
            _initialise(bin, folder, identity)
        port, server = _launch(bin, folder, identity, options=() if durable else QUICK)
    except BaseException:
        caretaker.communicate()
        raise
    cluster = Cluster(port=port, folder=folder, server=server, caretaker=caretaker)
    atexit.register(cluster.stop)
    return cluster


def binaries() -> Path:
    """The folder of the newest server programs on this machine."""
    for folder in _places():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise PostgresMissing(HOW_TO_INSTALL)


def _places() -> Iterator[Path]:
    if named := os.environ.get("POSTGRES_BIN"):
        yield Path(named)
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    for root, pattern in (
        ("/usr/lib/postgresql", "*/bin"),
        ("/usr", "pgsql-*/bin"),
        ("/opt/homebrew/opt", "postgresql*/bin"),
        ("/usr/local/opt", "postgresql*/bin"),
        ("/Applications/Postgres.app/Contents/Versions", "*/bin"),
    ):
        yield from sorted(Path(root).glob(pattern), key=_version, reverse=True)


def _version(folder: Path) -> int:
    return max((int(number) for number in re.findall(r"\d+", str(folder))), default=0)


def _identity() -> dict[str, int] | None:
    """PostgreSQL refuses to run as root: then it runs as its own user, or as nobody."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid}
    raise PostgresMissing(
        "PostgreSQL does not run as root, and there is no user 'postgres' or 'nobody' to be."
    )


def _as(identity: dict[str, int] | None, folder: Path) -> dict[str, Any]:
    plain: dict[str, Any] = {"cwd": folder, "env": {**os.environ, "LC_ALL": "C"}}
    return {**plain, **identity, "extra_groups": []} if identity else plain


def _memory() -> str | None:
    """A file system in memory with room to spare: a copy of a template takes a tenth of the time there."""
    place = "/dev/shm"
    if os.access(place, os.W_OK) and shutil.disk_usage(place).free > ROOM:
        return place
    return None


def _initialise(bin: Path, folder: Path, identity: dict[str, int] | None) -> None:
    done = subprocess.run(
        [
            bin / "initdb",
            "-D",
            folder / "data",
            "-U",
            OWNER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ],
        capture_output=True,
        text=True,
        check=False,
        **_as(identity, folder),
    )
    if done.returncode != 0:
        raise PostgresMissing(f"initdb failed: {done.stderr.strip() or done.stdout.strip()}")


def _copy(kept: Path, data: Path, identity: dict[str, int] | None) -> None:
    shutil.copytree(kept, data)
    for path in (data, *data.rglob("*")) if identity else ():
        os.chown(path, identity["user"], identity["group"])
    data.chmod(0o700)


def _launch(
    bin: Path, folder: Path, identity: dict[str, int] | None, *, options: tuple[str, ...]
) -> tuple[int, "subprocess.Popen[bytes]"]:
    """Another program may take the free port before the server does: three tries."""
    for _ in range(3):
        port = free_port()
        with (folder / "log").open("ab") as log:
            server = subprocess.Popen(
                [bin / "postgres", "-D", folder / "data", "-p", str(port), *LOCAL, *options],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
                **_as(identity, folder),
            )
        if _answers(server, port):
            return port, server
    raise PostgresMissing(f"PostgreSQL did not start:\n{(folder / 'log').read_text()[-2000:]}")


def _answers(server: "subprocess.Popen[bytes]", port: int) -> bool:
    url = f"postgres://{OWNER}@127.0.0.1:{port}/postgres"
    until = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < until:
        try:
            _run(url, "SELECT 1")
            return True
        except (OSError, asyncpg.PostgresError):
            time.sleep(0.05)
    server.kill()
    return False


def _run(url: str, statement: str) -> None:
    """In a thread of its own: callers may already be inside an event loop."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, _execute(url, statement)).result()


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url, timeout=10, ssl=False)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def main() -> None:
    try:
        cluster = start(durable=True)
    except PostgresMissing as missing:
        sys.exit(str(missing))
    print(cluster.url(), flush=True)
    try:
        cluster.caretaker.wait()
    except KeyboardInterrupt:
        cluster.stop()


if __name__ == "__main__":
    main()
