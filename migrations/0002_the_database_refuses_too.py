"""Rules that the database can hold by itself: the pen keeps them, and these indexes refuse what slips past it.

Partial unique indexes read the same on SQLite and PostgreSQL; the exclusion constraint is PostgreSQL's own.
"""

from tortoise import migrations
from tortoise.migrations import operations as ops

PARTIAL_UNIQUE = {
    "uq_leads_one_unsettled": "leads (customer_id) WHERE status IN ('OPEN', 'NOT_NOW')",
    "uq_test_drives_active_slot": "test_drives (vehicle_id, starts_at) WHERE status IN ('BOOKED', 'OUT')",
    "uq_sales_vehicle_once": "sales (vehicle_id) WHERE vehicle_id IS NOT NULL AND cancelled_at IS NULL",
    "uq_sales_lead_once": "sales (lead_id) WHERE cancelled_at IS NULL",
    "uq_loss_applications_waiting": "loss_applications (lead_id) WHERE status = 'APPLIED'",
    "uq_vehicles_vin_present": "vehicles (showroom_id, vin) WHERE vin <> '' AND status <> 'GONE'",
}


PREFIX_SEARCH = (
    "customers (showroom_id, name_folded text_pattern_ops)",
    "customers (showroom_id, pinyin text_pattern_ops)",
    "customers (showroom_id, pinyin_initials text_pattern_ops)",
    "contact_points (showroom_id, reversed_value text_pattern_ops)",
    "owned_cars (showroom_id, plate text_pattern_ops)",
    "owned_cars (showroom_id, reversed_vin text_pattern_ops)",
    "vehicles (showroom_id, reversed_vin text_pattern_ops)",
    "vehicles (showroom_id, plate text_pattern_ops)",
    "vehicles (showroom_id, reversed_stock_number text_pattern_ops)",
)
"""PostgreSQL's ordinary index serves LIKE 'abc%' only in the C locale."""


async def prefixes_are_indexed(_apps, editor) -> None:
    if editor.client.capabilities.dialect == "postgres":
        for what in PREFIX_SEARCH:
            await editor.client.execute_script(f"CREATE INDEX ON {what}")


async def no_two_drives_at_once(_apps, editor) -> None:
    if editor.client.capabilities.dialect != "postgres":
        return
    await editor.client.execute_script("CREATE EXTENSION IF NOT EXISTS btree_gist")
    await editor.client.execute_script(
        "ALTER TABLE test_drives ADD CONSTRAINT ex_test_drives_overlap EXCLUDE USING gist "
        "(vehicle_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (status IN ('BOOKED', 'OUT'))"
    )


class Migration(migrations.Migration):
    dependencies = [("models", "0001_initial")]

    operations = [
        *(
            ops.RunSQL(f"CREATE UNIQUE INDEX {name} ON {what}", reverse_sql=f"DROP INDEX {name}")
            for name, what in PARTIAL_UNIQUE.items()
        ),
        ops.RunPython(no_two_drives_at_once),
        ops.RunPython(prefixes_are_indexed),
    ]
