"""What a booking must be, and what may become of a drive. Plain values; no database."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from server.drives.model import DriveStatus
from server.drives.slots import Slot, Taken, conflict
from server.kernel.refused import Refused
from server.showrooms.hours import is_open
from server.vehicles.model import VehicleStatus

SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(minutes=240)
MOST_AHEAD = timedelta(days=180)
JUST_NOW = timedelta(minutes=15)
"""A slot may have begun this long before it is booked: the couple already stands at the car."""

MOST_ODOMETER = 2_000_000


def ensure_demo(status: VehicleStatus) -> None:
    if status == VehicleStatus.SOLD:
        raise Refused("CAR_SOLD", "vehicleId")
    if status != VehicleStatus.DEMO:
        raise Refused("CAR_NOT_A_DEMO", "vehicleId")


def ensure_slot(
    slot: Slot, *, happened_at: datetime, opening_hours: Mapping[str, Any], time_zone: str
) -> None:
    """A drive of 15 to 240 minutes, ahead of us, while the showroom is open."""
    if not SHORTEST <= slot.length <= LONGEST:
        raise Refused("SLOT_INVALID", "endsAt", least=15, most=240)
    if slot.starts_at < happened_at - JUST_NOW:
        raise Refused("IN_THE_PAST", "startsAt")
    if slot.starts_at > happened_at + MOST_AHEAD:
        raise Refused("TOO_FAR_AHEAD", "startsAt", days=MOST_AHEAD.days)
    if not is_open(opening_hours, time_zone=time_zone, starts_at=slot.starts_at, ends_at=slot.ends_at):
        raise Refused("OUTSIDE_OPENING_HOURS", "startsAt")


def ensure_free(slot: Slot, taken: Sequence[Taken], *, buffer: timedelta) -> None:
    """Nobody drives then, nor within `buffer` before or after. The verb adds who has it, and what is free."""
    other = conflict(slot, taken, buffer=buffer)
    if other:
        raise Refused("SLOT_TAKEN", "startsAt", startsAt=other.starts_at, endsAt=other.ends_at)


def ensure_booked(status: DriveStatus) -> None:
    if status != DriveStatus.BOOKED:
        raise Refused("DRIVE_NOT_BOOKED", "id", status=str(status))


def ensure_out(status: DriveStatus) -> None:
    if status != DriveStatus.OUT:
        raise Refused("DRIVE_NOT_OUT", "id", status=str(status))


def ensure_begun(starts_at: datetime, *, now: datetime) -> None:
    """Nobody has failed to come before the time."""
    if starts_at > now:
        raise Refused("NOT_YET", "id", startsAt=starts_at)


def ensure_odometer(odometer: int | None, *, out: int | None = None) -> int | None:
    """Kilometres or miles, whole. `out` is what it said when the key was handed over."""
    if odometer is None:
        return None
    if not 0 <= odometer <= MOST_ODOMETER:
        raise Refused("OUT_OF_RANGE", "odometer", least=0, most=MOST_ODOMETER)
    if out is not None and odometer < out:
        raise Refused("ODOMETER_BACKWARDS", "odometer", out=out)
    return odometer


def ensure_charge(charge: int | None) -> int | None:
    if charge is not None and not 0 <= charge <= 100:
        raise Refused("OUT_OF_RANGE", "charge", least=0, most=100)
    return charge


def ensure_licence(expires_on: date | None, *, today: date) -> None:
    """A licence that has run out lets nobody drive. One that was not checked makes the drive unverified."""
    if expires_on and expires_on < today:
        raise Refused("LICENCE_EXPIRED", "licenceExpiresOn", on=expires_on.isoformat())


def is_verified(*, licence_checked: bool, signature: str) -> bool:
    return licence_checked and bool(signature.strip())
