"""The environment, read once, as frozen settings."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from server.kernel.retention import LEAST_DAYS, USUAL_DAYS


class BadSettings(Exception):
    """A setting that cannot be used; the message says which and what would do."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`database_url` is `sqlite:///path` or `postgres://…`. `data` holds the SQLite file, secret and backups."""

    database_url: str
    data: Path
    port: int
    secret: str
    client: Path
    production: bool = False
    origins: tuple[str, ...] = ()
    """Further origins whose pages may write, such as the public one behind a proxy that rewrites Host."""
    pool_size: int = 10
    replica_url: str | None = None
    """A read replica of that PostgreSQL, in the same form. It may lag; whatever it lacks is read from the first."""
    sockets: int = 2_000
    """Open at once in a process; further tablets are told to try again later, and go on by their timer."""
    patience: float = 10.0
    """Seconds that a PostgreSQL is waited for: thrice that for a statement, and a request gets its answer before."""
    absence_days: int = USUAL_DAYS
    """How long a tablet may stay away and still have its entries taken."""

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite:")

    @property
    def sqlite_path(self) -> Path:
        return Path(self.database_url.removeprefix("sqlite:").removeprefix("//"))


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    env = os.environ if environment is None else environment
    data = Path(env.get("FORECOURT_DATA") or "data").resolve()
    url = env.get("DATABASE_URL") or f"sqlite://{data / 'forecourt.sqlite3'}"
    return Settings(
        database_url=_checked_url(url),
        replica_url=_checked_replica(env.get("DATABASE_REPLICA_URL"), url),
        data=data,
        port=_whole_number(env.get("PORT") or "8000", "PORT", most=65_535),
        secret=env.get("FORECOURT_SECRET") or _kept_secret(data),
        client=Path(env.get("FORECOURT_CLIENT") or Path(__file__).parent.parent / "client" / "dist"),
        production=env.get("FORECOURT_ENV") == "production",
        origins=tuple((env.get("FORECOURT_ORIGINS") or "").split()),
        pool_size=_whole_number(env.get("FORECOURT_POOL") or "10", "FORECOURT_POOL"),
        sockets=_whole_number(env.get("FORECOURT_SOCKETS") or "2000", "FORECOURT_SOCKETS", most=100_000),
        patience=_whole_number(env.get("FORECOURT_PATIENCE") or "10", "FORECOURT_PATIENCE", most=60),
        absence_days=_whole_number(
            env.get("FORECOURT_ABSENCE_DAYS") or str(USUAL_DAYS),
            "FORECOURT_ABSENCE_DAYS",
            least=LEAST_DAYS,
            most=3_650,
        ),
    )


def _checked_url(url: str) -> str:
    scheme = url.partition(":")[0]
    if scheme == "postgresql":
        return "postgres" + url.removeprefix("postgresql")
    if scheme not in ("sqlite", "postgres"):
        raise BadSettings(
            f"DATABASE_URL: '{scheme}' is not known. Use sqlite:///path/to/file or postgres://…"
        )
    if scheme == "sqlite":
        _ensure_file(url)
    else:
        _ensure_address(url)
    return url


def _checked_replica(url: str | None, primary: str) -> str | None:
    if not url:
        return None
    if primary.startswith("sqlite") or url.startswith("sqlite"):
        raise BadSettings("DATABASE_REPLICA_URL: only PostgreSQL has replicas. Leave it out with SQLite.")
    return _checked_url(url)


def _ensure_file(url: str) -> None:
    path = url.removeprefix("sqlite:").removeprefix("//")
    if "?" in path:
        raise BadSettings("DATABASE_URL: a SQLite address takes no parameters.")
    if not path.strip("/") or ":memory:" in path:
        raise BadSettings("DATABASE_URL: name the SQLite file, as in sqlite:///path/to/file.")


def _ensure_address(url: str) -> None:
    try:
        urlsplit(url).port  # noqa: B018 - read to be checked
    except ValueError as error:
        raise BadSettings(f"DATABASE_URL: {error}. Write it as postgres://user@host:5432/database.") from None


def _whole_number(text: str, name: str, *, least: int = 1, most: int = 1_000) -> int:
    try:
        number = int(text)
    except ValueError:
        raise BadSettings(f"{name}: '{text}' is not a whole number.") from None
    if not least <= number <= most:
        raise BadSettings(f"{name}: {number} must lie between {least} and {most}.")
    return number


def _kept_secret(data: Path) -> str:
    """A secret of this installation's own, made at the first start and readable by its owner only."""
    file = data / "secret"
    if not file.exists():
        data.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text().strip()
