"""VINs, what a car may become, and what a price may be. Plain values; no database."""

import re
import unicodedata
from decimal import Decimal

from server.kernel.refused import Refused
from server.vehicles.model import VehicleStatus

VIN_LENGTH = 17
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True))
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)

MOST_MONEY = Decimal("9999999999.99")

_NEXT: dict[VehicleStatus, frozenset[VehicleStatus]] = {
    VehicleStatus.SOLD: frozenset({VehicleStatus.IN_STOCK, VehicleStatus.DEMO}),
}
"""A sold car comes back only through a cancelled order; every other car may become anything."""


def normal_vin(text: str) -> str:
    """Capitals without blanks and dashes; the "I" that some barcodes carry before the VIN is dropped."""
    vin = re.sub(r"[\s-]", "", text).upper()
    return vin[1:] if len(vin) == VIN_LENGTH + 1 and vin.startswith("I") else vin


def ensure_vin(text: str, *, field: str = "vin") -> str:
    """The normal VIN. Its shape must be right; a wrong check digit is legal outside North America."""
    vin = normal_vin(text)
    if not _VIN.fullmatch(vin):
        raise Refused("INVALID_VIN", field, given=text[:40])
    return vin


def has_check_digit(vin: str) -> bool:
    """Whether the ninth character proves the others, as ISO 3779 has it for North America and China."""
    if not _VIN.fullmatch(vin):
        return False
    total = sum(
        weight * int(char if char.isdigit() else _VALUES[char])
        for weight, char in zip(_WEIGHTS, vin, strict=True)
    )
    return vin[8] == "0123456789X"[total % 11]


def ensure_may_become(before: VehicleStatus, after: VehicleStatus) -> None:
    if before == after or after in _NEXT.get(before, frozenset(VehicleStatus)):
        return
    raise Refused("CAR_SOLD", "status")


def ensure_price(price: Decimal | None, *, field: str = "price") -> Decimal | None:
    """A list price of a car may be unknown; what is said must be more than nothing."""
    if price is None:
        return None
    if not price.is_finite() or not 0 < price <= MOST_MONEY:
        raise Refused("INVALID_PRICE", field)
    return price.quantize(Decimal("0.01"))


def folded(text: str) -> str:
    """Casefolded, accents stripped: compared alike on both databases."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def compact(text: str) -> str:
    """Letters and digits only, in capitals: plates and stock numbers as people type them."""
    return "".join(c for c in text if c.isalnum()).upper()
