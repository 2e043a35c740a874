"""Days and opening hours are the showroom's own, in summer, in winter and on the two nights between."""

from datetime import UTC, date, datetime, timedelta

import pytest

from server.showrooms.hours import at_local, day_span, is_open, local_day, openings

WEEK = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
NEW_YORK = "America/New_York"
SHANGHAI = "Asia/Shanghai"
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)  # when New York changes its clocks


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_nine_o_clock_is_another_moment_in_summer_than_in_winter() -> None:
    assert at_local(date(2026, 1, 5), "09:00", time_zone=NEW_YORK) == utc(2026, 1, 5, 14)
    assert at_local(date(2026, 7, 6), "09:00", time_zone=NEW_YORK) == utc(2026, 7, 6, 13)


def test_the_days_of_the_change_have_23_and_25_hours() -> None:
    for day, hours in ((SPRING, 23), (AUTUMN, 25), (date(2026, 6, 3), 24)):
        span = day_span(day, time_zone=NEW_YORK)
        assert span.ends_at - span.starts_at == timedelta(hours=hours)


def test_a_time_that_is_skipped_is_after_the_gap_and_one_that_comes_twice_is_the_first() -> None:
    assert at_local(SPRING, "02:30", time_zone=NEW_YORK) == utc(2026, 3, 8, 7, 30)
    assert at_local(AUTUMN, "01:30", time_zone=NEW_YORK) == utc(2026, 11, 1, 5, 30)


def test_the_day_is_that_of_the_wall_calendar() -> None:
    late = utc(2026, 6, 3, 22)
    assert local_day(late, time_zone="UTC") == date(2026, 6, 3)
    assert local_day(late, time_zone=SHANGHAI) == date(2026, 6, 4)
    assert local_day(utc(2026, 6, 4, 2), time_zone=NEW_YORK) == date(2026, 6, 3)


def test_a_day_that_is_absent_is_closed_and_a_lunch_break_is_none_of_it() -> None:
    hours = {"mon": [["14:00", "18:00"], ["09:00", "12:00"]]}

    assert [s.starts_at.hour for s in openings(hours, time_zone="UTC", day=date(2026, 6, 1))] == [9, 14]
    assert openings(hours, time_zone="UTC", day=date(2026, 6, 2)) == []


@pytest.mark.parametrize(
    ("start", "minutes", "is_it"),
    [
        (utc(2026, 6, 3, 13), 30, True),  # nine in New York
        (utc(2026, 6, 3, 12, 59), 30, False),
        (utc(2026, 6, 3, 21, 30), 30, True),  # to the minute of closing
        (utc(2026, 6, 3, 21, 31), 30, False),
        (utc(2026, 6, 6, 15), 30, False),  # a Saturday
        (utc(2026, 6, 3, 15), 0, False),
        (utc(2026, 6, 3, 15), -30, False),
        (utc(2026, 6, 3, 15), 60 * 24, False),  # through the night
    ],
)
def test_a_slot_is_open_when_all_of_it_is(start: datetime, minutes: int, is_it: bool) -> None:
    ends_at = start + timedelta(minutes=minutes)
    assert is_open(WEEK, time_zone=NEW_YORK, starts_at=start, ends_at=ends_at) is is_it


def test_an_evening_may_reach_past_midnight() -> None:
    late = {"fri": [["18:00", "01:00"]], "sat": [["10:00", "24:00"]]}

    def opens(*parts: int) -> bool:
        start = utc(*parts)
        return is_open(late, time_zone="UTC", starts_at=start, ends_at=start + timedelta(minutes=30))

    assert opens(2026, 6, 6, 0, 30)  # Friday's evening
    assert not opens(2026, 6, 6, 1)
    assert opens(2026, 6, 6, 23, 30)
    assert not opens(2026, 6, 7, 0)
