"""The rows of one customer's road. It keeps what the verbs keep: history, next step, who is active."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from server.customers import names as name_keys
from server.customers.model import Customer, OwnedCar
from server.demo.floor import Floor
from server.drives.model import DriveAgreement, DriveStatus, TestDrive
from server.follow_ups.model import FollowUp, FollowUpKind, FollowUpStatus, Promise, Reason
from server.kernel.ids import id_of
from server.kernel.model import Entity
from server.leads import rules as lead_rules
from server.leads.model import (
    UNSETTLED,
    Lead,
    LeadStatus,
    Level,
    Outcome,
    Stage,
    StageChange,
    Touch,
    TouchKind,
)
from server.visits.model import Party, Visit, VisitKind

DRIVE_TAKES = timedelta(minutes=30)


class Road:
    """Rows in the state in which they end up. `step` is the open follow-up, if there is one."""

    def __init__(
        self, floor: Floor, *, customer: Customer, lead: Lead, belongings: list[Entity], key: str
    ) -> None:
        self.floor, self.customer, self.lead = floor, customer, lead
        self.step: FollowUp | None = None
        self._rows: list[Entity] = [*belongings, lead]
        self._key = key
        self._made = 0
        self.kin: list[Customer] = []
        """Records of the household that follow the lead's owner."""

    def new_id(self, kind: str) -> UUID:
        self._made += 1
        return id_of("demo", self.floor.place.code, self._key, kind, str(self._made))

    @property
    def drives_today(self) -> str:
        """The model that the customer owns, as far as it is on file."""
        return next((row.model for row in self._rows if isinstance(row, OwnedCar)), "")

    @property
    def base(self) -> dict[str, Any]:
        return {"showroom_id": self.floor.id, "customer_id": self.customer.id, "lead_id": self.lead.id}

    def add(self, row: Entity) -> None:
        self._rows.append(row)

    def add_first_change(self) -> None:
        self._change("STATUS", None, LeadStatus.OPEN, self.lead.opened_at)

    def touch(
        self, kind: TouchKind, at: datetime, *, text: str = "", outcome: Outcome | None = None, direction: str = "OUT",
        about: dict[str, Any] | None = None, by: UUID | None = None,
    ) -> Touch:  # fmt: skip
        touch = Touch(
            id=self.new_id("touch"), **self.base, kind=kind, direction=direction, outcome=outcome, text=text,
            about=about, person_id=by or self.lead.owner_id, happened_at=at, recorded_at=at,
        )  # fmt: skip
        self.add(touch)
        lead = self.lead
        lead.last_touch_at = max(lead.last_touch_at or at, at)
        if lead_rules.is_meaningful(kind, outcome):
            lead.last_meaningful_touch_at = max(lead.last_meaningful_touch_at or at, at)
        stage = lead_rules.stage_after(kind, outcome)
        if stage and direction == "OUT":
            self.advance(stage, at)
        return touch

    def advance(self, stage: Stage, at: datetime) -> None:
        if lead_rules.is_ahead(stage, of=self.lead.stage):
            self._change("STAGE", self.lead.stage, stage, at)
            self.lead.stage = stage

    def set_level(self, level: Level, at: datetime) -> None:
        if level != self.lead.level:
            self._change("LEVEL", self.lead.level, level, at)
            self.lead.level = level

    def set_status(
        self, status: LeadStatus, at: datetime, *, reason: str = "", by: UUID | None = None
    ) -> None:
        self._change("STATUS", self.lead.status, status, at, reason=reason, by=by)
        self.lead.status = status
        self.lead.closed_at = at if status not in UNSETTLED else None

    def hand_over(self, owner_id: UUID, at: datetime, *, reason: str, by: UUID) -> None:
        before = str(self.lead.owner_id) if self.lead.owner_id else None
        self._change("OWNER", before, str(owner_id), at, reason=reason, by=by)
        self.lead.owner_id = owner_id
        if self.step:
            self.step.owner_id = owner_id

    def plan(
        self, due: datetime, reason: Reason, *, at: datetime, kind: FollowUpKind = FollowUpKind.CALL, note: str = "",
        facts: dict[str, Any] | None = None,
    ) -> FollowUp:  # fmt: skip
        self.step = FollowUp(
            id=self.new_id("follow-up"), **self.base, owner_id=self.lead.owner_id, kind=kind, reason=reason,
            reason_facts=facts or {}, note=note, due_at=due, first_due_at=due, created_at=at,
        )  # fmt: skip
        self.add(self.step)
        return self.step

    def done(self, at: datetime, *, touch: Touch | None, outcome: Outcome | None) -> None:
        step, self.step = self.step, None
        if step:
            step.status, step.outcome, step.done_at = FollowUpStatus.DONE, outcome or Outcome.OTHER, at
            step.touch_id, step.done_by_id = touch.id if touch else None, self.lead.owner_id
            self.floor.count("follow_ups", at)

    def cancel_step(self, at: datetime, *, by: UUID | None = None) -> None:
        step, self.step = self.step, None
        if step:
            step.status, step.done_at, step.done_by_id = (
                FollowUpStatus.CANCELLED,
                at,
                by or self.lead.owner_id,
            )

    def visit(
        self, kind: VisitKind, at: datetime, *, completed_at: datetime, text: str, errand: str = ""
    ) -> Visit:
        floor = self.floor
        completed = min(completed_at, floor.now)
        visit = Visit(
            id=self.new_id("visit"), **self.base, kind=kind, errand=errand,
            party=floor.dice.choice(list(Party)), source_id=self.lead.source_id,
            greeted_by_id=floor.dice.choice(floor.cast.desk), served_by_id=self.lead.owner_id, arrived_at=at,
            completed_at=completed, completed_by_id=self.lead.owner_id, recorded_at=at,
            left_at=leaves if (leaves := at + timedelta(minutes=floor.dice.randint(25, 80))) < floor.now else None,
        )  # fmt: skip
        self.add(visit)
        floor.count(kind.value, at)
        if kind != VisitKind.NOT_A_BUYER:
            self.touch(TouchKind.VISIT, at, text=text, outcome=Outcome.CAME_IN)
        return visit

    def drive(self, at: datetime, *, verified: bool) -> TestDrive | None:
        """Out and back within the hour, when a demo car is free then; None when the day is full."""
        slot = self._slot(at)
        if slot is None or slot[2] > self.floor.now:
            return None
        car, start, end = slot
        out = start + timedelta(minutes=self.floor.dice.randint(0, 6))
        back = min(out + timedelta(minutes=self.floor.dice.randint(9, 29)), end + timedelta(minutes=8))
        drive = self._drive(car, start, end, DriveStatus.RETURNED, booked_at=at)
        drive.out_at, drive.returned_at, drive.verified, drive.updated_at = out, back, verified, back
        drive.odometer_out = self.floor.garage.odometer(car, start)
        drive.odometer_in = drive.odometer_out + self.floor.dice.randint(1, 2)
        if verified:
            self._agree(drive, out)
        self.touch(TouchKind.TEST_DRIVE, back, text=f"{car.model} {car.trim}", outcome=Outcome.OTHER)
        self.floor.count("drives", start)
        self.floor.count("verified", start) if verified else None
        return drive

    def book(self, at: datetime) -> TestDrive | None:
        """A drive that lies ahead, or is under way right now."""
        slot = self._slot(at)
        if slot is None:
            return None
        car, start, end = slot
        now = self.floor.now
        drive = self._drive(car, start, end, DriveStatus.BOOKED, booked_at=now - timedelta(hours=3))
        if start <= now:
            drive.status, drive.out_at, drive.verified = (
                DriveStatus.OUT,
                max(start, now - timedelta(minutes=12)),
                True,
            )
            drive.odometer_out = self.floor.garage.odometer(car, start)
            self._agree(drive, drive.out_at)
        self.advance(Stage.TEST_DRIVE_BOOKED, drive.booked_at)
        return drive

    def promise(self, text: str, *, at: datetime, due: datetime, kept: bool) -> None:
        promise = Promise(
            id=self.new_id("promise"), **self.base, text=text, due_at=due, promised_by_id=self.lead.owner_id,
            promised_at=at, kept_at=due if kept else None, kept_by_id=self.lead.owner_id if kept else None,
        )  # fmt: skip
        self.add(promise)

    def rows(self) -> list[Entity]:
        """All rows, with what is derived from them filled in."""
        lead, customer = self.lead, self.customer
        latest = max(lead.last_touch_at or lead.opened_at, lead.closed_at or lead.opened_at)
        lead.next_step_at = self.step.due_at if self.step else None
        lead.updated_at = customer.updated_at = latest
        customer.is_active = lead.status in UNSETTLED
        customer.last_active_on = self.floor.day_of(latest)
        for record in (customer, *self.kin):
            record.owner_id = lead.owner_id
            record.name_folded, record.pinyin, record.pinyin_initials = name_keys.keys_of(record.name)
        return self._rows

    def _change(
        self, what: str, before: Any, after: Any, at: datetime, *, reason: str = "", by: UUID | None = None
    ) -> None:
        self.add(
            StageChange(
                id=self.new_id("change"),
                **self.base,
                what=what,
                before=_value(before),
                after=_value(after),
                reason=reason,
                person_id=by or self.lead.owner_id,
                changed_at=at,
            )
        )

    def _slot(self, at: datetime) -> Any:
        wanted = self.lead.wanted[0]["model"] if self.lead.wanted else ""
        return self.floor.garage.book(wanted, at=at)

    def _drive(
        self, car: Any, start: datetime, end: datetime, status: DriveStatus, *, booked_at: datetime
    ) -> TestDrive:
        drive = TestDrive(
            id=self.new_id("drive"), **self.base, vehicle_id=car.id, starts_at=start, ends_at=end, status=status,
            booked_by_id=self.lead.owner_id, booked_at=booked_at, updated_at=booked_at,
        )  # fmt: skip
        self.add(drive)
        return drive

    def _agree(self, drive: TestDrive, at: datetime) -> None:
        dice = self.floor.dice
        self.add(
            DriveAgreement(
                id=self.new_id("agreement"),
                showroom_id=self.floor.id,
                customer_id=self.customer.id,
                drive_id=drive.id,
                driver_name=self.customer.name,
                licence_last_four=f"{dice.randrange(10_000):04d}",
                licence_expires_on=self.floor.today + timedelta(days=dice.randint(60, 2000)),
                signed_at=at,
                signature=self.customer.name,
                checked_by_id=self.lead.owner_id,
            )
        )


def _value(value: Any) -> str | None:
    return None if value is None else str(getattr(value, "value", value))
