"""The server of a storm: real processes on one database, killed with SIGKILL and started again."""

import asyncio
import re
import signal
from asyncio.subprocess import Process
from pathlib import Path

import httpx

from server.settings import Settings
from tests.servers import PATIENCE, ROOT, SERVE, environment_of, factory, free_port

COMPLAINT = re.compile(r"\[(error|critical) *\]|Traceback|^[A-Za-z.]+(Error|Exception)\b")


class House:
    """`app` is the factory that each process serves; a test of the test names a sabotaged one."""

    def __init__(self, settings: Settings, *, processes: int, log: Path, app: str | None = None) -> None:
        self.settings, self.log, self.app = settings, log, app
        self.ports = [free_port() for _ in range(processes)]
        self.running: dict[int, Process] = {}
        self.kills = 0

    def upstreams(self) -> list[int]:
        """Where a request may go; also to a process that is just coming up, or has just died."""
        return list(self.running)

    async def up(self) -> None:
        """Every process is ready; those that run stay."""
        missing = [port for port in self.ports if port not in self.running or self._is_gone(port)]
        await asyncio.gather(*(self._start(port) for port in missing))

    async def kill(self, port: int) -> None:
        """SIGKILL, in the middle of whatever it does; it is down until `up`."""
        process = self.running.pop(port, None)
        if process is None or process.returncode is not None:
            return
        process.send_signal(signal.SIGKILL)
        await process.wait()
        self.kills += 1

    async def close(self) -> None:
        for process in self.running.values():
            if process.returncode is None:
                process.kill()
            await process.wait()
        self.running.clear()

    def _is_gone(self, port: int) -> bool:
        return self.running[port].returncode is not None

    async def _start(self, port: int) -> None:
        with self.log.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                *self._command(port),
                cwd=ROOT,
                env=environment_of(self.settings),
                stdout=output,
                stderr=output,
            )
        self.running[port] = process
        await self._until_ready(port, process)

    def _command(self, port: int) -> list[str]:
        if self.app:
            return [*factory(self.app), "--no-access-log", "--log-level", "warning", "--port", str(port)]
        return [*SERVE, "--port", str(port)]

    async def _until_ready(self, port: int, process: Process) -> None:
        async with httpx.AsyncClient(timeout=2) as http:
            for _ in range(int(PATIENCE / 0.05)):
                if process.returncode is not None:
                    break
                try:
                    if (await http.get(f"http://127.0.0.1:{port}/readyz")).status_code == 200:
                        return
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.05)
        raise AssertionError(f"the server did not get ready: {self.last_words()}")

    def complaints(self) -> list[str]:
        """What the processes have logged as errors: whatever the way and the kills did, none is expected."""
        lines = self.log.read_text(errors="replace").splitlines()
        return [line[:500] for line in lines if COMPLAINT.search(line)]

    def last_words(self, characters: int = 3000) -> str:
        return self.log.read_text(errors="replace")[-characters:]
