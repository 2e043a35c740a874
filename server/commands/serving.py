"""`forecourt serve`."""

import asyncio
import socket
from contextlib import nullcontext

import click

from server.commands.alone import alone
from server.commands.speaking import ensure_current, speaking
from server.demo.log_ins import log_ins
from server.edge import serving
from server.settings import read_settings

ONE_PROCESS = (
    "SQLite is written by one process at a time: with two, every second write would meet 'database is locked'. "
    "Use --workers 1, or PostgreSQL (DATABASE_URL=postgres://…) for several workers."
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65_535), help="Default: PORT, else 8000.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option(
    "--proxies", help="Addresses of proxies whose X-Forwarded-For is believed, separated by commas."
)
@speaking
def serve(host: str, port: int | None, workers: int, proxies: str | None) -> None:
    """Serve the API and the app."""
    settings = read_settings()
    if settings.is_sqlite and workers > 1:
        raise click.UsageError(ONE_PROCESS)
    port = settings.port if port is None else port
    with alone(settings.sqlite_path, purpose="serve") if settings.is_sqlite else nullcontext():
        asyncio.run(ensure_current(settings))
        _ensure_free(host, port)
        click.echo(f"Forecourt: http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}")
        for line in log_ins(settings):
            click.echo(line)
        serving.run("server.app:create_app", host=host, port=port, workers=workers, proxies=proxies)


def _ensure_free(host: str, port: int) -> None:
    """uvicorn says it, too, but after the address was printed, and with a page of log."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"{host}:{port} cannot be listened on: {error.strerror or error}. "
                "Is another server running there? Choose another --port (or PORT)."
            ) from None
