"""Random histories of the model: tablets, a hostile network, crashes, clocks and people in each other's way.

`HISTORIES` says how many (10,000 unless told), `SEED` where they begin: the same seed, the same histories.
"""

import os

import pytest

from tests.storm.model.search import search

HISTORIES = int(os.environ.get("HISTORIES", "10000"))
SEED = int(os.environ.get("SEED", "0"))
CHUNKS = 4


pytestmark = pytest.mark.sqlite
"""The model has no database: once is enough."""


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_history_breaks_a_promise(chunk: int) -> None:
    each = HISTORIES // CHUNKS
    begin = SEED + chunk * each
    assert search(range(begin, begin + each)) == each
