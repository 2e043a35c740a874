"""Slots of a demo car: which are free, and which are nearest. Plain values, moments in UTC.

Opening hours arrive as spans already in UTC, so a day with a change of the clock needs no care here.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from server.showrooms.hours import Span

STEP = timedelta(minutes=15)
OFFERED = 3


class Slot(NamedTuple):
    starts_at: datetime
    ends_at: datetime

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


class Taken(NamedTuple):
    """A slot that a drive holds, and by whose booking."""

    starts_at: datetime
    ends_at: datetime
    by: UUID | None = None


def conflict(slot: Slot, taken: Iterable[Taken], *, buffer: timedelta) -> Taken | None:
    """The drive that is in the way, with `buffer` between two drivers."""
    for other in sorted(taken):
        if slot.starts_at < other.ends_at + buffer and other.starts_at < slot.ends_at + buffer:
            return other
    return None


def free(
    openings: Sequence[Span],
    taken: Sequence[Taken],
    *,
    length: timedelta,
    buffer: timedelta,
    earliest: datetime,
) -> list[Slot]:
    """Every free slot, beginning each quarter of an hour from the opening."""
    return [
        slot
        for span in openings
        for slot in _slots(span, length)
        if slot.starts_at >= earliest and conflict(slot, taken, buffer=buffer) is None
    ]


def nearest(slots: Iterable[Slot], *, to: datetime, count: int = OFFERED) -> list[Slot]:
    """The `count` slots that begin closest to the wish, in the order of the day."""
    closest = sorted(slots, key=lambda slot: (abs(slot.starts_at - to), slot.starts_at))[:count]
    return sorted(closest)


def _slots(span: Span, length: timedelta) -> Iterable[Slot]:
    starts_at = span.starts_at
    while starts_at + length <= span.ends_at:
        yield Slot(starts_at, starts_at + length)
        starts_at += STEP
