"""How roads end: an order, a loss that a manager decides, or sleep until a date."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from server.demo import words
from server.demo.table import LOSS_REASONS
from server.follow_ups.model import Reason
from server.leads.model import LeadStatus, Level, Outcome, Stage, TouchKind
from server.sales.model import LossApplication, LossReason, LossStatus, Sale
from server.visits.model import VisitKind

if TYPE_CHECKING:
    from server.demo.story import Story

REFUSED_SHARE = 0.08


class Ending:
    def __init__(self, story: "Story") -> None:
        self.story, self.road, self.floor, self.dice = story, story.road, story.floor, story.floor.dice

    def come(self, fate: str, at: datetime) -> None:
        {"ORDER": self.order, "LOSS": self.loss, "NOT_NOW": self.not_now}[fate](at)

    def order(self, at: datetime, *, returning: bool = True) -> None:
        """The car is theirs from now on; silence for every sales follow-up, then the delivery."""
        road, now = self.road, self.floor.now
        if at > now:
            return
        if returning and self.dice.happens(0.8 if self.story.origin == "WALK_IN" else 0.5):
            self.story.visit(VisitKind.RETURN, at - timedelta(minutes=80), drives=self.floor.odds.drive)
        road.done(at, touch=None, outcome=Outcome.CAME_IN)
        car = self.floor.garage.sell(road.lead.wanted[0]["model"], at=at, number=self.floor.serial)
        sale = Sale(
            id=road.new_id("sale"), **road.base, vehicle_id=car.id, price=(car.price or Decimal(30_000)),
            description=f"{car.year} {car.make} {car.model} {car.trim}", currency="USD",
            sold_by_id=road.lead.owner_id, ordered_at=at,
        )  # fmt: skip
        road.add(car)
        road.add(sale)
        road.advance(Stage.ORDERED, at)
        road.set_level(Level.O, at)
        road.set_status(LeadStatus.WON, at)
        self.floor.count("orders", at)
        self._after(sale, at)

    def _after(self, sale: Sale, at: datetime) -> None:
        road, now = self.road, self.floor.now
        settled = self.story.business(at + timedelta(days=self.dice.randint(2, 12)))
        if settled > now:
            due = self.floor.working_time(
                self.floor.day_of(max(now, at + timedelta(days=2))) + timedelta(days=1)
            )
            road.plan(due, Reason.DELIVERY, at=at, facts={"car": sale.description})
            return
        if self.dice.happens(self.floor.odds.cancelled):
            sale.cancelled_at = settled
            road.set_level(Level.T, settled)
            road.set_status(LeadStatus.LOST, settled, reason="Order cancelled")
            self.floor.count("cancelled", settled)
            return
        sale.delivered_at = settled
        road.advance(Stage.DELIVERED, settled)
        road.set_level(Level.D, settled)
        self.floor.count("delivered", settled)
        self.floor.count("deliveries visited", settled)
        road.visit(
            VisitKind.NOT_A_BUYER,
            settled,
            completed_at=settled + timedelta(minutes=50),
            text="",
            errand="DELIVERY",
        )

    def loss(self, at: datetime) -> None:
        """Applied for by the salesperson, decided within days; what is not decided yet waits for the manager."""
        road, now = self.road, self.floor.now
        reason = LossReason(self.dice.of(LOSS_REASONS))
        evidence = words.EVIDENCE["zh-CN" if self.story.zh else "en"][reason.value].format(**self.story.facts)
        application = LossApplication(
            id=road.new_id("loss"), **road.base, reason=reason, evidence=evidence, applied_by_id=road.lead.owner_id,
            rival=self.story.facts["rival"] if reason == LossReason.RIVAL else "", applied_at=at,
        )  # fmt: skip
        if road.lead.owner_id is None:
            return
        road.add(application)
        self.floor.count("loss applications", at)
        decided = self.story.business(at + timedelta(days=self.dice.randint(1, 3)))
        if decided > now:
            self._keep_step(at)
            return
        application.decided_at, application.decided_by_id = decided, self.floor.manager()
        if self.dice.happens(REFUSED_SHARE):
            self._refused(application, decided)
            return
        application.status = LossStatus.APPROVED
        road.cancel_step(decided, by=application.decided_by_id)
        road.set_status(LeadStatus.LOST, decided, reason=reason.value, by=application.decided_by_id)
        self.floor.count("losses", decided)

    def _refused(self, application: LossApplication, at: datetime) -> None:
        application.status, application.decision_note = (
            LossStatus.REFUSED,
            "Call once more, we have one arriving.",
        )
        self.road.cancel_step(at, by=application.decided_by_id)
        due = self.floor.working_time(
            max(self.floor.today, self.floor.day_of(at)) + timedelta(days=self.dice.randint(0, 2))
        )
        facts = {"by": "The manager", "note": application.decision_note}
        self.road.plan(due, Reason.LOSS_REFUSED, at=at, facts=facts)

    def not_now(self, at: datetime) -> None:
        """Not a loss: they told us when to ask again."""
        road = self.road
        if road.lead.owner_id is None:
            return
        later = self.floor.day_of(at) + timedelta(days=self.dice.randint(40, 170))
        later = max(later, self.floor.today + timedelta(days=self.dice.randint(0, 20)))
        touch = road.touch(TouchKind.CALL, at, text="", outcome=Outcome.NOT_NOW)
        road.done(at, touch=touch, outcome=Outcome.NOT_NOW)
        road.set_status(LeadStatus.NOT_NOW, at, reason="Asked to be called later")
        road.lead.revive_on = later
        road.plan(self.floor.working_time(later), Reason.REVIVE, at=at, facts={"on": later.isoformat()})

    def _keep_step(self, at: datetime) -> None:
        if self.road.step is None:
            self.story.next_call(at, days=2, reason=Reason.CADENCE)
