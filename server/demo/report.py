"""What was built, beside what the table asks for in a month."""

from collections.abc import Callable, Iterator

from server.demo.build import Figures
from server.demo.table import PLACES, WEEKS_IN_A_MONTH, Month
from server.visits.model import VisitKind

TARGETS: dict[str, tuple[tuple[str, ...], Callable[[Month], float]]] = {
    "first visits": (
        (VisitKind.FIRST_FILED.value, VisitKind.FIRST_ALREADY_FILED.value, VisitKind.LOOKED_NOT_FILED.value),
        lambda month: month.first_visits,
    ),
    "  of them filed": ((VisitKind.FIRST_FILED.value,), lambda month: month.filed),
    "return visits": ((VisitKind.RETURN.value,), lambda month: month.returns),
    "not buyers": ((VisitKind.NOT_A_BUYER.value,), lambda month: month.not_buyers),
    "leads from elsewhere": (("inbound",), lambda month: month.inbound),
    "test drives": (("drives",), lambda month: month.drives),
    "  verified": (("verified",), lambda month: month.drives * month.verified_share),
    "orders": (("orders",), lambda month: month.orders),
    "  cancelled": (("cancelled",), lambda month: month.cancelled),
    "  delivered": (("delivered",), lambda month: month.delivered),
    "approved losses": (("losses",), lambda month: month.losses),
}


def lines(figures: Figures, *, days: int, scale: float) -> Iterator[str]:
    """A month on average over all days. The first weeks have few orders yet: roads take their time."""
    months = days / 7 / WEEKS_IN_A_MONTH
    yield f"{'a month on average (the table)':<32}" + "".join(f"{place.name:>26}" for place in PLACES)
    for figure, (names, target) in TARGETS.items():
        cells = []
        for place in PLACES:
            counted = figures[place.code]
            total = sum(number for (_, name), number in counted.items() if name in names)
            cells.append(f"{total / months:>16.0f} ({target(place.month) * scale:>5.0f}) ")
        yield f"{figure:<32}" + "".join(f"{cell:>26}" for cell in cells)
