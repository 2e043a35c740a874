"""How long a tablet may stay away, and how long what keeps its entries from taking effect twice is kept."""

from datetime import timedelta

LEAST_DAYS, USUAL_DAYS = 30, 180
"""Not less than an entry may be old at all: what it says of when it happened is believed for 30 days."""

SLACK = timedelta(days=7)
"""Receipts are kept for longer than absences are accepted: a clock may be a few days off."""

_accepted = [timedelta(days=USUAL_DAYS)]


def accept_absences(days: int) -> None:
    """The installation's policy, from its settings; for the whole process."""
    _accepted[0] = timedelta(days=max(days, LEAST_DAYS))


def longest_absence() -> timedelta:
    """What is older was perhaps processed in its day, and nobody can tell any more: it is never applied."""
    return _accepted[0]
