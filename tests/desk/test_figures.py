"""The formulas of the trade, on numbers that can be checked by hand."""

import pytest

from server.desk.figures import Counts, Rate

MONTH = Counts(
    first_filed=60, first_already_filed=10, looked_not_filed=30, returned=20, not_buyers=40, not_completed=5,
    drives=45, verified_drives=30, orders=18, orders_after_a_drive=12, approved_losses=9,
)  # fmt: skip


@pytest.mark.parametrize(
    ("figure", "numerator", "denominator"),
    [
        ("capture_rate", 60, 90),
        ("completion_rate", 160, 165),
        ("drive_rate", 45, 90),
        ("verified_drive_rate", 30, 90),
        ("drive_to_order", 12, 45),
        ("closing_rate", 18, 60),
    ],
)
def test_a_rate_is_its_numerator_over_its_denominator(figure, numerator, denominator):
    rate = getattr(MONTH, figure)
    assert rate == Rate(numerator=numerator, denominator=denominator)
    assert rate.value == numerator / denominator


def test_every_visit_is_counted_once():
    assert (MONTH.first_visits, MONTH.showroom_visits) == (100, 165)


@pytest.mark.parametrize("figure", ["capture_rate", "completion_rate", "drive_rate", "closing_rate"])
def test_nothing_to_divide_by_is_no_rate_and_never_nought_per_cent(figure):
    assert getattr(Counts(), figure).value is None


def test_showrooms_add_up_by_their_counts_not_by_their_rates():
    small = Counts(first_filed=1, looked_not_filed=0)
    assert (MONTH + small).capture_rate == Rate(numerator=61, denominator=91)
