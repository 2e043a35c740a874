"""A list held against the stock: what would be added, changed, gone, rejected. Nothing is written here."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from server.integrations.inventory import lines
from server.integrations.inventory.lines import Line, Rejected
from server.integrations.inventory.reading import Table, Unreadable
from server.vehicles.model import Vehicle, VehicleStatus

FEED = "feed"
"""Under this key `Vehicle.extras` remembers which source a car came from: only that source can take it away."""

OURS_TO_SAY = (VehicleStatus.DEMO, VehicleStatus.RESERVED, VehicleStatus.SOLD)
"""Decided in the showroom: a list that is a night old does not overrule it."""

MOST_GONE = 0.5


class Verdict(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    GONE = "gone"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A line of the report: `number` is the line in the file, 0 for a car that is no longer in it."""

    number: int
    verdict: Verdict
    vin: str
    what: str
    remarks: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Comparison:
    """`added` and `changed` carry the columns to write; `gone` the cars that left the list."""

    findings: list[Finding] = field(default_factory=list)
    added: list[Line] = field(default_factory=list)
    changed: list[tuple[Vehicle, dict[str, Any]]] = field(default_factory=list)
    gone: list[Vehicle] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        counted = Counter(finding.verdict.value for finding in self.findings)
        return {verdict.value: counted[verdict.value] for verdict in Verdict}


def compare(
    table: Table, *, columns: dict[str, str], stock: Sequence[Vehicle], source: str, today: date
) -> Comparison:
    """`stock` are all cars of the showroom. Raises `Unreadable` when no column can tell one car from another."""
    if "vin" not in columns and "stock_number" not in columns:
        raise Unreadable(f"No column for the VIN was found among: {', '.join(filter(None, table.headers))}.")
    comparison = Comparison()
    known = _Known(stock)
    seen: set[UUID] = set()
    first_lines: dict[str, int] = {}
    for number, cells in table.rows:
        parsed = lines.parse(number, cells, columns=columns, today=today)
        if isinstance(parsed, Line):
            parsed = _only_once(parsed, first_lines)
        vehicle = known.find(parsed.vin, "" if isinstance(parsed, Rejected) else parsed.stock_number)
        if vehicle:
            seen.add(vehicle.id)
        if isinstance(parsed, Rejected):
            _reject(comparison, parsed)
        else:
            _weigh(comparison, parsed, vehicle, source=source)
    _miss(comparison, (v for v in stock if v.id not in seen), source=source)
    return comparison


def drops_too_much(
    comparison: Comparison, *, stock: Iterable[Vehicle], source: str
) -> tuple[int, int] | None:
    """(gone, of how many) when the list would drop more than half of what its source brought; else None."""
    current = sum(_from(vehicle, source) for vehicle in stock)
    gone = len(comparison.gone)
    return (gone, current) if gone > current * MOST_GONE else None


class _Known:
    """The stock by VIN, and by stock number where the VIN is not known yet."""

    def __init__(self, stock: Sequence[Vehicle]) -> None:
        by_age = sorted(stock, key=lambda v: v.status != VehicleStatus.GONE)
        self._by_vin = {v.vin: v for v in by_age if v.vin}
        self._without_vin = {v.stock_number.upper(): v for v in by_age if not v.vin and v.stock_number}

    def find(self, vin: str, stock_number: str) -> Vehicle | None:
        """A car on its way is known by a tail of its VIN, or by a stock number that changes later."""
        found = self._by_vin.get(vin) if vin else None
        if found is None and stock_number:
            found = self._without_vin.get(stock_number.upper())
        if found is None and vin:
            found = next(
                (v for tail, v in self._without_vin.items() if len(tail) >= 6 and vin.endswith(tail)), None
            )
        return found


def _only_once(line: Line, first_lines: dict[str, int]) -> Line | Rejected:
    key = line.vin or line.stock_number.upper()
    first = first_lines.setdefault(key, line.number)
    if first != line.number:
        return Rejected(number=line.number, vin=line.vin, reason=f"the same car as in line {first}")
    return line


def _reject(comparison: Comparison, rejected: Rejected) -> None:
    comparison.findings.append(
        Finding(
            number=rejected.number,
            verdict=Verdict.REJECTED,
            vin=rejected.vin,
            what="",
            remarks=(rejected.reason,),
        )
    )


def _weigh(comparison: Comparison, line: Line, vehicle: Vehicle | None, *, source: str) -> None:
    line.extras[FEED] = source
    if vehicle is None:
        comparison.added.append(line)
        _report(comparison, line, Verdict.ADDED)
        return
    changes = _changes(line, vehicle)
    if changes:
        comparison.changed.append((vehicle, changes))
    told = [f"{name.replace('_', ' ')}: {getattr(vehicle, name)} → {value}" for name, value in changes.items()
            if name != "extras"]  # fmt: skip
    _report(comparison, line, Verdict.CHANGED if changes else Verdict.SAME, *told)


def _changes(line: Line, vehicle: Vehicle) -> dict[str, Any]:
    new = {**line.columns, "extras": line.extras}
    if vehicle.status in OURS_TO_SAY:
        if new["status"] != vehicle.status:
            line.notes.append(f"{vehicle.status.value.lower()} here, which the list does not know; kept")
        del new["status"]
    if not new["vin"]:
        del new["vin"]
    return {name: value for name, value in new.items() if getattr(vehicle, name) != value}


def _report(comparison: Comparison, line: Line, verdict: Verdict, *told: str) -> None:
    what = " ".join(str(line.columns.get(name) or "") for name in ("year", "make", "model", "trim")).strip()
    remarks = (*told, *line.notes)
    comparison.findings.append(
        Finding(number=line.number, verdict=verdict, vin=line.vin, what=what, remarks=remarks)
    )


def _miss(comparison: Comparison, missing: Iterable[Vehicle], *, source: str) -> None:
    for vehicle in missing:
        if _from(vehicle, source):
            comparison.gone.append(vehicle)
            what = f"{vehicle.year or ''} {vehicle.make} {vehicle.model} {vehicle.trim}".strip()
            comparison.findings.append(Finding(number=0, verdict=Verdict.GONE, vin=vehicle.vin, what=what))


def _from(vehicle: Vehicle, source: str) -> bool:
    may_go = vehicle.status in (VehicleStatus.IN_TRANSIT, VehicleStatus.IN_STOCK)
    return may_go and (vehicle.extras or {}).get(FEED) == source
