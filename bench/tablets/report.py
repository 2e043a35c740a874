"""What was seen: latencies by operation, refusals, and what the server's processes hold and cost."""

import asyncio
import os
from collections import Counter, defaultdict
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from bench.programs import _children, _spent

MANY = 8
"""Sockets that a process has without a single tablet: its listener, its pool, its pipes."""


class Log:
    """One phase's figures. Tasks that nobody waits for are held here."""

    def __init__(self) -> None:
        self.tasks: set[asyncio.Task[Any]] = set()
        self.forget()

    def forget(self) -> None:
        self.seconds: defaultdict[str, list[float]] = defaultdict(list)
        self.refusals: Counter[str] = Counter()
        self.losses: Counter[str] = Counter()
        self.wrongs: Counter[str] = Counter()

    def took(self, kind: str, seconds: float) -> None:
        self.seconds[kind].append(seconds)

    def refused(self, kind: str) -> None:
        self.refusals[kind] += 1

    def lost(self, kind: str) -> None:
        self.losses[kind] += 1

    def wrong(self, what: str) -> None:
        self.wrongs[what[:300]] += 1

    def run(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    def figures(self) -> list[dict[str, Any]]:
        kinds = sorted({*self.seconds, *self.refusals, *self.losses})
        return [
            {
                "operation": kind, "count": len(self.seconds[kind]), "refused": self.refusals[kind],
                "lost": self.losses[kind],
                **{f"p{p}_ms": round(at(self.seconds[kind], p) * 1000, 1) for p in (50, 95, 99, 100)},
            }
            for kind in kinds
        ]  # fmt: skip


def at(values: list[float], percent: int) -> float:
    """The value that so many percent do not exceed; 0 of nothing."""
    if not values:
        return 0.0
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def table(title: str, figures: list[dict[str, Any]]) -> str:
    head = f"\n{title:<34}{'count':>8}{'p50':>10}{'p95':>10}{'p99':>10}{'most':>10}{'refused':>9}{'lost':>6}   ms"
    lines = [
        f"  {f['operation']:<32}{f['count']:>8}{f['p50_ms']:>10,.1f}{f['p95_ms']:>10,.1f}{f['p99_ms']:>10,.1f}"
        f"{f['p100_ms']:>10,.1f}{f['refused']:>9}{f['lost']:>6}"
        for f in figures
    ]
    return "\n".join([head, *lines])


class Processes:
    """The server's processes and, where it is used, PostgreSQL's."""

    def __init__(self, server: int, postmaster: int | None) -> None:
        self._server, self._postmaster = server, postmaster

    def memory(self) -> int:
        """Bytes resident in the server's processes together."""
        return sum(_resident(pid) for pid in (self._server, *_children(self._server)))

    def connections(self) -> list[int]:
        """Open sockets of each process that has many: how the tablets are spread over the workers."""
        counts = [_open_sockets(pid) for pid in (self._server, *_children(self._server))]
        return sorted(count for count in counts if count > MANY)

    def cpu(self) -> tuple[float, float]:
        """Seconds so far: the server's, the database's."""
        ours = sum(_spent(pid) for pid in (self._server, *_children(self._server)))
        theirs = (self._postmaster, *_children(self._postmaster)) if self._postmaster else ()
        return ours / 1e9, sum(_spent(pid) for pid in theirs) / 1e9


def _open_sockets(pid: int) -> int:
    try:
        return sum(os.readlink(fd).startswith("socket:") for fd in Path(f"/proc/{pid}/fd").iterdir())
    except FileNotFoundError:
        return 0


def _resident(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except FileNotFoundError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS")), 0)
