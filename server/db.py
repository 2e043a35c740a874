"""All models, and how the two databases are reached."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext

from server.kernel.retention import accept_absences
from server.kernel.work import inside_work
from server.settings import Settings, read_settings

FEATURES = (
    "kernel", "showrooms", "people", "customers", "vehicles", "leads", "follow_ups", "drives", "visits", "sales",
    "sync",
)  # fmt: skip
MODELS = [f"server.{feature}.model" for feature in FEATURES]


class ReadsBesideTheWriter:
    """Reads go to their own connection on SQLite, except inside a unit of work, which sees its own writes."""

    def db_for_read(self, _model: type) -> str | None:
        return "default" if inside_work() else "reader"

    def db_for_write(self, _model: type) -> str:
        return "default"


def config(settings: Settings) -> dict[str, Any]:
    """Tortoise's configuration: `default` writes; `reader` exists on SQLite only."""
    connections = _sqlite(settings) if settings.is_sqlite else {"default": _postgresql(settings)}
    return {
        "connections": connections,
        "apps": {
            "models": {"models": MODELS, "default_connection": "default", "migrations": "migrations"},
        },
        "routers": [ReadsBesideTheWriter] if settings.is_sqlite else [],
        "use_tz": True,
        "timezone": "UTC",
    }


async def connect(settings: Settings) -> TortoiseContext:
    """Opens the database for the whole process. Close with `Tortoise.close_connections()`."""
    if settings.is_sqlite:
        settings.sqlite_path.parent.mkdir(parents=True, exist_ok=True)
    accept_absences(settings.absence_days)
    context = await Tortoise.init(config=config(settings), _enable_global_fallback=True)
    for name in config(settings)["connections"]:
        # Opened now: a request that is cancelled while it opens a connection lazily keeps its lock for ever.
        await get_connection(name).execute_query("SELECT 1")
    return context


def _sqlite(settings: Settings) -> dict[str, Any]:
    common = {
        "file_path": str(settings.sqlite_path),
        "journal_mode": "WAL",
        "synchronous": "FULL",
        "busy_timeout": 5000,
        "foreign_keys": "ON",
    }
    return {
        "default": {"engine": "server.kernel.sqlite", "credentials": common},
        "reader": {"engine": "server.kernel.sqlite", "credentials": {**common, "query_only": "ON"}},
    }


def _postgresql(settings: Settings) -> dict[str, Any]:
    parts = urlsplit(settings.database_url)
    return {
        "engine": "server.kernel.postgresql",
        "credentials": {
            "host": parts.hostname or dict(parse_qsl(parts.query)).get("host"),
            "port": parts.port or 5432,
            "user": unquote(parts.username or ""),
            "password": unquote(parts.password or "") or None,
            "database": parts.path.lstrip("/"),
            "minsize": 1,
            "maxsize": settings.pool_size,
            "command_timeout": 3 * settings.patience,
            "timeout": settings.patience,
            # A process that froze with a pen in its hand would stop its showroom until somebody comes.
            "server_settings": {
                "idle_in_transaction_session_timeout": str(int(6_000 * settings.patience)),
            },
        },
    }


def __getattr__(name: str) -> Any:
    """`TORTOISE_ORM` for Tortoise's own command line, read from the environment when it is asked for."""
    if name == "TORTOISE_ORM":
        return config(read_settings())
    raise AttributeError(name)
