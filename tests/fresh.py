"""An empty database for stories that begin before there is a schema."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from server.settings import Settings
from tests import postgres


@contextmanager
def fresh(cluster: postgres.Cluster | None, folder: Path) -> Iterator[Settings]:
    """Of the kind that the stories run on: a file that is not there yet, or an empty PostgreSQL database."""
    name = f"fresh_{uuid4().hex}"
    url = cluster.create(name) if cluster else f"sqlite://{folder / 'forecourt.sqlite3'}"
    yield Settings(database_url=url, data=folder, port=0, secret="only for tests", client=Path("client/dist"))
    if cluster:
        cluster.drop(name)
