"""What must be true of the showroom itself when everybody has gone quiet."""

from typing import TYPE_CHECKING, Any

from tests.storm.model.disk import Entry, Row
from tests.storm.model.leading import UNSETTLED
from tests.storm.model.moments import MINUTE
from tests.storm.model.shown import OWN_ROW

if TYPE_CHECKING:
    from tests.storm.model.state import State


def of(state: "State", acknowledged: list[Entry]) -> None:
    from tests.storm.model.promises import promised  # noqa: PLC0415

    rows = {name: list(some.values()) for name, some in state.rows.items()}
    leads = rows.get("leads", [])
    unsettled = [lead for lead in leads if lead["status"] in UNSETTLED]
    promised("I18 one car, one drive", not overlapping(rows.get("testDrives", [])), rows.get("testDrives"))
    sold = [sale["vehicleId"] for sale in rows.get("sales", []) if sale["vehicleId"]]
    promised("I19 sold once", len(sold) == len(set(sold)), sold)
    customers = [lead["customerId"] for lead in unsettled]
    promised("I19 one open lead of a customer", len(customers) == len(set(customers)), customers)
    planned = {step["leadId"] for step in rows.get("followUps", []) if step["status"] == "OPEN"}
    bare = [lead for lead in unsettled if lead["id"] not in planned]
    promised("I22 no open lead without a next step", not bare, bare)
    promised("I7 nothing builds on what was refused", not (lost := orphans(state)), lambda: lost)
    promised("I8 the old id means the new one", not (old := strays(state)), lambda: old)
    bare_refusals = [r for r in state.receipts.values() if r["outcome"] == "REFUSED" and r["input"] is None]
    promised("I1 refused, with its input", not bare_refusals, lambda: bare_refusals)
    for entry in acknowledged:
        receipt = state.receipts.get(entry["clientMutationId"])
        collection, key = OWN_ROW.get(entry["verb"], ("", ""))
        if collection and receipt and receipt["outcome"] == "APPLIED":
            is_there = entry["variables"][key] in state.rows.get(collection, {})
            promised("I1 applied is at the server", is_there, entry)
        if entry["verb"] == "editCustomer" and receipt and receipt["outcome"] != "REFUSED":
            keeps_both_versions(state, entry, acknowledged)


def overlapping(drives: list[Row]) -> list[Any]:
    booked = [drive for drive in drives if drive["status"] == "BOOKED"]
    return [
        (one, other)
        for one in booked
        for other in booked
        if one["id"] < other["id"]
        and one["vehicleId"] == other["vehicleId"]
        and one["startsAt"] < other["endsAt"] + 15 * MINUTE
        and other["startsAt"] < one["endsAt"] + 15 * MINUTE
    ]


def orphans(state: "State") -> list[Row]:
    """Rows whose lead or customer is not there."""
    leads, customers = state.rows.get("leads", {}), state.rows.get("customers", {})
    found = []
    for rows in state.rows.values():
        for row in rows.values():
            lead_id, customer_id = row.get("leadId"), row.get("customerId")
            if (lead_id and lead_id not in leads) or (customer_id and customer_id not in customers):
                found.append(row)
    return found


def strays(state: "State") -> list[Row]:
    """Rows that name an id that was merged away."""
    return [
        row
        for rows in state.rows.values()
        for row in rows.values()
        if row.get("customerId") in state.aliases or row.get("leadId") in state.aliases
    ]


def keeps_both_versions(state: "State", entry: Entry, acknowledged: list[Entry]) -> None:
    """I5: what was written stands, or was seen by whoever wrote over it, or is in the timeline. Added text: once."""
    from tests.storm.model.promises import promised  # noqa: PLC0415

    ((name, written),) = entry["variables"]["set"].items()
    customers = state.rows.get("customers", {}).values()
    added = entry["variables"]["appendNote"]
    times = sum(str(row["note"]).split("\n").count(added) for row in customers)
    promised("I2 at most once", times <= 1, [entry, times])
    promised("I1 applied is at the server", times == 1, entry)
    stands = any(row[name] == written for row in customers)
    told = any(str(touch["text"]).endswith(written) for touch in state.rows.get("touches", {}).values())
    seen = any(other["variables"].get("seen", {}).get(name) == written for other in acknowledged)
    promised("I5 both versions are kept", stands or told or seen, entry)
