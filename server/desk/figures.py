"""The manager's figures, exactly as the trade defines them. Counts in, rates out; no database.

Every rate here is of the *flow*: events of the period over events of the period.
"""

from dataclasses import dataclass, fields


@dataclass(frozen=True, kw_only=True)
class Rate:
    """Shown with both numbers on tap. Nothing to divide by is no rate, never 0 %."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What happened in a period, for a scope: visits by kind, drives, orders, losses."""

    first_filed: int = 0
    first_already_filed: int = 0
    looked_not_filed: int = 0
    returned: int = 0
    not_buyers: int = 0
    not_completed: int = 0
    drives: int = 0
    """Cars that went out, and `verified` those with licence and signature."""
    verified_drives: int = 0
    orders: int = 0
    orders_after_a_drive: int = 0
    approved_losses: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)})

    @property
    def first_visits(self) -> int:
        return self.first_filed + self.first_already_filed + self.looked_not_filed

    @property
    def showroom_visits(self) -> int:
        return self.first_visits + self.returned + self.not_buyers + self.not_completed

    @property
    def capture_rate(self) -> Rate:
        """留档率"""
        return Rate(numerator=self.first_filed, denominator=self.first_filed + self.looked_not_filed)

    @property
    def completion_rate(self) -> Rate:
        return Rate(numerator=self.showroom_visits - self.not_completed, denominator=self.showroom_visits)

    @property
    def drive_rate(self) -> Rate:
        """试驾率"""
        return Rate(numerator=self.drives, denominator=self._drivers)

    @property
    def verified_drive_rate(self) -> Rate:
        return Rate(numerator=self.verified_drives, denominator=self._drivers)

    @property
    def drive_to_order(self) -> Rate:
        return Rate(numerator=self.orders_after_a_drive, denominator=self.drives)

    @property
    def closing_rate(self) -> Rate:
        """Showroom orders over filed first visits, flow."""
        return Rate(numerator=self.orders, denominator=self.first_filed)

    @property
    def _drivers(self) -> int:
        return self.first_filed + self.first_already_filed + self.returned
