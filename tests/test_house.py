"""The house keeps its own orders: who may call whom, who writes, and that nothing new was forgotten."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tortoise import Tortoise

from schema import build_schema
from schema.nodes import TYPES
from schema.sights import SIGHT
from server.db import MODELS
from server.kernel.model import Entity
from server.kernel.refused import LANGUAGES, catalogue
from server.sync.tables import EXCUSED, SYNCED

ROOT = Path(__file__).parent.parent
FEATURES = (
    "kernel", "showrooms", "people", "customers", "vehicles", "leads", "follow_ups", "drives", "visits", "sales",
    "desk", "sync", "integrations",
)  # fmt: skip
PARTS = ("model", "rules", "queries", "actions")
WIRING = {"app", "cli", "commands", "demo", "db", "settings", "migrating", "backup", "edge", "serving_lock"}
"""Above all features: they put things together, and no feature may call them."""
WRITERS = {
    "kernel",
    "people/sessions.py",
    "people/tries.py",
    "sync/stores.py",
    "sync/handing_over.py",
    "migrating.py",
    "backup.py",
    "demo",
}
"""Who may write without the pen: the kernel itself, sessions and stores (no entities), and whole files."""


def modules(folder: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def entities() -> list[type[Entity]]:
    Tortoise.init_models(MODELS, "models")
    found = [model for models in Tortoise.apps.values() for model in models.values()]
    return [model for model in found if issubclass(model, Entity)]


def test_a_feature_calls_only_those_to_its_left() -> None:
    wrong = []
    for path, tree in modules("server"):
        feature = path.relative_to(ROOT / "server").parts[0].removesuffix(".py")
        if feature not in FEATURES:
            continue
        for name in imports(tree):
            called = name.split(".")[1] if name.startswith("server.") and name.count(".") else ""
            upwards = called in FEATURES and FEATURES.index(called) > FEATURES.index(feature)
            if upwards or called in WIRING - {"db"}:
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    allowed = {"server/sync/typescript.py imports server.db.MODELS"}
    assert set(wrong) - allowed == set()


def test_inside_a_feature_model_comes_before_rules_before_queries_before_actions() -> None:
    wrong = []
    for path, tree in modules("server"):
        feature, part = path.parent.name, path.stem
        if part not in PARTS:
            continue
        for name in imports(tree):
            called = name.removeprefix(f"server.{feature}.").split(".")[0]
            if (
                name.startswith(f"server.{feature}.")
                and called in PARTS
                and PARTS.index(called) > PARTS.index(part)
            ):
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert wrong == []


def test_rules_know_no_database() -> None:
    for path, tree in modules("server"):
        if path.stem == "rules":
            assert not [
                name for name in imports(tree) if name.startswith(("tortoise.query", "asyncpg", "aiosqlite"))
            ], path
            assert not [node for node in ast.walk(tree) if isinstance(node, ast.Await)], path


def test_only_schema_knows_graphql_and_only_the_edge_knows_http() -> None:
    for path, tree in modules("server"):
        part = path.relative_to(ROOT / "server").parts[0].removesuffix(".py")
        if part in {"app", "edge", "commands"}:
            continue
        known = [
            n for n in imports(tree) if n.split(".")[0] in ("strawberry", "graphql", "starlette", "schema")
        ]
        assert known == [], path


def test_rows_are_written_with_the_pen_only() -> None:
    writes = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
    wrong = []
    for path, tree in modules("server"):
        inside = str(path.relative_to(ROOT / "server"))
        if any(inside.startswith(writer) for writer in WRITERS):
            continue
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in writes
            ):
                wrong.append(f"{inside}:{node.lineno} .{node.func.attr}()")
    assert wrong == []


def test_nobody_asks_the_clock_or_makes_ids_elsewhere() -> None:
    asks = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|uuid4|uuid1|time\.time)\(")
    allowed = {"server/kernel/clock.py"}
    for folder in ("server", "schema"):
        for path, _ in modules(folder):
            name = str(path.relative_to(ROOT))
            if name not in allowed and not name.startswith(("server/demo", "server/edge", "server/commands")):
                found = [m.group() for m in asks.finditer(path.read_text(encoding="utf-8"))]
                assert found in ([], ["uuid4("]) if name == "schema/masking.py" else found == [], (
                    name,
                    found,
                )


def test_no_room_is_called_service_or_utils() -> None:
    banned = {"service", "services", "utils", "helpers", "manager", "common"}
    paths = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).split()
    rooms = [path for path in paths if not path.startswith("client/src/i18n/")]
    assert [path for path in rooms if Path(path).stem in banned] == []


def test_every_entity_is_synced_or_excused_and_has_a_window_and_a_sight() -> None:
    tables = {model.collection() for model in entities()}
    assert tables == {synced.collection for synced in SYNCED} | EXCUSED
    build_schema()
    assert {model.collection() for model in TYPES} == tables
    assert {model.collection() for model in SIGHT} == tables


def test_every_refusal_has_a_sentence_in_every_language() -> None:
    raised = set()
    for folder in ("server", "schema"):
        for _, tree in modules(folder):
            for node in ast.walk(tree):
                is_refusal = (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id == "Refused"
                )
                if is_refusal and node.args and isinstance(node.args[0], ast.Constant):  # type: ignore[attr-defined]
                    raised.add(str(node.args[0].value))  # type: ignore[attr-defined]
    texts = catalogue()
    assert raised - texts.keys() == set()
    for code, sentences in texts.items():
        assert sentences.keys() == set(LANGUAGES), code
        gaps = {frozenset(re.findall(r"{(\w+)}", sentence)) for sentence in sentences.values()}
        assert len(gaps) == 1, f"{code}: the languages name different facts"


def test_the_first_line_about_a_model_has_no_semicolon() -> None:
    # On SQLite the migrations split a statement at every semicolon, comments included.
    for model in entities():
        assert ";" not in (model.__doc__ or "").split("\n")[0], model.__name__


@pytest.mark.parametrize("name", ["schema/schema.graphql"])
def test_the_committed_schema_is_current(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == build_schema().as_str() + "\n"


def test_the_clients_row_types_are_current(tmp_path: Path) -> None:
    from server.sync import typescript  # noqa: PLC0415 - its FILE is redirected

    before = typescript.FILE.read_text(encoding="utf-8")
    typescript.FILE = tmp_path / "model.ts"
    typescript.main()
    assert typescript.FILE.read_text(encoding="utf-8") == before


def test_models_and_migrations_agree(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tortoise", "-c", "server.db.TORTOISE_ORM", "makemigrations"]
    environment = {"FORECOURT_DATA": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    said = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert "No changes detected" in said.stdout, said.stdout + said.stderr


def test_catalogues_are_json_of_codes() -> None:
    for path in (ROOT / "server").glob("*/refusals.json"):
        assert all(re.fullmatch(r"[A-Z_]+", code) for code in json.loads(path.read_text(encoding="utf-8"))), (
            path
        )
