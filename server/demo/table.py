"""The demo's numbers: Harbour Auto Group, three showrooms, by the month."""

from dataclasses import dataclass

WEEKS_IN_A_MONTH = 4.345
WEEKDAYS = (0.09, 0.10, 0.11, 0.11, 0.14, 0.27, 0.18)
VISIT_HOURS = {9: 1, 10: 4, 11: 4, 12: 2, 13: 2, 14: 4, 15: 4, 16: 4, 17: 2, 18: 1}
WEB_HOURS = {**dict.fromkeys(range(7), 0.2), 7: 0.6, 8: 1, **dict.fromkeys(range(9, 18), 1.3), 18: 1.6, 19: 2,
             20: 4, 21: 4, 22: 4, 23: 1}  # fmt: skip
LEVELS = {"H": 0.12, "A": 0.22, "B": 0.28, "C": 0.31, "NURTURE": 0.07}
LEVEL_CADENCE = {"N": 3, "H": 1, "A": 3, "B": 7, "C": 15, "NURTURE": 90, "O": 3}
ON_TIME = 0.74
NEVER_ANSWERED = 0.08
RESPONSE_MEDIAN_MINUTES, RESPONSE_SPREAD = 22, 2.5
CLOSE_MEDIAN_DAYS = {"WALK_IN": 6, "INBOUND": 18}
MONTH_END = 1.6
ALREADY_FILED = 0.15
"""Of the leads from elsewhere, so many come in: visitors who are on file before they come."""

LOSS_REASONS = {
    "PRICE": 0.22, "RIVAL": 0.2, "STOCK_OR_COLOUR": 0.1, "FINANCE_DECLINED": 0.06, "TRADE_IN_VALUE": 0.08,
    "PLAN_DROPPED": 0.16, "UNREACHABLE": 0.13, "OTHER": 0.05,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Month:
    """What a showroom does in a month."""

    first_visits: int
    filed_share: float
    returns: int
    not_buyers: int
    inbound: int
    drives: int
    verified_share: float
    orders: int
    cancelled: int
    delivered: int
    losses: int

    @property
    def already_filed(self) -> float:
        return self.inbound * ALREADY_FILED

    @property
    def walk_ins(self) -> float:
        """First visits of people who are not on file yet."""
        return self.first_visits - self.already_filed

    @property
    def filed(self) -> float:
        return self.walk_ins * self.filed_share


@dataclass(frozen=True, kw_only=True)
class Place:
    """A showroom: its people, its cars and its month."""

    code: str
    name: str
    brand: str
    region: str
    time_zone: str
    languages: tuple[str, ...]
    chinese: float
    sight: str
    hours: dict[str, list[list[str]]]
    salespeople: int
    managers: int
    reception: int
    agents: int
    demo_cars: int
    stock: int
    month: Month


def _week(
    weekday: tuple[str, str], saturday: tuple[str, str], sunday: tuple[str, str]
) -> dict[str, list[list[str]]]:
    days = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), weekday) | {"sat": saturday, "sun": sunday}
    return {day: [list(hours)] for day, hours in days.items()}


PLACES = (
    Place(
        code="vw", name="Harbour Volkswagen", brand="Volkswagen", region="coast", time_zone="America/Los_Angeles",
        languages=("zh-CN", "en"), chinese=0.35, sight="SHOWROOM",
        hours=_week(("09:00", "20:00"), ("09:00", "20:00"), ("10:00", "19:00")),
        salespeople=14, managers=3, reception=2, agents=3, demo_cars=8, stock=330,
        month=Month(first_visits=480, filed_share=0.71, returns=150, not_buyers=210, inbound=520, drives=300,
                    verified_share=0.64, orders=152, cancelled=7, delivered=145, losses=270),
    ),
    Place(
        code="audi", name="Harbour Audi", brand="Audi", region="coast", time_zone="America/Los_Angeles",
        languages=("zh-CN", "en"), chinese=0.4, sight="OWN",
        hours=_week(("09:00", "19:00"), ("09:00", "19:00"), ("10:00", "18:00")),
        salespeople=9, managers=2, reception=1, agents=2, demo_cars=6, stock=190,
        month=Month(first_visits=270, filed_share=0.76, returns=85, not_buyers=120, inbound=260, drives=175,
                    verified_share=0.71, orders=84, cancelled=4, delivered=80, losses=130),
    ),
    Place(
        code="chevy", name="Riverside Chevrolet", brand="Chevrolet", region="inland", time_zone="America/Chicago",
        languages=("en",), chinese=0.04, sight="OWN",
        hours=_week(("08:30", "20:00"), ("08:30", "19:00"), ("11:00", "18:00")),
        salespeople=13, managers=3, reception=1, agents=3, demo_cars=5, stock=380,
        month=Month(first_visits=520, filed_share=0.63, returns=140, not_buyers=160, inbound=560, drives=260,
                    verified_share=0.48, orders=136, cancelled=6, delivered=130, losses=310),
    ),
)  # fmt: skip
SOURCES = (
    ("walk_in", "Walk-in", "自然到店"), ("web", "Website", "官网"), ("maker", "Maker's lead", "厂家线索"),
    ("marketplace", "Marketplace", "垂直网站"), ("phone", "Phone", "来电"), ("referral", "Referral", "转介绍"),
    ("event", "Event", "活动"),
)  # fmt: skip
INBOUND_SOURCES = {"web": 0.38, "maker": 0.2, "marketplace": 0.27, "phone": 0.15}
