"""Days that a query may name: those of our calendar, with room for every time zone at both ends."""

from datetime import date

from graphql import GraphQLError

EARLIEST, LATEST = date(2000, 1, 1), date(2200, 1, 1)


def ensure_day(day: date) -> date:
    """A GraphQL error with code OUT_OF_RANGE for any other."""
    if not EARLIEST <= day <= LATEST:
        raise GraphQLError("There is no such day in our calendar.", extensions={"code": "OUT_OF_RANGE"})
    return day
