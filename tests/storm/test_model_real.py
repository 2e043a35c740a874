"""The same tablets and the same histories against the real server: its verdicts are the foreseen ones, it keeps every
promise, and at the end each tablet holds what a fresh one of its person would hold.

`WEEKS` says how many, of five histories each; `SEED` where they begin, `LENGTH` how long a history is at most.
"""

import os

import pytest

from server.settings import Settings
from tests.cast import Cast, Clock
from tests.storm.ledger import Ledger
from tests.storm.model.history import random_history
from tests.storm.model.real_world import real_world
from tests.storm.soundness import the_audit_is_whole, the_showroom_is_sound

WEEKS = int(os.environ.get("WEEKS", "5"))
SEED = int(os.environ.get("SEED", "0"))
LENGTH = int(os.environ.get("LENGTH", "18"))
DAYS = 5


@pytest.mark.parametrize("week", range(WEEKS))
async def test_the_real_server_keeps_every_promise(
    harbour: Cast, settings: Settings, clock: Clock, week: int
) -> None:
    first = SEED + 100 * week
    async with real_world(settings, clock) as lives:
        await lives([random_history(seed, most=LENGTH) for seed in range(first, first + DAYS)])

    await the_showroom_is_sound(settings)
    the_audit_is_whole(await Ledger.read(settings))
