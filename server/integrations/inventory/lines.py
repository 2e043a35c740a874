"""One line of a stock list into the columns of a car, with what real senders do to them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from vininfo import Vin
from vininfo.dicts import WMI

from server.kernel.refused import Refused
from server.vehicles import rules
from server.vehicles.model import Condition, Vehicle, VehicleStatus

_GROUPED = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+")
_STATUSES = (
    (VehicleStatus.SOLD, ("sold", "delivered")),
    (VehicleStatus.RESERVED, ("reserved", "hold", "pending", "deposit")),
    (VehicleStatus.DEMO, ("demo", "loaner", "courtesy", "service vehicle")),
    (
        VehicleStatus.IN_TRANSIT,
        ("transit", "ordered", "production", "allocated", "shipped", "incoming", "port"),
    ),
    (VehicleStatus.IN_STOCK, ("stock", "lot", "available", "on ground", "active", "in dealer")),
)
_DATES = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d")


@dataclass(kw_only=True)
class Line:
    """`columns` are those of `Vehicle` that the file speaks of. `notes` are oddities that did not stop us."""

    number: int
    columns: dict[str, Any]
    extras: dict[str, str]
    notes: list[str] = field(default_factory=list)

    @property
    def vin(self) -> str:
        return str(self.columns.get("vin", ""))

    @property
    def stock_number(self) -> str:
        return str(self.columns.get("stock_number", ""))


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """A line that makes no car, and why. `vin` is its VIN as far as it can be read."""

    number: int
    vin: str
    reason: str


def parse(
    number: int, cells: Mapping[str, str], *, columns: Mapping[str, str], today: date
) -> Line | Rejected:
    """`columns` maps ours to the file's headers; every other filled cell is kept under its header."""
    said = {ours: cells.get(header, "") for ours, header in columns.items()}
    extras = {h: v for h, v in cells.items() if v and h not in columns.values()}
    vin = rules.normal_vin(said.get("vin", ""))
    if vin and not _is_vin(vin):
        return Rejected(number=number, vin=vin[:17], reason=f"'{said['vin'][:40]}' is not a VIN")
    if not vin and not said.get("stock_number"):
        return Rejected(number=number, vin="", reason="neither a VIN nor a stock number")
    make, model = _make_and_model(said.get("make", ""), said.get("model", ""), vin=vin)
    if not make or not model:
        return Rejected(number=number, vin=vin, reason="no make" if not make else "no model")
    line = Line(number=number, columns={"vin": vin, "make": make, "model": model}, extras=extras)
    _fill(line, said, today=today)
    return line


def _is_vin(vin: str) -> bool:
    try:
        return bool(rules.ensure_vin(vin))
    except Refused:
        return False


def _fill(line: Line, said: Mapping[str, str], *, today: date) -> None:
    if line.vin and not rules.has_check_digit(line.vin):
        line.notes.append("the VIN's check digit does not fit; read it again")
    for name in ("stock_number", "trim", "body", "exterior_color", "interior_color"):
        if name in said:
            line.columns[name] = _text(line, name, said[name])
    line.columns["condition"] = _condition(said)
    line.columns["status"] = _status(line, said.get("status", ""))
    if "year" in said:
        line.columns["year"] = _year(line, said["year"], today=today)
    if "mileage" in said:
        line.columns["mileage"] = _mileage(line, said["mileage"])
    for name in ("price", "list_price"):
        if name in said:
            line.columns[name] = _price(line, name, said[name])
    since = _in_stock_on(line, said, today=today)
    if since:
        line.columns["in_stock_on"] = since


def _make_and_model(make: str, model: str, *, vin: str) -> tuple[str, str]:
    """Some senders leave the make blank and write it into the model."""
    if make:
        return _known_makes().get(make.casefold(), spelled(make)), spelled(model)
    words = model.casefold()
    for folded, name in _known_makes().items():
        if words.startswith(folded + " "):
            return name, spelled(model[len(folded) :].strip())
    return (_maker_of(vin) if vin else ""), spelled(model)


def spelled(text: str) -> str:
    """ "SILVERADO 1500 LTZ" reads as "Silverado 1500 LTZ": long words of capitals are no abbreviations."""
    if text != text.upper():
        return text
    return " ".join(word.capitalize() if len(word) > 3 and word.isalpha() else word for word in text.split())


def _text(line: Line, name: str, value: str) -> str:
    most = Vehicle._meta.fields_map[name].max_length  # type: ignore[attr-defined]
    text = value if name == "stock_number" else spelled(value)
    if len(text) > most:
        line.extras[name] = value
        line.notes.append(f"{name.replace('_', ' ')} was longer than {most} characters; kept whole beside it")
    return text[:most]


def _condition(said: Mapping[str, str]) -> Condition:
    word = said.get("condition", "").casefold()
    used = word.startswith("u") or any(
        part in word for part in ("used", "pre-owned", "preowned", "cpo", "certified")
    )
    return Condition.USED if used else Condition.NEW


def _status(line: Line, text: str) -> VehicleStatus:
    words = text.casefold()
    for status, signs in _STATUSES:
        if any(sign in words for sign in signs):
            return status
    if words:
        line.notes.append(f"status '{text}' is not known; taken as in stock")
    return VehicleStatus.IN_STOCK


def _year(line: Line, text: str, *, today: date) -> int | None:
    if text.isdigit() and 1900 <= int(text) <= today.year + 2:
        return int(text)
    if text:
        line.notes.append(f"year '{text}' is not one")
    return None


def _mileage(line: Line, text: str) -> int | None:
    """ "138.922", "138,922" and "138 922" are all 138922."""
    bare = re.sub(r"(?i)\s*(mi|miles|km)\.?$", "", text)
    number = re.sub(r"\D", "", bare) if _GROUPED.fullmatch(bare) else bare
    try:
        miles = int(Decimal(number)) if number else None
    except InvalidOperation:
        miles = -1
    if miles is None or 0 <= miles <= 2_000_000:
        return miles
    line.notes.append(f"mileage '{text}' is not one")
    return None


def _price(line: Line, name: str, text: str) -> Decimal | None:
    """Nothing and zero mean that the price is not known."""
    bare = re.sub(r"[^\d.,-]", "", text)
    number = bare.replace(",", "") if re.search(r",\d{3}(\D|$)", bare) else bare.replace(",", ".")
    try:
        price = Decimal(number) if number else Decimal(0)
    except InvalidOperation:
        price = Decimal(-1)
    if 0 < price <= rules.MOST_MONEY:
        return price.quantize(Decimal("0.01"))
    if price:
        line.notes.append(f"{name.replace('_', ' ')} '{text}' is not one")
    return None


def _in_stock_on(line: Line, said: Mapping[str, str], *, today: date) -> date | None:
    age = said.get("age", "")
    if age.isdigit() and int(age) < 10_000:
        return today - timedelta(days=int(age))
    text = said.get("in_stock_on", "").split(" ")[0].split("T")[0]
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    if text:
        line.notes.append(f"date '{text}' is not one")
    return None


@cache
def _known_makes() -> dict[str, str]:
    """Casefolded → as it is written, longest first, so that "Land Rover" is found before "Land".

    vininfo names some makers with their country ("Chevrolet Mexico"): a car's make is without it.
    """
    makers = {maker if isinstance(maker, str) else str(maker.title) for maker in WMI.values()}
    makes = {_without_country(maker, makers) for maker in makers}
    return {make.casefold(): make for make in sorted(makes, key=len, reverse=True)}


def _without_country(maker: str, makers: set[str]) -> str:
    first = maker.partition(" ")[0]
    return first if first in makers else maker


def _maker_of(vin: str) -> str:
    maker = str(Vin(vin).manufacturer or "")
    return _known_makes().get(maker.partition(" ")[0].casefold(), maker)
