"""The same table of slots is run by the client: `tests/cases/slots.json`."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from server.drives import rules, slots
from server.drives.slots import Slot, Taken
from server.kernel.refused import Refused
from server.showrooms.hours import Span, local_day, openings

CASES = json.loads((Path(__file__).parent.parent / "cases" / "slots.json").read_text(encoding="utf-8"))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def verdict(case: dict) -> str:
    slot = Slot(moment(case["ask"]["startsAt"]), moment(case["ask"]["endsAt"]))
    taken = [Taken(moment(b["startsAt"]), moment(b["endsAt"])) for b in case["bookings"]]
    try:
        rules.ensure_slot(
            slot, happened_at=moment(case["now"]), opening_hours=case["openingHours"],
            time_zone=case["timeZone"],
        )  # fmt: skip
        rules.ensure_free(slot, taken, buffer=timedelta(minutes=case["bufferMinutes"]))
    except Refused as refused:
        return refused.code
    return "FREE"


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_slot_gets_the_verdict_of_the_table(case):
    assert verdict(case) == case["expect"]


@pytest.mark.parametrize("case", [c for c in CASES if "nearest" in c], ids=lambda case: case["name"])
def test_the_nearest_free_slots_are_those_of_the_table(case):
    asked = Slot(moment(case["ask"]["startsAt"]), moment(case["ask"]["endsAt"]))
    day = local_day(asked.starts_at, time_zone=case["timeZone"])
    free = slots.free(
        openings(case["openingHours"], time_zone=case["timeZone"], day=day),
        [Taken(moment(b["startsAt"]), moment(b["endsAt"])) for b in case["bookings"]],
        length=asked.length, buffer=timedelta(minutes=case["bufferMinutes"]), earliest=moment(case["now"]),
    )  # fmt: skip
    assert [slot.starts_at for slot in slots.nearest(free, to=asked.starts_at)] == [
        moment(text) for text in case["nearest"]
    ]


DAY = moment("2026-06-03T09:00:00.000Z")
STARTS = some.integers(0, 500).map(lambda minutes: DAY + timedelta(minutes=minutes))


@given(
    some.lists(some.tuples(STARTS, some.integers(15, 120)), max_size=8),
    some.integers(15, 90),
    some.integers(0, 30),
)
def test_every_slot_that_is_offered_can_be_booked(booked, length, buffer):
    taken = [Taken(start, start + timedelta(minutes=minutes)) for start, minutes in booked]
    gap = timedelta(minutes=buffer)
    free = slots.free(
        [Span(DAY, DAY + timedelta(hours=9))], taken, length=timedelta(minutes=length), buffer=gap,
        earliest=DAY,
    )  # fmt: skip
    for slot in free:
        rules.ensure_free(slot, taken, buffer=gap)
        assert slot.ends_at <= DAY + timedelta(hours=9)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 8), 2), (date(2026, 3, 15), 3), (date(2026, 11, 1), 4)]
)
def test_the_night_the_clocks_change_has_as_many_slots_as_real_hours(day, hours):
    night = openings({"sun": [["01:00", "04:00"]]}, time_zone="America/Chicago", day=day)
    free = slots.free(
        night, [], length=timedelta(minutes=60), buffer=timedelta(0), earliest=night[0].starts_at
    )
    assert len(free) == (hours - 1) * 4 + 1
