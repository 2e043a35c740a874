"""What the limit program says to the database: by hand, one or two statements an operation."""

LEAD_LIST = """
SELECT l.id, l.level, l.stage, l.status, l.opened_at, l.next_step_at, l.wanted, c.id, c.name, c.language
FROM leads l JOIN customers c ON c.id = l.customer_id
WHERE l.owner_id = ? AND l.status = 'OPEN' AND l.showroom_id = ?
ORDER BY l.opened_at DESC, l.id DESC LIMIT 51
"""
FIRST_FOLLOW_UPS = """
SELECT * FROM (
  SELECT lead_id, id, kind, reason, due_at, status,
         ROW_NUMBER() OVER (PARTITION BY lead_id ORDER BY due_at, id) AS place
  FROM follow_ups WHERE lead_id IN ({leads})
) numbered WHERE place <= 3 ORDER BY place
"""
LEAD = """
SELECT l.id, l.level, l.stage, l.status, l.opened_at, l.next_step_at, l.wanted, c.id, c.name
FROM leads l JOIN customers c ON c.id = l.customer_id
WHERE l.id = ? AND l.showroom_id = ? AND (c.owner_id = ? OR c.owner_id IS NULL)
"""
FOLLOW_UPS_OF = """
SELECT id, kind, reason, due_at, status, note FROM follow_ups WHERE lead_id = ? ORDER BY due_at, id LIMIT 20
"""
DRIVES_OF = """
SELECT d.id, d.starts_at, d.status, v.id, v.make, v.model, v.plate
FROM test_drives d JOIN vehicles v ON v.id = d.vehicle_id
WHERE d.lead_id = ? ORDER BY d.starts_at DESC, d.id DESC LIMIT 20
"""
LEADS_OF = (
    "SELECT id, status, opened_at FROM leads WHERE customer_id = ? ORDER BY opened_at DESC, id DESC LIMIT 20"
)

BY_PHONE = """
SELECT c.id, c.name FROM customers c
WHERE c.showroom_id = ? AND (c.owner_id = ? OR c.owner_id IS NULL) AND c.merged_into_id IS NULL AND c.id IN (
  SELECT customer_id FROM contact_points
  WHERE showroom_id = ? AND {prefix} AND removed_at IS NULL)
ORDER BY c.last_active_on DESC, c.id LIMIT 20
"""
BY_NAME = """
SELECT c.id, c.name FROM customers c
WHERE c.showroom_id = ? AND (c.owner_id = ? OR c.owner_id IS NULL) AND c.merged_into_id IS NULL AND c.id IN (
  SELECT id FROM customers WHERE showroom_id = ? AND {folded}
  UNION SELECT id FROM customers WHERE showroom_id = ? AND {pinyin}
  UNION SELECT id FROM customers WHERE showroom_id = ? AND {initials})
ORDER BY c.last_active_on DESC, c.id LIMIT 20
"""
CARS = """
SELECT id FROM vehicles
WHERE showroom_id = ? AND status IN ('IN_TRANSIT', 'IN_STOCK', 'DEMO', 'RESERVED')
  AND (search LIKE ? OR reversed_vin LIKE ? OR reversed_stock_number LIKE ? OR plate LIKE ?)
ORDER BY make, model, id LIMIT 20
"""

STORE = "SELECT last_seq FROM stores WHERE id = ? AND person_id = ? AND revoked_at IS NULL"
HEADS = "SELECT id, number FROM scope_heads WHERE id IN (?, ?)"

VISITS = """
SELECT served_by_id, kind, count(*) FROM visits
WHERE showroom_id = ? AND arrived_at >= ? AND arrived_at < ? GROUP BY served_by_id, kind
"""
DRIVES = """
SELECT l.owner_id, d.verified, count(*) FROM test_drives d JOIN leads l ON l.id = d.lead_id
WHERE d.showroom_id = ? AND d.out_at >= ? AND d.out_at < ? GROUP BY l.owner_id, d.verified
"""
ORDERS = """
SELECT sold_by_id, count(*), sum(CASE WHEN EXISTS (
    SELECT 1 FROM test_drives d WHERE d.lead_id = s.lead_id AND d.status = 'RETURNED') THEN 1 ELSE 0 END)
FROM sales s WHERE showroom_id = ? AND ordered_at >= ? AND ordered_at < ? GROUP BY sold_by_id
"""
LOSSES = """
SELECT applied_by_id, count(*) FROM loss_applications
WHERE showroom_id = ? AND decided_at >= ? AND decided_at < ? AND status = 'APPROVED' GROUP BY applied_by_id
"""

PHONE_KNOWN = (
    "SELECT customer_id FROM contact_points WHERE showroom_id = ? AND value = ? AND removed_at IS NULL"
)
NEW_CUSTOMER = """
INSERT INTO customers (id, showroom_id, identity_id, kind, name, given_name, family_name, language, address, note, tags,
  owner_id, do_not_contact, is_active, last_active_on, created_at, updated_at, name_folded, pinyin, pinyin_initials,
  edited_by)
VALUES (?, ?, ?, 'PERSON', ?, '', '', '', '', '', '[]', ?, {no}, {yes}, ?, ?, ?, ?, ?, ?, '{{}}')
"""
NEW_PHONE = """
INSERT INTO contact_points (id, showroom_id, customer_id, kind, value, typed, preferred, reachable, reversed_value)
VALUES (?, ?, ?, 'PHONE', ?, ?, {yes}, {yes}, ?)
"""
NEW_LEAD = """
INSERT INTO leads (id, showroom_id, customer_id, owner_id, status, level, stage, wanted, rivals, currency, opened_at,
  last_touch_at, last_meaningful_touch_at, next_step_at, updated_at)
VALUES (?, ?, ?, ?, 'OPEN', 'A', 'VISITED', ?, '[]', 'USD', ?, ?, ?, ?, ?)
"""
NEW_VISIT = """
INSERT INTO visits (id, showroom_id, customer_id, lead_id, kind, errand, party, note, greeted_by_id, served_by_id,
  arrived_at, completed_at, completed_by_id, recorded_at)
VALUES (?, ?, ?, ?, 'FIRST_FILED', '', 'ONE', '', ?, ?, ?, ?, ?, ?)
"""
NEW_TOUCH = """
INSERT INTO touches (id, showroom_id, customer_id, lead_id, kind, direction, outcome, text, person_id, happened_at,
  recorded_at)
VALUES (?, ?, ?, ?, 'VISIT', 'OUT', 'CAME_IN', '', ?, ?, ?)
"""
NEW_FOLLOW_UP = """
INSERT INTO follow_ups (id, showroom_id, customer_id, lead_id, owner_id, kind, reason, reason_facts, note, due_at,
  first_due_at, snoozed, status, created_at)
VALUES (?, ?, ?, ?, ?, 'CALL', 'PLANNED', '{{}}', '', ?, ?, 0, 'OPEN', ?)
"""
OVERLAP = """
SELECT id FROM test_drives
WHERE vehicle_id = ? AND status IN ('BOOKED', 'OUT') AND starts_at < ? AND ends_at > ? LIMIT 1
"""
OPEN_LEAD = """
SELECT l.customer_id FROM leads l JOIN customers c ON c.id = l.customer_id
WHERE l.id = ? AND l.status = 'OPEN' AND l.showroom_id = ? AND (c.owner_id = ? OR c.owner_id IS NULL)
"""
DEMO_CAR = "SELECT id FROM vehicles WHERE id = ? AND showroom_id = ? AND status = 'DEMO'"
NEW_DRIVE = """
INSERT INTO test_drives (id, showroom_id, customer_id, lead_id, vehicle_id, starts_at, ends_at, status, booked_by_id,
  booked_at, verified, cancel_reason, updated_at)
VALUES (?, ?, ?, ?, ?, ?, ?, 'BOOKED', ?, ?, {no}, '', ?)
"""
ADVANCE = "UPDATE leads SET stage = 'TEST_DRIVE_BOOKED', updated_at = ? WHERE id = ?"
