"""`forecourt serve` as it is used, with the app's documents as the only ones that a browser may send."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.programs import wait_for
from bench.tablets import town
from bench.tablets.report import Processes
from tests.servers import free_port


def ids() -> dict[str, str]:
    """The documents' ids by name, as a build of the client has them."""
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in town.documents().items()}


@contextmanager
def served(
    url: str, *, folder: Path, workers: int, postmaster: int | None
) -> Iterator[tuple[int, Processes]]:
    """The port, and the processes to be weighed."""
    client = folder / "client"
    client.mkdir()
    texts = {id: town.documents()[name] for name, id in ids().items()}
    (client / "documents.json").write_text(json.dumps(texts))
    port, log = free_port(), folder / "server.log"
    environment = {
        **os.environ, "DATABASE_URL": url, "FORECOURT_DATA": str(folder), "FORECOURT_SECRET": "bench",
        "FORECOURT_CLIENT": str(client), "FORECOURT_ENV": "production",
    }  # fmt: skip
    command = [sys.executable, "-c", "from server.cli import main; main()", "serve", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--workers", str(workers)], env=environment, stdout=output, stderr=output
        )
        try:
            wait_for(port, process, log)
            yield port, Processes(process.pid, postmaster)
        finally:
            process.terminate()
            process.wait(timeout=60)
