"""Histories that once broke a promise of the real server, kept by what they were."""

from server.settings import Settings
from tests.cast import Cast, Clock
from tests.storm.model.history import Command
from tests.storm.model.real_world import real_world

SAM, SUE, MAX = 0, 1, 2
TWO_DAYS_BEHIND = 4


async def test_of_two_leads_the_later_one_decides_who_sees_the_customer_whatever_a_clock_says(
    harbour: Cast, settings: Settings, clock: Clock
) -> None:
    """Sam lost the customer; Sue's tablet, two days behind, opened the next lead and lost it too: it stays hers."""
    history: list[Command] = [
        ("taps", SAM, "lose", 0, 0, False), ("sync", SAM), ("sync", MAX),
        ("taps", MAX, "approve", 0, 0, False), ("sync", MAX),
        ("clock", SUE, TWO_DAYS_BEHIND), ("restart", SUE),
        ("taps", SUE, "capture", 0, 2, False), ("sync", SUE), ("sync", MAX),
        ("taps", MAX, "reassign", 4, 1, False), ("sync", MAX), ("sync", SUE),
        ("taps", SUE, "lose", 3, 0, False), ("sync", SUE), ("sync", MAX),
        ("taps", MAX, "approve", 1, 0, False), ("sync", MAX),
    ]  # fmt: skip
    async with real_world(settings, clock) as lives:
        await lives([history])
