"""Opening hours and days in a showroom's own time zone. Moments in and out are UTC; nothing here asks the clock."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ONE_DAY = timedelta(days=1)


class Span(NamedTuple):
    """From a moment (included) to another (not included), both in UTC."""

    starts_at: datetime
    ends_at: datetime


def local_day(moment: datetime, *, time_zone: str) -> date:
    """The day on the showroom's wall calendar at `moment`."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def at_local(day: date, clock_time: str, *, time_zone: str) -> datetime:
    """The moment at which the showroom's wall clock says `clock_time` ("HH:MM", up to "24:00") on `day`.

    A time that a change to summer time skips is the moment after the gap; one that comes twice is the first.
    """
    hours, minutes = (int(part) for part in clock_time.split(":"))
    days, hours = divmod(hours, 24)
    wall = datetime.combine(day + days * ONE_DAY, time(hours, minutes), ZoneInfo(time_zone))
    return wall.astimezone(UTC)


def day_span(day: date, *, time_zone: str) -> Span:
    """The local day from midnight to midnight: 23, 24 or 25 hours."""
    return Span(
        at_local(day, "00:00", time_zone=time_zone), at_local(day + ONE_DAY, "00:00", time_zone=time_zone)
    )


def openings(
    opening_hours: Mapping[str, Sequence[Sequence[str]]], *, time_zone: str, day: date
) -> list[Span]:
    """When the showroom is open on its local `day`, earliest first; empty when it is closed."""
    return [
        _span(day, opens, closes, time_zone=time_zone)
        for opens, closes in sorted(map(tuple, opening_hours.get(DAYS[day.weekday()], [])))
    ]


def is_open(
    opening_hours: Mapping[str, Any], *, time_zone: str, starts_at: datetime, ends_at: datetime
) -> bool:
    """True when the whole slot lies within one opening; the one of the evening before may reach past midnight."""
    today = local_day(starts_at, time_zone=time_zone)
    spans = [
        span
        for day in (today - ONE_DAY, today)
        for span in openings(opening_hours, time_zone=time_zone, day=day)
    ]
    return starts_at < ends_at and any(s.starts_at <= starts_at and ends_at <= s.ends_at for s in spans)


def _span(day: date, opens: str, closes: str, *, time_zone: str) -> Span:
    closing_day = day if closes > opens else day + ONE_DAY
    return Span(at_local(day, opens, time_zone=time_zone), at_local(closing_day, closes, time_zone=time_zone))
