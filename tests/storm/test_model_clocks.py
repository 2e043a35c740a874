"""I21: the client's clock never decides order, sight or conflict. The same history under other clocks ends the same."""

from typing import Any

import pytest

from tests.storm.model.history import Command, World, morning, random_history
from tests.storm.model.moments import MINUTE

pytestmark = pytest.mark.sqlite
"""The model has no database: once is enough."""

HISTORIES = 80
SKEWS = [(4 * MINUTE, 0, -4 * MINUTE, 2 * MINUTE), (-3 * MINUTE, 4 * MINUTE, 0, -4 * MINUTE)]
"""As far off as a clock may be without being refused as one that is wrong: of each tablet."""

OF_A_CLOCK = {"arrivedAt", "openedAt", "completedAt"}
ABOUT_CLOCKS = {"clock", "passes"}


def test_other_clocks_give_the_same_verdicts_and_the_same_showroom() -> None:
    for seed in range(HISTORIES):
        history = [command for command in random_history(seed) if command[0] not in ABOUT_CLOCKS]
        right = outcome_of(history, [0, 0, 0, 0])
        for skews in SKEWS:
            assert outcome_of(history, list(skews)) == right, (seed, skews, history)


def outcome_of(history: list[Command], skews: list[int]) -> Any:
    """Verdicts by mutation, and rows without the moments that devices tell."""
    world: World = morning().again()
    world.skews = skews
    world.lives(history)
    state = world.server.state
    verdicts = {id: (r["outcome"], [p["code"] for p in r["problems"]]) for id, r in state.receipts.items()}
    rows = {
        (name, id): {key: value for key, value in row.items() if key not in OF_A_CLOCK}
        for name, some in state.rows.items()
        for id, row in some.items()
    }
    return verdicts, rows
