"""Group commit on SQLite: those who wait beside each other share a commit, and only that."""

import asyncio
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import Any

import pytest
from tortoise.connection import get_connection

from server.kernel.ids import new_id
from server.kernel.model import AuditRecord, ScopeHead
from server.kernel.sqlite import turns
from server.kernel.work import Command, Work, unit_of_work
from server.people.model import Session
from server.settings import Settings
from server.visits.model import Visit
from tests.cast import CAST, Cast, Clock

pytestmark = pytest.mark.sqlite

HARBOUR = CAST.showrooms["harbour"]


def commits(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """Grows with every commit that reaches the disk."""
    wire: Any = get_connection("default")._connection  # type: ignore[attr-defined]
    counted: list[None] = []
    commit = wire.commit

    async def counting() -> None:
        counted.append(None)
        await commit()

    monkeypatch.setattr(wire, "commit", counting)
    return counted


async def writes(clock: Clock, note: str, *, fails: bool = False, at_once: bool = True) -> None:
    actor = await CAST.actor("sam")

    async def act(work: Work) -> None:
        row = Visit(
            id=new_id(), showroom_id=HARBOUR, note=note, arrived_at=work.now, recorded_at=work.now,
            greeted_by_id=actor.id,
        )  # fmt: skip
        await work.save(row, create=True)
        if not at_once:
            await asyncio.sleep(0.005)
        if fails:
            # What is written is in the file's transaction by now, and must leave it again.
            assert await Visit.filter(note=note).count() == 1
            raise ZeroDivisionError(note)

    await unit_of_work(act, actor=actor, command=Command(verb="x"), scopes=[HARBOUR], clock=clock)


async def test_those_who_wait_share_a_commit(
    harbour: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A group ends after a while, too; here the machine's speed must not count.
    monkeypatch.setattr(turns, "LONGEST", 60.0)
    counted = commits(monkeypatch)
    line: Any = get_connection("default").turns  # type: ignore[attr-defined]
    async with line.alone():
        written = [asyncio.create_task(writes(clock, f"note {n}")) for n in range(20)]
        while len(line._waiting) < 20:  # noqa: ASYNC110  (the line tells nobody how long it is)
            await asyncio.sleep(0.001)
    await asyncio.gather(*written)
    assert await Visit.all().count() == 20
    assert len(counted) == 1


async def test_a_lone_writer_does_not_wait_for_company(
    harbour: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = commits(monkeypatch)
    for n in range(3):
        await writes(clock, f"note {n}")
        assert len(counted) == n + 1


async def test_one_that_fails_harms_no_other(harbour: Cast, clock: Clock) -> None:
    said = await asyncio.gather(
        *(writes(clock, f"note {n}", fails=n % 3 == 1) for n in range(12)), return_exceptions=True
    )
    assert [type(one) for one in said].count(ZeroDivisionError) == 4
    assert {v.note for v in await Visit.all()} == {f"note {n}" for n in range(12) if n % 3 != 1}
    head = await ScopeHead.get(id=HARBOUR)
    records = await AuditRecord.filter(scope_id=HARBOUR).order_by("number")
    assert [r.number for r in records] == list(range(1, head.number + 1))
    assert [r.previous_hash for r in records[1:]] == [r.hash for r in records[:-1]]


async def test_those_before_one_that_fails_last_are_committed(harbour: Cast, clock: Clock) -> None:
    said = await asyncio.gather(
        writes(clock, "first", at_once=False), writes(clock, "last", fails=True), return_exceptions=True
    )
    assert said[0] is None and isinstance(said[1], ZeroDivisionError)
    assert [v.note for v in await Visit.all()] == ["first"]


async def test_a_commit_that_fails_is_told_to_the_whole_group(
    harbour: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire: Any = get_connection("default")._connection  # type: ignore[attr-defined]

    async def full() -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(wire, "commit", full)
        said = await asyncio.gather(*(writes(clock, f"{n}") for n in range(5)), return_exceptions=True)
    assert [type(one) for one in said] == [sqlite3.OperationalError] * 5
    assert await Visit.all().count() == 0
    await writes(clock, "afterwards")
    assert [v.note for v in await Visit.all()] == ["afterwards"]


async def test_what_needs_no_pen_is_not_acknowledged_before_the_commit_either(
    harbour: Cast, clock: Clock, settings: Settings
) -> None:
    """A session is written beside a unit of work whose transaction is open: it is on the disk when it is told."""

    async def signs_in(n: int) -> None:
        token = f"hash {n}"
        await Session.create(
            token_hash=token, person_id=CAST.people["sam"], created_at=clock.now, expires_at=clock.now
        )
        with closing(sqlite3.connect(settings.sqlite_path)) as other:
            found = other.execute("SELECT 1 FROM sessions WHERE token_hash = ?", (token,)).fetchall()
        assert found == [(1,)]

    await asyncio.gather(*(writes(clock, f"{n}", at_once=False) for n in range(4)), *map(signs_in, range(4)))
    assert await Visit.all().count() == 4


WRITES_UNTIL_KILLED = """
import asyncio, sys
from pathlib import Path
from server import db
from server.settings import Settings
from tests.cast import Clock
from server.kernel.sqlite import turns
from server.kernel.sqlite.wire import Wire
from tests.kernel.test_group_commit import writes

commit = Wire.commit

async def slowly(wire):
    await asyncio.sleep(0.03)
    await commit(wire)

Wire.commit = slowly
turns.LONGEST = 10

async def main():
    url, folder = sys.argv[1:]
    await db.connect(Settings(database_url=url, data=Path(folder), port=0, secret="x", client=Path(folder)))

    async def hand(number):
        for turn in range(10_000):
            await writes(Clock(), f"{number}-{turn}")
            print(f"{number}-{turn}", flush=True)

    await asyncio.gather(*map(hand, range(8)))

asyncio.run(main())
"""


def test_a_crash_between_group_commits_loses_nothing_acknowledged(settings: Settings, tmp_path: Any) -> None:
    """SIGKILL, in the midst of eight hands that write (the disk is slow and groups are long, so that there is a
    midst): whoever was answered is in the file, and the file is whole."""
    words = [sys.executable, "-c", WRITES_UNTIL_KILLED, f"sqlite://{settings.sqlite_path}", str(tmp_path)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    acknowledged = [process.stdout.readline().strip() for _ in range(60)]
    process.send_signal(signal.SIGKILL)
    acknowledged += [
        line.strip() for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")
    ]
    process.wait()
    with closing(sqlite3.connect(settings.sqlite_path)) as file:
        kept = {note for (note,) in file.execute("SELECT note FROM visits")}
        numbers = [
            n for (n,) in file.execute("SELECT number FROM audit_records WHERE verb = 'x' ORDER BY number")
        ]
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert len(acknowledged) >= 60 and set(acknowledged) <= kept
    assert numbers == list(range(numbers[0], numbers[0] + len(kept)))
