"""What was worked out from a scope's rows, kept for as long as nothing in the scope has changed.

Every change of a row moves its scope's number. So what is kept beside the number is right while the number stands,
in every process, and needs nobody to throw it away.
"""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from tortoise.connection import get_connection

T = TypeVar("T")


class Memory(Generic[T]):
    """The last `most` answers, each beside the numbers that it was made of. One for each open database."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._kept: WeakKeyDictionary[object, OrderedDict[Hashable, tuple[Hashable, T]]] = WeakKeyDictionary()

    def recall(self, what: Hashable, *, numbers: Hashable) -> T | None:
        """The answer, if it was made of these numbers."""
        kept = self._of_database()
        made_of, answer = kept.get(what, (None, None))
        if answer is None or made_of != numbers:
            return None
        kept.move_to_end(what)
        return answer

    def keep(self, what: Hashable, answer: T, *, numbers: Hashable) -> T:
        """`numbers` must have been read before the rows: rows that are newer are only asked for again."""
        kept = self._of_database()
        kept[what] = (numbers, answer)
        kept.move_to_end(what)
        while len(kept) > self._most:
            kept.popitem(last=False)
        return answer

    def _of_database(self) -> OrderedDict[Hashable, tuple[Hashable, T]]:
        connection: object = get_connection("default")
        while parent := getattr(connection, "_parent", None):  # of a transaction
            connection = parent
        return self._kept.setdefault(connection, OrderedDict())
