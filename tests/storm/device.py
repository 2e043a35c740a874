"""A device of a storm: the real client's sync code in a Node process, on a disk of its own, that may be killed."""

import asyncio
import json
import shutil
import signal
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

CLIENT = Path(__file__).parent.parent.parent / "client"
BUILDER = CLIENT / "src" / "sync" / "testing" / "storm_build.mjs"
LONGEST_LINE = 64 * 1024 * 1024
PATIENCE = 90.0


class DeviceGone(Exception):
    """It was killed before it had answered: nothing is known."""


class DeviceFailed(Exception):
    """It could not do what it was told; the message has its stack."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody and their tablet. `name` is the tablet's; a person may have two on different devices."""

    name: str
    personId: str
    showroomId: str
    url: str
    token: str


def node() -> str | None:
    return shutil.which("node")


def build(folder: Path) -> Path:
    """The device's program, bundled once for a storm."""
    done = subprocess.run(
        [node() or "node", BUILDER, folder], cwd=CLIENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / "storm.mjs"


class Device:
    """`fault`: one that is planted into its tablets, by a test of the storm."""

    def __init__(
        self, program: Path, folder: Path, people: list[Person], *, fault: str | None = None
    ) -> None:
        self.program, self.folder, self.people, self.fault = program, folder, people, fault
        self.ahead = 0
        self.kills = 0
        self.broken: list[dict[str, Any]] = []
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._last = 0
        self._process: asyncio.subprocess.Process | None = None
        self._ready = False

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            node() or "node", self.program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, limit=LONGEST_LINE,
            stderr=(self.folder.parent / f"{self.folder.name}.log").open("ab"),
        )  # fmt: skip
        self._listening = asyncio.create_task(self._listen(self._process))
        people = [asdict(person) for person in self.people]
        await self._ask("begin", folder=str(self.folder), people=people, ahead=self.ahead, fault=self.fault)
        self._ready = True

    async def kill(self) -> None:
        """SIGKILL: what its disk was promised is all that is left."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        self._ready = False
        process.send_signal(signal.SIGKILL)
        await process.wait()
        await self._listening
        self.kills += 1

    async def does(self, what: str, **given: Any) -> Any:
        """What it says to that. Raises DeviceGone, also while it starts, and DeviceFailed."""
        if not self._ready:
            raise DeviceGone
        return await self._ask(what, **given)

    async def _ask(self, what: str, **given: Any) -> Any:
        process = self._process
        if process is None or process.stdin is None or process.returncode is not None:
            raise DeviceGone
        self._last += 1
        n = self._last
        answer = self._asked[n] = asyncio.get_running_loop().create_future()
        process.stdin.write(json.dumps({"n": n, "do": what, **given}).encode() + b"\n")
        try:
            async with asyncio.timeout(PATIENCE):
                return await answer
        finally:
            self._asked.pop(n, None)

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        while line := await process.stdout.readline():
            try:
                told = json.loads(line)
            except ValueError:  # killed in the middle of a line
                break
            if "broken" in told:
                self.broken.append(told["broken"])
                continue
            answer = self._asked.get(told["n"])
            if answer is None or answer.done():
                continue
            if "failed" in told:
                answer.set_exception(DeviceFailed(told["failed"]))
            else:
                answer.set_result(told["said"])
        for answer in self._asked.values():
            if not answer.done():
                answer.set_exception(DeviceGone())
