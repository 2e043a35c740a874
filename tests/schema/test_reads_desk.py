"""The day's plan, the showroom now, and the figures of a period."""

from datetime import timedelta

import pytest

from server.drives.model import DriveStatus, TestDrive
from server.follow_ups.model import FollowUpStatus, Reason
from tests.cast import CAST, NOW
from tests.counting import statements
from tests.past import written
from tests.schema.reading import ask, file_customer, open_lead, plan, told
from tests.schema.stories import a_busy_customer

PLAN = """query P($day: Date) { plan(day: $day) { kind when at reason why customer { name } lead { uuid }
  followUp { uuid } promise { text } testDrive { status vehicle { plate } } } }"""


async def test_the_plan_tells_what_is_due_and_why_the_longest_overdue_first(harbour):
    await a_busy_customer(owner="sam")
    lead = await open_lead(await file_customer("Late Larry", owner="sam"))
    await plan(lead, "late", hours=-20, reason=Reason.NO_ANSWER, reason_facts={"on": "2026-06-01"})
    await plan(lead, "tomorrow", hours=20)
    when_done = {"done_at": NOW - timedelta(hours=1), "done_by_id": CAST.people["sam"]}
    await plan(lead, "done", hours=-2, status=FollowUpStatus.DONE, **when_done)
    await plan(await open_lead(await file_customer("Sue's", owner="sue")), "hers", hours=-1)

    lines = (await told("sam", PLAN))["plan"]

    assert [(line["kind"], line["when"], line["why"]) for line in lines] == [
        ("FOLLOW_UP", "OVERDUE", "Nobody answered on 1 June: try again"),
        ("DRIVE", "NOW", "Test drive on 3 June: confirm it"),
        ("FOLLOW_UP", "NOW", "Planned by hand"),
        ("PROMISE", "LATER", "Promised: floor mats"),
        ("FOLLOW_UP", "DONE", "Planned by hand"),
    ]
    assert lines[0]["customer"] == {"name": "Late Larry"}
    assert lines[1]["testDrive"] == {"status": "OUT", "vehicle": {"plate": "DEMO 1"}}
    assert lines[3]["promise"] == {"text": "floor mats"}


async def test_a_later_day_brings_what_is_due_until_its_end(harbour):
    lead = await open_lead(await file_customer("Ann", owner="sam"))
    await plan(lead, "tomorrow", hours=20)

    assert (await told("sam", PLAN))["plan"] == []
    assert len((await told("sam", PLAN, day="2026-06-04"))["plan"]) == 1


async def test_a_long_plan_takes_as_many_statements_as_a_short_one(harbour):
    async def a_plan_of(count: int) -> int:
        for n in range(count):
            lead = await open_lead(await file_customer(f"C {count} {n}", owner="sam"))
            await plan(lead, f"step {count} {n}")
        with statements() as sent:
            await told("sam", PLAN)
        return len(sent)

    assert await a_plan_of(1) == await a_plan_of(20)


FUNNEL = """query F($id: UUID!, $from: Date!, $to: Date!) { funnel(showroomId: $id, from: $from, to: $to) {
  counts { showroomVisits firstFiled drives orders captureRate { numerator denominator value }
    closingRate { value } driveRate { value } }
  ranking { person { name } counts { orders } } } }"""


def asked(**days: str) -> dict[str, str]:
    return {"id": str(CAST.showrooms["harbour"]), "from": "2026-06-01", "to": "2026-06-03", **days}


async def test_a_rate_comes_with_both_its_numbers_and_is_null_when_there_is_nothing_to_divide_by(harbour):
    await a_busy_customer()

    found = (await told("max", FUNNEL, **asked()))["funnel"]
    empty = (await told("max", FUNNEL, **asked(to="2026-06-01")))["funnel"]

    assert found["counts"]["captureRate"] == {"numerator": 1, "denominator": 1, "value": 1.0}
    assert found["counts"]["orders"] == 1
    assert {"person": {"name": "Sam Seller"}, "counts": {"orders": 1}} in found["ranking"]
    assert empty["counts"]["captureRate"] == {"numerator": 0, "denominator": 0, "value": None}


@pytest.mark.parametrize(
    ("who", "code"),
    [("sam", "NOT_ALLOWED"), ("rita", "NOT_ALLOWED"), ("iris", "NOT_ALLOWED"), ("rex", "NOT_FOUND"),
     ("otto", "NOT_FOUND"), ("max", None), ("grace", None), ("ada", None)],
)  # fmt: skip
async def test_figures_of_a_showroom_are_for_its_managers(harbour, who, code):
    assert (await ask(who, FUNNEL, **asked())).code == code


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
async def test_figures_of_no_possible_day_are_refused(harbour, day):
    assert (await ask("max", FUNNEL, **asked(to=day))).code == "OUT_OF_RANGE"


async def test_a_salesperson_has_figures_of_their_own(harbour):
    await a_busy_customer()
    query = """query M($id: UUID!, $from: Date!, $to: Date!) {
      myFigures(showroomId: $id, from: $from, to: $to) { orders } }"""

    assert (await told("sam", query, **asked()))["myFigures"] == {"orders": 1}
    assert (await told("sue", query, **asked()))["myFigures"] == {"orders": 0}


async def test_the_floor_shows_who_is_here_and_which_cars_are_out(harbour):
    await a_busy_customer(owner="sam")
    await written(TestDrive.all()).update(status=DriveStatus.OUT)
    query = """query F($id: UUID!) { floor(showroomId: $id) { showroom { name } visitsToday notCompletedToday
      visits { minutes visit { customer { name } } } drivesOut { vehicle { plate } customer { name } } } }"""

    of_max = (await told("max", query, id=str(CAST.showrooms["harbour"])))["floor"]
    of_sue = (await told("sue", query, id=str(CAST.showrooms["harbour"])))["floor"]

    assert of_max["visits"] == [{"minutes": 180, "visit": {"customer": {"name": "Busy Betty"}}}]
    assert of_max["drivesOut"] == [{"vehicle": {"plate": "DEMO 1"}, "customer": {"name": "Busy Betty"}}]
    assert of_sue["visits"] == []
    assert of_sue["drivesOut"] == [{"vehicle": {"plate": "DEMO 1"}, "customer": None}]
