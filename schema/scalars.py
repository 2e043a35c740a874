"""How values look on the wire. `SCALARS` goes into the schema's configuration."""

from datetime import datetime
from decimal import Decimal, DecimalException

import strawberry
from ciso8601 import parse_rfc3339
from strawberry.exceptions import StrawberryInputCoercionError
from strawberry.types.scalar import ScalarDefinition

from server.kernel.clock import utc


def wire_time(moment: datetime) -> str:
    """`2026-11-22T09:30:00.000Z`: UTC, three digits of a second, the form that JavaScript writes."""
    return utc(moment).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def _read_time(value: object) -> datetime:
    try:
        if not isinstance(value, str):
            raise ValueError
        moment = utc(parse_rfc3339(value))
        if not 1900 <= moment.year <= 9000:
            raise ValueError
        return moment
    except (ValueError, OverflowError):
        raise StrawberryInputCoercionError(
            'A DateTime is written like "2026-11-22T09:30:00.000Z" or with an offset like "+08:00".'
        ) from None


def _read_decimal(value: object) -> Decimal:
    try:
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise ValueError
        number = Decimal(value)
        if not number.is_finite():
            raise ValueError
        return number
    except (ValueError, DecimalException):
        raise StrawberryInputCoercionError('A Decimal is written as a string like "12345.00".') from None


DATE_TIME: ScalarDefinition = strawberry.scalar(
    name="DateTime",
    description="A moment in UTC, to the millisecond: `2026-11-22T09:30:00.000Z`. Any offset is read.",
    specified_by_url="https://datatracker.ietf.org/doc/html/rfc3339#section-5.6",
    serialize=wire_time,
    parse_value=_read_time,
)

DECIMAL: ScalarDefinition = strawberry.scalar(
    name="Decimal",
    description='An exact decimal number as a string: `"12345.00"`. Money stands beside its `currency`.',
    serialize=lambda value: format(value, "f"),
    parse_value=_read_decimal,
)

SCALARS: dict[object, ScalarDefinition] = {datetime: DATE_TIME, Decimal: DECIMAL}
