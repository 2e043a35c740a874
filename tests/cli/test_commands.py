"""The commands beside the demo: each explains itself, and says in a sentence what is in the way."""

import asyncio
import csv
import io
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tortoise import Tortoise

from server import db
from server.cli import main
from server.commands.alone import InUse, alone
from server.kernel.clock import system_clock
from server.people import queries as people
from server.people.model import Person
from server.settings import Settings
from server.sync import queries as sync
from tests.cli.conftest import Types

COMMANDS = (
    (), ("serve",), ("demo",), ("migrate",), ("backup",), ("restore",), ("export",), ("import",),
    ("import", "vehicles"), ("user",), ("user", "add"), ("user", "leave"), ("tidy",),
)  # fmt: skip


@pytest.fixture
def demo(types: Types) -> Types:
    """The command line of a machine with a little demo."""
    done = types("demo", "--months", "1", "--customers", "50")
    assert done.exit_code == 0, done.output
    return types


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(words: tuple[str, ...], types: Types) -> None:
    told = types(*words, "--help")
    assert told.exit_code == 0
    assert len(told.output.splitlines()) > 5


def test_the_table_of_contents_is_whole() -> None:
    assert set(main.commands) == {
        "serve", "demo", "migrate", "backup", "restore", "export", "import", "user", "tidy",
    }  # fmt: skip


def test_tidying_says_what_went_and_the_second_time_there_is_nothing(demo: Types) -> None:
    assert re.fullmatch(r"Removed: 0 receipts, \d+ pointers, 0 stores\.\n", demo("tidy").output)
    assert demo("tidy").output == "Removed: 0 receipts, 0 pointers, 0 stores.\n"


@pytest.mark.sqlite
def test_two_workers_on_sqlite_are_refused_with_the_reason(types: Types) -> None:
    refused = types("serve", "--workers", "2")
    assert refused.exit_code == 2
    assert "database is locked" in refused.output
    assert "PostgreSQL" in refused.output


@pytest.mark.sqlite
def test_one_file_is_served_by_one_process(types: Types, empty: Settings) -> None:
    with alone(empty.sqlite_path, purpose="serve"):
        refused = types("serve")
        with pytest.raises(InUse):
            alone(empty.sqlite_path, purpose="serve").__enter__()
    assert refused.exit_code == 1
    assert "in use by another forecourt process" in refused.output


def test_a_database_that_is_behind_is_not_touched(types: Types, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("VIN,Make\n")
    refused = types("import", "vehicles", file)
    assert refused.exit_code == 1
    assert "forecourt migrate" in refused.output


def test_migrating_says_what_it_did_and_the_second_time_that_there_is_nothing_to_do(types: Types) -> None:
    planned, first, second = types("migrate", "--plan"), types("migrate"), types("migrate")
    assert "would apply 0001_initial" in planned.output
    assert "migrating: 0001_initial" in first.output
    assert second.output == "The database is up to date.\n"


def test_an_unknown_target_is_named(types: Types) -> None:
    assert "no migration '0815'" in types("migrate", "--target", "0815").output


def test_a_database_that_is_not_there_is_said_without_a_traceback(types: Types) -> None:
    told = types("migrate", env={"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"})
    assert told.exit_code == 1
    assert told.output.startswith("Error: The database cannot be reached")


def test_a_setting_that_makes_no_sense_is_named(types: Types) -> None:
    told = types("migrate", env={"DATABASE_URL": "mysql://here"})
    assert "DATABASE_URL: 'mysql' is not known" in told.output


@pytest.mark.sqlite
def test_a_backup_brings_back_what_was_there_and_keeps_what_was_replaced(
    demo: Types, empty: Settings, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    before = _customers(empty)
    assert demo("backup", copy).exit_code == 0
    with closing(sqlite3.connect(empty.sqlite_path)) as connection, connection:
        connection.execute("UPDATE customers SET name = 'Overwritten'")

    declined = demo("restore", copy, input="n\n")
    done = demo("restore", copy, "--yes")

    assert declined.exit_code == 1
    assert done.exit_code == 0, done.output
    assert _customers(empty) == before
    replaced = next((empty.data / "backups").glob("replaced-*"))
    assert str(replaced) in done.output


@pytest.mark.sqlite
def test_after_a_restore_every_tablet_starts_afresh(demo: Types, empty: Settings, tmp_path: Path) -> None:
    """Also one whose cursor the server has caught up with since: by its number alone it would look fresh."""
    copy = tmp_path / "copy.sqlite3"
    demo("backup", copy)
    before = asyncio.run(_pulls(empty, None))
    assert asyncio.run(_pulls(empty, before.cursor)).reset is None

    demo("restore", copy, "--yes")

    assert asyncio.run(_pulls(empty, before.cursor)).reset == "SERVER_RESTORED"
    anew = asyncio.run(_pulls(empty, None))
    assert asyncio.run(_pulls(empty, anew.cursor)).reset is None
    demo("restore", copy, "--yes")
    assert asyncio.run(_pulls(empty, anew.cursor)).reset == "SERVER_RESTORED"


def test_a_demo_that_is_built_again_is_another_one_for_every_tablet(demo: Types, empty: Settings) -> None:
    before = asyncio.run(_pulls(empty, None))
    demo("demo", "--months", "1", "--customers", "50", "--reset")
    assert asyncio.run(_pulls(empty, before.cursor)).reset == "SERVER_RESTORED"


async def _pulls(settings: Settings, since: str | None) -> Any:
    """A snapshot's cursor, or what has changed since one."""
    await db.connect(settings)
    try:
        actor = await people.actor_of(await Person.get(email="sales1@harbour.example"))
        now = system_clock()
        if since is None:
            return await sync.snapshot(actor, store_id=None, after=None, first=1, now=now)
        return await sync.changes(actor, store_id=None, since=since, first=10, settled=0, now=now)
    finally:
        await Tortoise.close_connections()


@pytest.mark.sqlite
def test_only_a_sound_copy_of_ours_is_restored(demo: Types, empty: Settings, tmp_path: Path) -> None:
    before = _customers(empty)
    text, other = tmp_path / "text.sqlite3", tmp_path / "other.sqlite3"
    text.write_text("not a database, but long enough to be looked at " * 20)
    sqlite3.connect(other).executescript("CREATE TABLE things (id)")

    assert "no SQLite database" in demo("restore", text, "--yes").output
    assert "no copy of Forecourt" in demo("restore", other, "--yes").output
    assert "is not there" in demo("restore", tmp_path / "nowhere", "--yes").output
    assert _customers(empty) == before


@pytest.mark.sqlite
def test_nothing_is_restored_under_a_running_server(demo: Types, empty: Settings, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    demo("backup", copy)
    with alone(empty.sqlite_path, purpose="serve"):
        assert "in use" in demo("restore", copy, "--yes").output


@pytest.mark.sqlite
def test_a_backup_overwrites_nothing(demo: Types, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    copy.write_text("mine")
    assert demo("backup", copy).exit_code == 1
    assert copy.read_text() == "mine"


def test_an_export_is_a_table_of_every_row_and_no_spreadsheet_takes_it_for_a_formula(
    demo: Types, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    demo(
        "user",
        "add",
        "eve@harbour.example",
        "--name",
        "=HYPERLINK(1)",
        "--role",
        "reception",
        "--showroom",
        "audi",
    )
    told = demo("export", "people", "--out", out)
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))

    assert told.exit_code == 0, told.output
    assert "'=HYPERLINK(1)" in {row["name"] for row in rows}
    assert "password_hash" not in rows[0]
    assert len(demo("export", "leads", "--showroom", "riverside").output.splitlines()) > 10
    assert "is not known. There are: " in demo("export", "secrets").output


def test_a_person_is_added_with_a_role_once_and_leaves_once(demo: Types) -> None:
    words = ("user", "add", "new@harbour.example", "--name", "New", "--role", "salesperson")
    assert "Which showroom?" in demo(*words).output
    assert "names several showrooms" in demo(*words, "--showroom", "harbour").output
    added = demo(*words, "--showroom", "harbour v")
    again = demo(*words, "--showroom", "harbour v")
    short = demo("user", "add", "x@harbour.example", "--name", "X", "--role", "manager", "--password", "short",
                 "--showroom", "audi")  # fmt: skip

    assert "is salesperson in Harbour Volkswagen" in added.output
    assert "password: " in added.output
    assert again.exit_code == 1
    assert "Traceback" not in again.output
    assert short.exit_code == 1

    assert "New <new@harbour.example> has left." in demo("user", "leave", "New@harbour.example").output
    assert "Nobody who works here" in demo("user", "leave", "new@harbour.example").output


def _customers(settings: Settings) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(settings.sqlite_path)) as connection:
        return connection.execute("SELECT id, name FROM customers ORDER BY id").fetchall()
