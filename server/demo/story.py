"""How one customer's road goes: filed, called, driven, and how it ends, if it has ended by now."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from server.demo import cars, words
from server.demo.cast import Seller
from server.demo.ending import Ending
from server.demo.floor import FIRST_VISIT_CLOSE, Floor
from server.demo.road import Road
from server.demo.table import (
    LEVEL_CADENCE,
    LEVELS,
    NEVER_ANSWERED,
    ON_TIME,
    RESPONSE_MEDIAN_MINUTES,
    RESPONSE_SPREAD,
)
from server.follow_ups.model import FollowUpKind, Reason
from server.leads.model import Level, Outcome, Stage, TouchKind
from server.visits.model import VisitKind

COOLER = {"N": "B", "H": "A", "A": "C", "B": "C", "C": "NURTURE"}
OUTCOMES = {"REACHED": 0.5, "NO_ANSWER": 0.27, "OTHER": 0.13, "WILL_COME_IN": 0.1}
MOST_CALLS = 30
POOL_HOURS = 36


class Story:
    """Moves forward in time and stops at now; whatever is open then is what the morning's plan shows."""

    def __init__(self, floor: Floor, road: Road, *, seller: Seller, origin: str) -> None:
        self.floor, self.road, self.seller, self.origin = floor, road, seller, origin
        self.dice, self.now = floor.dice, floor.now
        self.zh = road.customer.language == "zh-CN"
        self.facts = {
            "car": road.lead.wanted[0]["model"],
            "rival": (road.lead.rivals or [cars.rival_of(floor.place.brand, floor.dice)])[0]["model"],
            "old": road.drives_today or floor.dice.choice(cars.OTHERS)[1],
        }
        self.ending = Ending(self)

    def tell(self) -> Road:
        fate, at = self._fate()
        if self.origin == "WALK_IN":
            first_close = fate == "ORDER" and self.dice.happens(FIRST_VISIT_CLOSE)
            self._walk_in(orders=first_close)
            if first_close:
                self.ending.order(self.road.lead.opened_at + timedelta(minutes=90), returning=False)
                return self.road
        else:
            self._inbound(comes_in=fate == "ORDER" or self.dice.happens(0.05), before=at)
        self._chase(until=min(at, self.now), cooling=fate != "ORDER")
        self._handed_over()
        if at <= self.now:
            self.ending.come(fate, at)
        return self.road

    def say(self, texts: dict[str, list[str]]) -> str:
        return words.say(texts["zh-CN" if self.zh else "en"], self.dice, **self.facts)

    def visit(self, kind: VisitKind, at: datetime, *, drives: float) -> bool:
        """True when a drive was taken."""
        completed = self.floor.shortly_after(at + timedelta(minutes=20), minutes=60)
        if self.seller.in_bulk:
            completed = self.floor.at(self.floor.day_of(at), "18:00") + timedelta(
                minutes=self.dice.randint(0, 9)
            )
        self.road.visit(kind, at, completed_at=max(at, completed), text=self.say(words.VISITED))
        if not self.dice.happens(drives):
            return False
        drive = self.road.drive(
            at + timedelta(minutes=18), verified=self.dice.happens(self.floor.odds.verified)
        )
        return drive is not None

    def next_call(
        self, at: datetime, *, days: float, reason: Reason, kind: FollowUpKind = FollowUpKind.CALL
    ) -> None:
        due = self.floor.working_time(self.floor.day_of(at + timedelta(days=days)))
        if due <= at:
            due = at + timedelta(hours=2)
        self.road.plan(due, reason, at=at, kind=kind, facts=self.facts_of(reason, at))

    def facts_of(self, reason: Reason, at: datetime) -> dict[str, Any]:
        """What the line in the plan says of why it is due."""
        level, on = self.road.lead.level.value, self.floor.day_of(at).isoformat()
        match reason:
            case Reason.CADENCE:
                return {"level": level, "days": LEVEL_CADENCE[level], "on": on}
            case Reason.AFTER_TEST_DRIVE:
                return {"car": f"{self.floor.place.brand} {self.facts['car']}", "on": on}
            case Reason.PLANNED:
                return {}
            case _:
                return {"on": on}

    def business(self, at: datetime) -> datetime:
        """The same day, at an hour when the showroom is open."""
        return self.dice.on_day(self.floor.day_of(at), {10: 1, 11: 1, 13: 1, 14: 1, 15: 1, 16: 1, 17: 1},
                                time_zone=self.floor.place.time_zone)  # fmt: skip

    def _fate(self) -> tuple[str, datetime]:
        odds, opened = self.floor.odds, self.road.lead.opened_at
        sells = (
            self.seller.sells if self.origin == "WALK_IN" and self.seller.sells else odds.order[self.origin]
        )
        if self.dice.happens(sells):
            return "ORDER", self._order_day(opened)
        if self.dice.happens(odds.loss):
            return "LOSS", self.business(opened + timedelta(days=1 + self.dice.around(17, spread=0.7)))
        if self.dice.happens(0.1):
            return "NOT_NOW", self.business(opened + timedelta(days=1 + self.dice.around(8, spread=0.6)))
        return "NONE", self.now + timedelta(days=1)

    def _order_day(self, opened: datetime) -> datetime:
        """Month-ends see more orders than other days."""
        for _ in range(4):
            at = self.business(opened + timedelta(days=max(1, self.floor.close_days(self.origin))))
            if self.floor.day_of(at).day >= 25 or self.dice.happens(1 / 1.6):
                return at
        return at

    def _walk_in(self, *, orders: bool) -> None:
        at = self.road.lead.opened_at
        drove = self.visit(VisitKind.FIRST_FILED, at, drives=0.9 if orders else self.floor.odds.drive)
        reason = Reason.AFTER_TEST_DRIVE if drove else Reason.AFTER_VISIT
        self.next_call(at + timedelta(hours=1), days=min(self._cadence(), 3), reason=reason)
        if self.dice.happens(0.14):
            due = self.floor.working_time(self.floor.day_of(at) + timedelta(days=self.dice.randint(1, 6)))
            text = words.say(words.PROMISES["zh-CN" if self.zh else "en"], self.dice)
            self.road.promise(
                text, at=at, due=due, kept=due < self.now - timedelta(days=2) and self.dice.happens(0.9)
            )

    def _inbound(self, *, comes_in: bool, before: datetime) -> None:
        road, opened = self.road, self.road.lead.opened_at
        road.touch(
            TouchKind.MESSAGE,
            opened,
            text=self.say(words.ENQUIRIES),
            direction="IN",
            by=self.floor.cast.desk[0],
        )
        road.plan(opened + timedelta(hours=24), Reason.FIRST_CONTACT, at=opened, facts={"hours": 24})
        if road.lead.owner_id is None:
            return
        answered = opened + timedelta(
            minutes=self.dice.around(RESPONSE_MEDIAN_MINUTES, spread=RESPONSE_SPREAD)
        )
        if self.dice.happens(NEVER_ANSWERED) or answered > self.now:
            return
        outcome = Outcome(self.dice.of(OUTCOMES))
        self._called(min(answered, before), outcome)
        if outcome != Outcome.NO_ANSWER:
            road.set_level(Level(self.dice.of(LEVELS)), answered)
        came = self.business(answered + timedelta(days=1 + self.dice.around(2, spread=0.6)))
        if comes_in and came < min(before, self.now):
            self._chase(until=came, cooling=False)
            drove = self.visit(VisitKind.FIRST_ALREADY_FILED, came, drives=self.floor.odds.drive)
            road.done(came, touch=None, outcome=Outcome.CAME_IN)
            self.next_call(came, days=2, reason=Reason.AFTER_TEST_DRIVE if drove else Reason.AFTER_VISIT)

    def _chase(self, *, until: datetime, cooling: bool) -> None:
        """Follow-up after follow-up, as diligently as the salesperson is, until something else happens."""
        for _ in range(MOST_CALLS):
            step = self.road.step
            at = self._done_at(step.due_at) if step and step.owner_id else None
            if at is None or at > until:
                return
            self._called(at, Outcome(self.dice.of(OUTCOMES)))
            if cooling and self.dice.happens(0.7) and self.road.lead.level != Level.NURTURE:
                self.road.set_level(Level(COOLER[self.road.lead.level.value]), at)
            self._comes_back(at, until)

    def _comes_back(self, at: datetime, until: datetime) -> None:
        """Some of those who were filed on a visit come again before they decide."""
        if self.origin != "WALK_IN" or self.road.lead.stage == Stage.NEGOTIATING:
            return
        came = self.business(at + timedelta(days=self.dice.randint(1, 4)))
        if came >= until or not self.dice.happens(self.floor.odds.returns * 0.5):
            return
        drove = self.visit(VisitKind.RETURN, came, drives=self.floor.odds.drive)
        self.road.done(came, touch=None, outcome=Outcome.CAME_IN)
        quoted = came + timedelta(minutes=50)
        if quoted < self.now:
            self.road.touch(TouchKind.QUOTE, quoted, text=self._quote(), outcome=Outcome.OTHER)
        self.next_call(came, days=2, reason=Reason.AFTER_TEST_DRIVE if drove else Reason.AFTER_VISIT)

    def _quote(self) -> str:
        price = next(
            (m.price for m in cars.MODELS[self.floor.place.brand] if m.name == self.facts["car"]), 40_000
        )
        return f"{self.facts['car']}: ${Decimal(price + self.dice.randrange(0, 6000, 50)):,}"

    def _called(self, at: datetime, outcome: Outcome) -> None:
        """A call or a message, the step done by it, and the next one planned."""
        kind = TouchKind.MESSAGE if outcome == Outcome.OTHER else TouchKind.CALL
        texts = words.CALLED["zh-CN" if self.zh else "en"][outcome.value]
        touch = self.road.touch(kind, at, text=words.say(texts, self.dice, **self.facts), outcome=outcome)
        self.road.done(at, touch=touch, outcome=outcome)
        if outcome == Outcome.NO_ANSWER:
            self.next_call(at, days=2, reason=Reason.NO_ANSWER)
        elif outcome == Outcome.WILL_COME_IN:
            self.next_call(at, days=2, reason=Reason.APPOINTMENT, kind=FollowUpKind.APPOINTMENT)
        else:
            self.next_call(at, days=self._cadence(), reason=Reason.CADENCE)

    def _done_at(self, due: datetime) -> datetime | None:
        """When a follow-up is really done; None: not by now."""
        if self.floor.day_of(due) >= self.floor.today:
            early = due - timedelta(hours=1)
            return early if early < self.now and self.dice.happens(0.3) else None
        if self.dice.happens(self._diligence(due)):
            return due + timedelta(minutes=self.dice.randint(-80, 60))
        late = due + timedelta(days=self.dice.around(1.7, spread=0.8))
        return None if self.dice.happens(0.03) else late

    def _diligence(self, due: datetime) -> float:
        if not self.seller.drifts:
            return ON_TIME
        gone = 1 - (self.now - due) / timedelta(days=self.floor.days)
        return max(0.15, ON_TIME - 0.6 * gone)

    def _cadence(self) -> int:
        return LEVEL_CADENCE[self.road.lead.level.value]

    def _handed_over(self) -> None:
        """The open leads of somebody who left go to colleagues."""
        left: date | None = self.seller.left_on
        if left is None or self.road.step is None or self.road.lead.owner_id is None:
            return
        at = self.floor.at(left, "09:30")
        heir: UUID = self.floor.seller_on(self.floor.today).id
        self.road.hand_over(heir, at, reason="Left the showroom", by=self.floor.manager())
