"""How many statements something takes: lists must not ask once per row."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

_LOG = logging.getLogger("tortoise.db_client")


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.ran: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.args and isinstance(record.args, tuple):
            self.ran.append(str(record.args[0]))


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SQL that runs inside the block, on every connection and in every transaction."""
    listener = _Listener()
    level, _ = _LOG.level, _LOG.addHandler(listener)
    _LOG.setLevel(logging.DEBUG)
    try:
        yield listener.ran
    finally:
        _LOG.setLevel(level)
        _LOG.removeHandler(listener)
