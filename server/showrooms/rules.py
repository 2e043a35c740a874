"""What a showroom may decide for itself, and within which bounds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from server.kernel.actor import Actor
from server.kernel.refused import Refused
from server.showrooms.model import Showroom

SIGHTS = ("OWN", "SHOWROOM")
CADENCE = MappingProxyType({"N": 3, "H": 1, "A": 3, "B": 7, "C": 15, "NURTURE": 90, "O": 3})
"""Days between two follow-ups, per level."""

CADENCE_BOUNDS = MappingProxyType({
    "N": (1, 15), "H": (1, 2), "A": (1, 4), "B": (1, 7), "C": (1, 15), "NURTURE": (30, 180), "O": (1, 3),
})  # fmt: skip
BOUNDS = MappingProxyType({
    "first_contact_hours": (1, 72),
    "drive_minutes": (10, 240),
    "drive_buffer_minutes": (0, 120),
    "no_show_minutes": (10, 480),
    "happened_at_days": (1, 30),
    "window_days": (30, 365),
    "idle_lock_seconds": (30, 3600),
    "offline_lease_hours": (1, 72),
    "ownership_days": (7, 90),
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Policies:
    """A showroom's rules as data. `sight` is whether salespeople see their OWN customers or the SHOWROOM's."""

    sight: str = "OWN"
    cadence: Mapping[str, int] = field(default_factory=lambda: CADENCE)
    first_contact_hours: int = 24
    drive_minutes: int = 30
    drive_buffer_minutes: int = 15
    no_show_minutes: int = 60
    happened_at_days: int = 30
    window_days: int = 90
    idle_lock_seconds: int = 300
    offline_lease_hours: int = 12
    ownership_days: int = 30


def policies_of(showroom: Showroom) -> Policies:
    """The defaults with the showroom's own differences; what is unknown or out of bounds counts for nothing."""
    kept = {_snake(name): value for name, value in (showroom.policies or {}).items()}
    names = {f.name for f in fields(Policies)}
    known = {name: value for name, value in kept.items() if name in names and _fault(name, value) is None}
    if "cadence" in known:
        known["cadence"] = MappingProxyType({**CADENCE, **known["cadence"]})
    return Policies(**known)


def may_change_policies(actor: Actor, showroom: Showroom) -> bool:
    return actor.manages(showroom.id)


def changed_policies(before: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """`before` with `changes` (camelCase names; None returns to the default).

    Refuses UNKNOWN_POLICY and OUT_OF_RANGE with the policy as the field.
    """
    after = dict(before)
    for name, value in changes.items():
        if value is None:
            after.pop(name, None)
            continue
        refusal = _fault(_snake(name), value)
        if refusal:
            raise refusal
        after[name] = {**before.get(name, {}), **value} if name == "cadence" else value
    return after


def _fault(name: str, value: Any) -> Refused | None:
    if name == "sight":
        return None if value in SIGHTS else Refused("UNKNOWN_POLICY", "sight", policy=str(value))
    if name == "cadence":
        return _cadence_fault(value)
    if name in BOUNDS:
        return _range_fault(value, _camel(name), BOUNDS[name])
    return Refused("UNKNOWN_POLICY", _camel(name), policy=_camel(name))


def _cadence_fault(days: Any) -> Refused | None:
    if not isinstance(days, Mapping):
        return Refused("UNKNOWN_POLICY", "cadence", policy="cadence")
    for level, value in days.items():
        if level not in CADENCE_BOUNDS:
            return Refused("UNKNOWN_POLICY", f"cadence.{level}", policy=str(level))
        fault = _range_fault(value, f"cadence.{level}", CADENCE_BOUNDS[level])
        if fault:
            return fault
    return None


def _range_fault(value: Any, name: str, bounds: tuple[int, int]) -> Refused | None:
    least, most = bounds
    whole = isinstance(value, int) and not isinstance(value, bool)
    return None if whole and least <= value <= most else Refused("OUT_OF_RANGE", name, least=least, most=most)


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)
