"""What holds in the showroom itself, whoever did what: by SQL, past the server's own code."""

from collections import defaultdict
from datetime import datetime
from types import SimpleNamespace

from server.kernel.audit import audit_hash
from server.settings import Settings
from tests.storm.broken import keep
from tests.storm.ledger import Ledger, Row, ask

SOUND = {
    "I18 (one car, one drive)": """
        SELECT a.id, b.id AS other, a.vehicle_id, a.starts_at, a.ends_at, b.starts_at AS other_starts_at
        FROM test_drives a JOIN test_drives b ON a.vehicle_id = b.vehicle_id AND a.id < b.id
        WHERE a.status IN ('BOOKED', 'OUT') AND b.status IN ('BOOKED', 'OUT')
          AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at""",
    "I19 (sold once)": """
        SELECT vehicle_id, count(*) AS sales FROM sales
        WHERE vehicle_id IS NOT NULL AND cancelled_at IS NULL GROUP BY vehicle_id HAVING count(*) > 1""",
    "I19 (one open lead of a customer)": """
        SELECT customer_id, showroom_id, count(*) AS leads FROM leads
        WHERE status IN ('OPEN', 'NOT_NOW') GROUP BY customer_id, showroom_id HAVING count(*) > 1""",
    "I22 (no open lead without a next step)": """
        SELECT l.* FROM leads l WHERE l.status IN ('OPEN', 'NOT_NOW') AND NOT EXISTS (
            SELECT 1 FROM follow_ups f WHERE f.lead_id = l.id AND f.status = 'OPEN')""",
    "I22 (the next step is the first)": """
        SELECT l.id, l.next_step_at FROM leads l WHERE l.status IN ('OPEN', 'NOT_NOW') AND l.next_step_at <> (
            SELECT min(f.due_at) FROM follow_ups f WHERE f.lead_id = l.id AND f.status = 'OPEN')""",
    "I7 (nothing builds on what was refused)": """
        SELECT t.id, t.lead_id FROM touches t JOIN refused_creations r ON t.lead_id = r.entity_id""",
    "the feed points to every change": """
        SELECT h.id, h.number FROM scope_heads h WHERE h.number > 0 AND h.number < 1000000000 AND h.number <> (
            SELECT max(e.number) FROM feed_entries e WHERE e.scope_id = h.id)""",
}


async def the_showroom_is_sound(settings: Settings) -> None:
    for promise, sql in SOUND.items():
        found = await ask(settings, sql)
        keep(promise, not found, found[:3])
    for table in (
        "leads",
        "touches",
        "follow_ups",
        "contact_points",
        "promises",
        "sales",
        "visits",
        "test_drives",
    ):
        strays = await ask(settings, f"SELECT t.* FROM {table} t JOIN aliases a ON t.customer_id = a.old_id")
        keep("I8 (the old id means the new one)", not strays, lambda t=table, s=strays: [t, s[:2]])


def the_audit_is_whole(ledger: Ledger) -> None:
    """Each record's hash is right, and leads from one to the next up to the head."""
    chains: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for row in ledger.audits:
        keep("the audit's chain", row["previous_hash"] not in chains[row["scope_id"]], lambda r=row: r)
        said = SimpleNamespace(**{**row, "recorded_at": datetime.fromisoformat(row["recorded_at"])})
        keep("the audit's hashes", audit_hash(said) == row["hash"], lambda r=row: r)  # type: ignore[arg-type]
        chains[row["scope_id"]][row["previous_hash"]] = row
    for scope_id, chain in chains.items():
        at, length = "", 0
        while at in chain:
            at, length = chain[at]["hash"], length + 1
        whole = length == len(chain) and at == ledger.heads[scope_id]["audit_hash"]
        keep("the audit's chain", whole, lambda s=scope_id, n=length, c=chain: [s, n, len(c)])
