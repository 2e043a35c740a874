"""One showroom while its demo is made: the hands that the roads of its customers share."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from server.demo.cast import Cast, Seller, showroom_id
from server.demo.dice import Dice
from server.demo.garage import Garage
from server.demo.names import Name
from server.demo.table import CLOSE_MEDIAN_DAYS, Place
from server.kernel.ids import id_of
from server.showrooms.hours import at_local, local_day

FIRST_VISIT_CLOSE = 0.25
WALK_INS_ORDER = 0.30
"""Of those filed on a first visit; what is left of the month's orders comes from elsewhere."""


@dataclass(frozen=True, kw_only=True)
class Odds:
    """The month's table as chances on one customer's road."""

    order: dict[str, float]
    loss: float
    drive: float
    returns: float
    verified: float
    cancelled: float


def odds_of(place: Place) -> Odds:
    month = place.month
    leads = month.filed + month.inbound
    from_inbound = month.orders - WALK_INS_ORDER * month.filed
    order_visits = WALK_INS_ORDER * month.filed * (1 - FIRST_VISIT_CLOSE) + from_inbound * 0.5
    visits = month.filed + month.already_filed + month.returns
    return Odds(
        order={"WALK_IN": WALK_INS_ORDER, "INBOUND": from_inbound / month.inbound},
        loss=month.losses / (leads - month.orders) * 1.15,
        drive=month.drives / visits,
        returns=max(0.0, month.returns - order_visits) / (month.filed * (1 - WALK_INS_ORDER)),
        verified=month.verified_share,
        cancelled=month.cancelled / month.orders,
    )


@dataclass(kw_only=True)
class Floor:
    place: Place
    cast: Cast
    garage: Garage
    now: datetime
    today: date
    days: int
    scale: float
    dice: Dice
    odds: Odds
    counts: Counter[tuple[date, str]] = field(default_factory=Counter)
    """How often something happened, by the first of the month and the name of the figure."""
    serial: int = 0
    phones: int = 0
    met: list[tuple[Name, str, UUID]] = field(default_factory=list)
    """Whom a sister showroom may meet as well: name, phone, identity."""
    known: list[tuple[Name, str, UUID]] = field(default_factory=list)
    """Whom the sister showroom met."""

    @property
    def id(self) -> UUID:
        return showroom_id(self.place.code)

    def source_id(self, code: str) -> UUID:
        return id_of("demo", "source", self.place.code, code)

    def next_serial(self) -> int:
        self.serial += 1
        return self.serial

    def next_phone(self) -> int:
        self.phones += 1
        return self.phones

    def count(self, figure: str, at: datetime) -> None:
        self.counts[self.day_of(at).replace(day=1), figure] += 1

    def day_of(self, moment: datetime) -> date:
        return local_day(moment, time_zone=self.place.time_zone)

    def at(self, day: date, clock: str) -> datetime:
        return at_local(day, clock, time_zone=self.place.time_zone)

    def working_time(self, day: date) -> datetime:
        """When somebody plans to call: a half hour between half past nine and half past five."""
        half_hours = self.dice.randint(19, 35)
        return self.at(day, f"{half_hours // 2:02d}:{half_hours % 2 * 30:02d}")

    def seller_on(self, day: date) -> Seller:
        working = [seller for seller in self.cast.sellers if seller.works_on(day)]
        return self.dice.choices(working, weights=[seller.share for seller in working])[0]

    def close_days(self, origin: str) -> float:
        return self.dice.around(CLOSE_MEDIAN_DAYS[origin], spread=0.9)

    def manager(self) -> UUID:
        return self.dice.choice(self.cast.managers)

    def shortly_after(self, moment: datetime, *, minutes: float) -> datetime:
        return moment + timedelta(minutes=self.dice.uniform(1, minutes))
