"""Today: what everybody finds on the screen in the morning, whatever the hour at which the demo is made."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from server.demo import words
from server.demo.cast import Seller
from server.demo.filing import file
from server.demo.floor import Floor
from server.demo.road import Road
from server.demo.story import Story
from server.follow_ups.model import FollowUpKind, Reason
from server.kernel.ids import id_of
from server.kernel.model import Entity
from server.leads.model import Level, Outcome, TouchKind
from server.sales.model import LossApplication, LossReason
from server.visits.model import Party, Visit, VisitKind

DRIVE_HOURS = ("10:00", "11:30", "14:00", "16:00", "17:30")
DUE = (
    # days from today, time, level, kind, reason
    (-6, "16:00", Level.C, FollowUpKind.CALL, Reason.CADENCE),
    (-3, "11:00", Level.B, FollowUpKind.CALL, Reason.NO_ANSWER),
    (-1, "15:30", Level.A, FollowUpKind.MESSAGE, Reason.CADENCE),
    (-1, "10:30", Level.H, FollowUpKind.CALL, Reason.AFTER_TEST_DRIVE),
    (0, "10:00", Level.H, FollowUpKind.CALL, Reason.CADENCE),
    (0, "11:30", Level.A, FollowUpKind.CALL, Reason.AFTER_VISIT),
    (0, "15:00", Level.A, FollowUpKind.APPOINTMENT, Reason.APPOINTMENT),
    (0, "17:30", Level.B, FollowUpKind.CALL, Reason.CADENCE),
    (1, "10:00", Level.B, FollowUpKind.CALL, Reason.CADENCE),
    (2, "14:00", Level.C, FollowUpKind.EMAIL, Reason.PLANNED),
)


def roads(floor: Floor) -> Iterator[Sequence[Entity]]:
    yield from ([visit] for visit in _in_the_house(floor))
    for seller in floor.cast.sellers[:2]:
        yield from _plan_of(floor, seller)
    yield from _drives(floor)
    yield from _losses_waiting(floor)


def recent(floor: Floor, seller: Seller, *, days_ago: int, level: Level) -> tuple[Road, Story]:
    """A customer who was filed on a visit some days ago and called once since."""
    at = floor.at(
        floor.today - timedelta(days=days_ago), f"{floor.dice.randint(10, 17)}:{floor.dice.randint(10, 59)}"
    )
    road = file(floor, origin="WALK_IN", at=at, owner_id=seller.id)
    story = Story(floor, road, seller=seller, origin="WALK_IN")
    story.visit(VisitKind.FIRST_FILED, at, drives=0.3)
    road.set_level(level, at)
    return road, story


def _plan_of(floor: Floor, seller: Seller) -> Iterator[list[Entity]]:
    for index, (days, clock, level, kind, reason) in enumerate(DUE):
        road, story = recent(floor, seller, days_ago=9 + index, level=level)
        called = floor.at(floor.today - timedelta(days=7 + index % 2), f"{10 + index % 7}:20")
        text = words.CALLED["zh-CN" if story.zh else "en"]["REACHED"]
        road.touch(
            TouchKind.CALL, called, text=words.say(text, floor.dice, **story.facts), outcome=Outcome.REACHED
        )
        due = floor.at(floor.today + timedelta(days=days), clock)
        road.plan(due, reason, at=called, kind=kind, facts=story.facts_of(reason, called))
        if index in (1, 5, 8):
            owed = floor.at(floor.today + timedelta(days=index - 5), "17:00")
            road.promise(
                words.say(words.PROMISES["zh-CN" if story.zh else "en"], floor.dice),
                at=called,
                due=owed,
                kept=False,
            )
        yield road.rows()


def _drives(floor: Floor) -> Iterator[list[Entity]]:
    """Demo cars today and tomorrow: what is over was driven, what lies ahead is booked."""
    sellers = [s for s in floor.cast.sellers if s.works_on(floor.today)]
    for day in (0, 1, 2):
        for number in range(floor.place.demo_cars * 2 if day == 0 else floor.place.demo_cars):
            seller = sellers[0] if number % 5 == 0 else sellers[number % len(sellers)]
            at = floor.at(floor.today + timedelta(days=day), DRIVE_HOURS[number % len(DRIVE_HOURS)])
            road, story = recent(floor, seller, days_ago=2 + number % 6, level=Level.A)
            if not _drive(floor, road, story, at):
                story.next_call(floor.now, days=1, reason=Reason.AFTER_VISIT)
            yield road.rows()


def _drive(floor: Floor, road: Road, story: Story, at: datetime) -> bool:
    if at + timedelta(minutes=45) < floor.now:
        drove = story.visit(VisitKind.RETURN, at - timedelta(minutes=15), drives=1)
        if drove:
            story.next_call(floor.now, days=1, reason=Reason.AFTER_TEST_DRIVE)
        return drove
    drive = road.book(at)
    if drive is None:
        return False
    before = max(drive.starts_at - timedelta(hours=2), floor.at(floor.day_of(drive.starts_at), "09:15"))
    facts = {"on": floor.day_of(drive.starts_at).isoformat()}
    road.plan(before, Reason.BEFORE_TEST_DRIVE, at=drive.booked_at, facts=facts)
    return True


def _in_the_house(floor: Floor) -> Iterator[Visit]:
    """Greeted minutes ago, nobody has completed them yet; one was forgotten yesterday."""
    for number, minutes in enumerate((7, 19, 41, 24 * 60 + 30)):
        at = floor.now - timedelta(minutes=minutes)
        floor.count(VisitKind.NOT_COMPLETED.value, at)
        yield Visit(
            id=id_of("demo", floor.place.code, "in the house", str(number)), showroom_id=floor.id,
            kind=VisitKind.NOT_COMPLETED, party=[Party.COUPLE, Party.ONE, Party.FAMILY, Party.ONE][number],
            note=words.LOOKS[number], source_id=floor.source_id("walk_in"), greeted_by_id=floor.cast.desk[0],
            arrived_at=at, recorded_at=at, left_at=at + timedelta(minutes=25) if minutes > 600 else None,
        )  # fmt: skip


def _losses_waiting(floor: Floor) -> Iterator[list[Entity]]:
    reasons = (LossReason.PRICE, LossReason.RIVAL, LossReason.UNREACHABLE)
    for number, reason in enumerate(reasons):
        seller = floor.cast.sellers[number * 2]
        road, story = recent(floor, seller, days_ago=16 + number, level=Level.B)
        applied = floor.now - timedelta(hours=2 + 5 * number)
        evidence = words.EVIDENCE["zh-CN" if story.zh else "en"][reason.value].format(**story.facts)
        road.add(
            LossApplication(
                id=road.new_id("loss"),
                **road.base,
                reason=reason,
                evidence=evidence,
                applied_by_id=seller.id,
                rival=story.facts["rival"] if reason == LossReason.RIVAL else "",
                applied_at=applied,
            )
        )
        story.next_call(applied, days=2, reason=Reason.CADENCE)
        yield road.rows()
