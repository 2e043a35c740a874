"""The same table of due moments is run by the client: `tests/cases/cadence.json`."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from server.follow_ups import rules
from server.follow_ups.rules import Calendar, Happened
from server.leads.model import Level, Outcome, TouchKind
from server.showrooms.hours import is_open
from server.showrooms.rules import CADENCE, Policies

CASES = json.loads((Path(__file__).parent.parent / "cases" / "cadence.json").read_text(encoding="utf-8"))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def happened(last: dict | None) -> Happened | None:
    if last is None:
        return None
    outcome = Outcome(last["outcome"]) if last["outcome"] else None
    return Happened(kind=TouchKind(last["kind"]), outcome=outcome, at=moment(last["at"]))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_next_step_is_due_as_the_table_says(case):
    planned = rules.next_plan(
        Level(case["level"]), now=moment(case["now"]), last=happened(case["last"]),
        policies=Policies(
            cadence={**CADENCE, **case["cadence"]}, first_contact_hours=case["firstContactHours"]
        ),
        calendar=Calendar(opening_hours=case["openingHours"], time_zone=case["timeZone"]),
    )  # fmt: skip
    assert (planned.due_at, planned.reason) == (moment(case["due"]), case["reason"])


WEEK = {day: [["09:00", "12:00"], ["13:00", "18:30"]] for day in ("mon", "tue", "wed", "fri", "sat")}
ZONES = some.sampled_from(["UTC", "Asia/Shanghai", "America/Chicago", "Australia/Lord_Howe", "Asia/Kolkata"])


@given(
    some.sampled_from([Level.N, Level.H, Level.A, Level.B, Level.C, Level.NURTURE]),
    some.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001  (Hypothesis wants them naive)
    some.integers(0, 200),
    some.none() | some.sampled_from(list(TouchKind)),
    ZONES,
)
def test_a_step_is_always_ahead_and_in_the_opening_hours(level, at, hours_ago, kind, zone):
    now = at.replace(tzinfo=UTC)
    last = Happened(kind=kind, outcome=None, at=now - timedelta(hours=hours_ago)) if kind else None
    planned = rules.next_plan(
        level, now=now, last=last, policies=Policies(), calendar=Calendar(opening_hours=WEEK, time_zone=zone)
    )
    assert planned.due_at > now
    before = planned.due_at - timedelta(minutes=1)
    after = planned.due_at + timedelta(minutes=1)
    assert any(
        is_open(WEEK, time_zone=zone, starts_at=a, ends_at=b)
        for a, b in ((before, planned.due_at), (planned.due_at, after))
    )
