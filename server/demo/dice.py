"""Chance with a fixed seed, in the shapes that a showroom's days have."""

import math
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar

from server.demo.table import WEEKDAYS, WEEKS_IN_A_MONTH
from server.showrooms.hours import at_local

T = TypeVar("T")


class Dice(Random):
    """The same throws on every machine for the same seed."""

    def of(self, weights: Mapping[T, float]) -> T:
        return self.choices(list(weights), weights=list(weights.values()))[0]

    def happens(self, probability: float) -> bool:
        return self.random() < probability

    def around(self, median: float, *, spread: float) -> float:
        """Log-normal: half of the throws are below the median, a few far above."""
        return math.exp(self.gauss(math.log(median), spread))

    def many(self, expected: float) -> int:
        """A whole number whose mean is `expected`."""
        return int(expected) + self.happens(expected % 1)

    def on_day(self, day: date, hours: Mapping[int, float], *, time_zone: str) -> datetime:
        """A moment of the showroom's local day, by the weight of its hours."""
        clock = f"{self.of(hours):02d}:{self.randrange(60):02d}"
        return at_local(day, clock, time_zone=time_zone) + timedelta(seconds=self.randrange(60))


def a_day_of(monthly: float, day: date) -> float:
    """What a month's figure comes to on this weekday."""
    return monthly / WEEKS_IN_A_MONTH * WEEKDAYS[day.weekday()]
