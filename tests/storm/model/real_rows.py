"""What the real server has come to, in the columns that the model has too."""

from typing import Any

from server.customers.model import ContactPoint, Customer
from server.drives.model import TestDrive
from server.follow_ups.model import FollowUp
from server.kernel.model import Alias, Receipt
from server.leads.model import Lead
from server.sales.model import LossApplication, Sale
from server.sync.model import HandedOver
from server.visits.model import Visit

COMPARED = {
    "customers": (
        Customer,
        {"owner_id": "ownerId", "merged_into_id": "mergedIntoId", "is_active": "isActive"},
    ),
    "leads": (Lead, {"owner_id": "ownerId", "status": "status", "customer_id": "customerId"}),
    "visits": (Visit, {"customer_id": "customerId"}),
    "testDrives": (TestDrive, {"vehicle_id": "vehicleId", "lead_id": "leadId", "status": "status"}),
    "lossApplications": (LossApplication, {"lead_id": "leadId", "status": "status"}),
    "sales": (Sale, {"lead_id": "leadId", "vehicle_id": "vehicleId"}),
    "contactPoints": (ContactPoint, {"customer_id": "customerId", "value": "value"}),
    "followUps": (FollowUp, {"lead_id": "leadId", "status": "status", "owner_id": "ownerId"}),
}

Compared = dict[str, dict[str, tuple[str | None, ...]]]


async def real_rows() -> Compared:
    """`{collection: {id: values}}`, in the order of `COMPARED`; and what merged ids mean, as `aliases`."""
    found: Compared = {}
    for name, (model, columns) in COMPARED.items():
        rows = await model.filter(id__isnull=False).values_list("id", *columns)
        found[name] = {str(id): tuple(_said(value) for value in values) for id, *values in rows}
    aliases = await Alias.filter(old_id__isnull=False).values_list("old_id", "new_id")
    found["aliases"] = {str(old): (str(new),) for old, new in aliases}
    return found


def foreseen_rows(state: Any) -> Compared:
    found: Compared = {}
    for name, (_, columns) in COMPARED.items():
        rows = state.rows.get(name, {})
        found[name] = {
            id: tuple(_said(row[column]) for column in columns.values()) for id, row in rows.items()
        }
    found["aliases"] = {old: (new,) for old, new in state.aliases.items()}
    return found


def differences(real: Compared, foreseen: Compared) -> dict[str, Any]:
    """Of follow-ups only those that a person planned: the server's own have ids of its own."""
    told = {}
    for name, wanted in foreseen.items():
        there = real[name]
        ids = (
            {*wanted, *there}
            if name != "followUps"
            else {id for id in wanted if id in there or _is_made_here(id)}
        )
        other = {id: (there.get(id), wanted.get(id)) for id in ids if there.get(id) != wanted.get(id)}
        if other:
            told[name] = other
    return told


async def ledger() -> dict[str, tuple[str, int | None, Any]]:
    """All that the real server has judged of tablets: outcome, number, and what was typed where it was refused."""
    rows = await Receipt.filter(store_id__isnull=False)
    return {str(row.client_mutation_id): (row.outcome, row.client_seq, row.input) for row in rows}


async def handed_over() -> list[tuple[str, str]]:
    return [(str(row.kind.value), row.verb) for row in await HandedOver.filter(ending=None)]


def _is_made_here(id: str) -> bool:
    return id.startswith("00000000-0000-7000-8000-")


def _said(value: Any) -> str | None:
    return None if value is None else str(value)
