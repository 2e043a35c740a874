"""What is typed or set wrongly is answered by a sentence that says what to do, and never by a traceback."""

import socket
from pathlib import Path

import pytest

from server.settings import BadSettings, Settings, read_settings
from tests.cli.conftest import Types

AWAY = "postgres://nobody@127.0.0.1:1/nothing"


@pytest.mark.parametrize("command", ["serve", "migrate", "demo", "export", "import", "backup"])
def test_a_database_that_is_away_is_said(types: Types, tmp_path: Path, command: str) -> None:
    file = tmp_path / "list.csv"
    file.write_text("VIN,Make\n")
    words = {"export": ["leads"], "import": ["vehicles", file], "backup": [tmp_path / "copy"]}
    said = types(command, *words.get(command, []), env={"DATABASE_URL": AWAY})
    ensure_a_sentence(said)
    assert "onnect" in said.output


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://here", "'mysql' is not known"),
        ("here", "'here' is not known"),
        ("sqlite://", "name the SQLite file"),
        ("sqlite://:memory:", "name the SQLite file"),
        ("sqlite:///a.db?mode=ro", "takes no parameters"),
        ("postgres://127.0.0.1:abc/x", "Write it as postgres://"),
        ("postgres://127.0.0.1:99999/x", "Write it as postgres://"),
    ],
)
def test_a_database_url_that_is_none_is_named(types: Types, url: str, sentence: str) -> None:
    said = types("migrate", env={"DATABASE_URL": url})
    ensure_a_sentence(said)
    assert "DATABASE_URL" in said.output
    assert sentence in said.output


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "abc"), ("PORT", "0"), ("PORT", "99999"), ("FORECOURT_POOL", "0")]
)
def test_a_number_that_is_none_is_named(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match=name):
        read_settings({name: value, "FORECOURT_DATA": str(tmp_path)})


@pytest.mark.sqlite
@pytest.mark.parametrize("words", [("migrate",), ("serve",), ("export", "leads")], ids=" ".join)
def test_a_file_that_is_no_database_is_said(types: Types, empty: Settings, words: tuple[str, ...]) -> None:
    empty.sqlite_path.write_text("a letter to the bank, and certainly no database")
    said = types(*words)
    ensure_a_sentence(said)
    assert "is no SQLite database" in said.output


def test_a_server_does_not_serve_a_database_of_another_form(types: Types) -> None:
    said = types("serve")
    ensure_a_sentence(said)
    assert "forecourt migrate" in said.output


def test_a_port_that_is_taken_is_said(types: Types) -> None:
    types("migrate")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        said = types("serve", "--port", other.getsockname()[1])
    ensure_a_sentence(said)
    assert "Choose another --port" in said.output


@pytest.mark.parametrize("words", [("export", "leads", "--out"), ("backup",)], ids=lambda words: words[0])
def test_a_file_that_cannot_be_written_is_named(types: Types, words: tuple[str, ...]) -> None:
    types("migrate")
    said = types(*words, "/proc/nowhere/at/all")
    ensure_a_sentence(said)
    assert "/proc/nowhere" in said.output


@pytest.mark.parametrize("words", [("fly",), ("serve", "--port", "abc"), ("import", "vehicles", "/nowhere.csv"),
                                   ("demo", "--months", "0"), ("user", "add")], ids=" ".join)  # fmt: skip
def test_words_that_make_no_sense_are_shown_how(types: Types, words: tuple[str, ...]) -> None:
    said = types(*words)
    assert said.exit_code == 2
    assert "Usage: " in said.output


def ensure_a_sentence(said: object) -> None:
    assert said.exit_code == 1, said.output  # type: ignore[attr-defined]
    output = said.output.strip()  # type: ignore[attr-defined]
    assert output.startswith("Error: "), output
    assert "Traceback" not in output
