"""What the lists of a showroom can be narrowed to, what the search finds, and what the day's plan says."""

from datetime import date, timedelta

import pytest

from server.customers.missing import Missing, missing
from server.customers.model import Channel, Consent, Customer, OwnedCar, Purpose
from server.follow_ups.model import Reason
from server.leads.model import LeadStatus, Level, Stage
from server.people.model import Person
from server.showrooms.model import Showroom
from server.vehicles.model import Vehicle
from tests.cast import CAST, NOW
from tests.past import written
from tests.schema.reading import ask, file_customer, named, open_lead, plan, told
from tests.schema.stories import a_busy_customer


async def names(who: str, filter: str, *, order: str = "NEWEST") -> list[str]:
    query = f"{{ leads(filter: {{{filter}}}, orderBy: {order}) {{ nodes {{ customer {{ name }} }} }} }}"
    return [lead["customer"]["name"] for lead in (await told(who, query))["leads"]["nodes"]]


@pytest.fixture
async def leads(harbour):
    ann = await file_customer("Ann Archer", owner="sam", phone="+12025550101")
    bob = await file_customer("Bob Baker", owner="sue", phone="+12025550102")
    wei = await file_customer("王伟", phone="+8613800138000")
    await open_lead(
        ann, level=Level.H, stage=Stage.VISITED, next_step_at=NOW - timedelta(minutes=1), opened_at=NOW,
        wanted=[{"make": "Volkswagen", "model": "Golf"}], source_id=CAST.sources["web"],
    )  # fmt: skip
    await open_lead(
        bob, level=Level.B, next_step_at=NOW + timedelta(days=1), opened_at=NOW - timedelta(days=1),
        wanted=[{"make": "Volkswagen", "model": 'ID.4 "GTX"'}], source_id=CAST.sources["walk_in"],
    )  # fmt: skip
    await open_lead(
        wei, status=LeadStatus.LOST, next_step_at=None, opened_at=NOW - timedelta(days=2),
        wanted=[{"make": "大众", "model": "途观 L"}],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        ("", ["Ann Archer", "Bob Baker", "王伟"]),
        ("level: [H, B]", ["Ann Archer", "Bob Baker"]),
        ("level: []", []),
        ("status: [LOST]", ["王伟"]),
        ("stage: [VISITED]", ["Ann Archer"]),
        ("overdue: true", ["Ann Archer"]),
        ("overdue: false", ["Bob Baker", "王伟"]),
        ("pool: true", ["王伟"]),
        ("pool: false", ["Ann Archer", "Bob Baker"]),
        ('model: "golf"', ["Ann Archer"]),
        ('model: "id.4 \\"gtx\\""', ["Bob Baker"]),
        ('model: "途观 L"', ["王伟"]),
        ('model: "途"', []),
        ('model: "%"', []),
        ('text: "arch"', ["Ann Archer"]),
        ('text: "cher"', []),
        ('text: "archer"', ["Ann Archer"]),
        ('text: "0102"', ["Bob Baker"]),
        ('text: "wangwei"', ["王伟"]),
        ('text: "ww"', ["王伟"]),
        ('text: "伟"', []),
        ('text: "王"', ["王伟"]),
        ('text: "a"', []),
    ],
)
async def test_leads_are_narrowed_by_what_a_showroom_asks_for(leads, filter, expected):
    assert await names("max", filter) == expected


async def test_leads_are_narrowed_by_person_source_and_showroom(leads):
    sam, sue, web = CAST.people["sam"], CAST.people["sue"], CAST.sources["web"]

    assert await names("max", f'owner: "{sam}"') == ["Ann Archer"]
    assert await names("max", f'ownerIds: ["{sam}", "{sue}"]') == ["Ann Archer", "Bob Baker"]
    assert await names("max", f'source: "{web}"') == ["Ann Archer"]
    assert await names("max", f'showroomId: "{CAST.showrooms["riverside"]}"') == []


async def test_a_late_next_step_is_not_late_when_the_lead_is_lost(leads):
    customer = await file_customer("Lost Louis")
    await open_lead(customer, status=LeadStatus.LOST, next_step_at=NOW - timedelta(days=3))

    assert "Lost Louis" not in await names("max", "overdue: true")


async def test_customers_and_cars_are_narrowed(leads):
    async def found(field: str, filter: str) -> list[str]:
        column = "name" if field == "customers" else "model"
        query = f"{{ {field}(filter: {{{filter}}}) {{ nodes {{ {column} }} }} }}"
        return [row[column] for row in (await told("max", query))[field]["nodes"]]

    assert await found("customers", "pool: true") == ["王伟"]
    assert await found("customers", f'owner: "{CAST.people["sam"]}"') == ["Ann Archer"]
    assert await found("customers", "kind: ORGANISATION") == []
    assert await found("customers", 'text: "bob"') == ["Bob Baker"]
    assert await found("vehicles", "status: [DEMO]") == ["Golf", "Tiguan"]
    assert await found("vehicles", 'make: "volkswagen", model: "POLO"') == ["Polo"]
    assert await found("vehicles", 'text: "260780"') == ["Polo"]
    assert await found("vehicles", "condition: USED") == []


async def test_follow_ups_and_visits_are_narrowed_by_time(harbour):
    await a_busy_customer()

    async def count(field: str, filter: str) -> int:
        found = await told("max", f"{{ {field}(filter: {{{filter}}}) {{ totalCount }} }}")
        return int(found[field]["totalCount"])

    assert await count("followUps", 'dueBefore: "2026-06-03T10:00:00Z"') == 0
    assert await count("followUps", 'dueAfter: "2026-06-03T10:00:00Z", status: [OPEN]') == 1
    assert await count("followUps", "status: [DONE]") == 0
    assert await count("visits", 'from: "2026-06-03T06:00:00Z", to: "2026-06-03T06:00:00.001Z"') == 1
    assert await count("visits", 'from: "2026-06-03T06:00:00.001Z"') == 0
    assert await count("visits", "kind: [RETURN]") == 0
    assert await count("visits", "inHouse: true") == 1
    assert await count("lossApplications", "status: [APPLIED], reason: [PRICE]") == 1


async def test_the_board_is_of_the_showrooms_own_day(harbour):
    await a_busy_customer()
    await written(Showroom.filter(id=CAST.showrooms["harbour"])).update(time_zone="Pacific/Kiritimati")

    async def on(day: str) -> int:
        query = f'{{ testDrives(filter: {{day: "{day}"}}) {{ totalCount }} }}'
        return int((await told("max", query))["testDrives"]["totalCount"])

    # 09:00 UTC is 23:00 of the same day on Kiritimati
    assert [await on("2026-06-02"), await on("2026-06-03"), await on("2026-06-04")] == [0, 1, 0]


async def test_free_slots_leave_room_around_a_drive(harbour):
    await a_busy_customer()
    query = """query S($car: UUID!) { freeSlots(vehicleId: $car, day: "2026-06-03") { startsAt }
      other: freeSlots(vehicleId: $car, day: "2026-06-07") { startsAt } }"""

    found = await told("sue", query, car=str(CAST.cars["golf"]))
    of_polo = await told("sue", query, car=str(CAST.cars["polo"]))
    of_others = await told("otto", query, car=str(CAST.cars["golf"]))

    # out from 9:00 to 9:30, and a quarter of an hour between two drivers; Sunday is closed
    assert found["freeSlots"][0] == {"startsAt": "2026-06-03T09:45:00.000Z"}
    assert found["other"] == []
    assert of_polo["freeSlots"] == of_others["freeSlots"] == []


@pytest.mark.parametrize("day", ["1999-12-31", "9999-12-31", "0001-01-01"])
async def test_a_day_out_of_our_calendar_is_refused(harbour, day):
    query = f'{{ freeSlots(vehicleId: "{CAST.cars["golf"]}", day: "{day}") {{ startsAt }} }}'
    assert (await ask("max", query)).code == "OUT_OF_RANGE"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0111", [("Customer", "PHONE")]),
        ("busy", [("Customer", "NAME")]),
        ("bb1234", [("Customer", "PLATE")]),
        ("260780", [("Customer", "VIN"), ("Vehicle", "VIN")]),
        ("V1001", [("Vehicle", "STOCK_NUMBER")]),
        ("passat", [("Vehicle", "WORDS")]),
        ("zzz", []),
        ("", []),
        ("%", []),
        ("'", []),
    ],
)
async def test_search_finds_people_and_cars_and_says_by_what(harbour, text, expected):
    await a_busy_customer()
    await written(OwnedCar.all()).update(reversed_vin="087062YHZR6ZZZWVW")
    query = (
        "query S($text: String!) { search(text: $text) { matched node { __typename ... on Node { id } } } }"
    )

    found = (await told("max", query, text=text))["search"]

    assert [(hit["node"]["__typename"], hit["matched"]) for hit in found] == expected


async def test_a_record_says_what_it_lacks(harbour):
    await a_busy_customer()
    bare = await file_customer("Bare Ben")
    query = "query M($uuid: UUID!) { customer(uuid: $uuid) { missing } }"

    of_betty = (await told("max", query, uuid=str(named("Busy Betty"))))["customer"]["missing"]
    of_ben = (await told("max", query, uuid=str(bare.id)))["customer"]["missing"]

    assert of_betty == ["EMAIL", "NAME_PARTS", "BIRTHDAY", "ADDRESS", "LANGUAGE"]
    assert of_ben == [
        "PHONE", "EMAIL", "NAME_PARTS", "BIRTHDAY", "ADDRESS", "LANGUAGE", "OWNED_CAR", "MARKETING_CONSENT",
    ]  # fmt: skip


async def test_a_withdrawn_consent_is_missing_again(harbour):
    def said(given: bool, *, days: int, **columns: object) -> Consent:
        at = NOW + timedelta(days=days)
        return Consent(
            channel=Channel.CALL, purpose=Purpose.MARKETING, given=given, recorded_at=at, **columns
        )

    def lacks(*consents: Consent) -> bool:
        customer = Customer(name="Ann", kind="PERSON")
        found = missing(customer, contact_points=[], owned_cars=[], consents=consents, today=NOW.date())
        return Missing.MARKETING_CONSENT in found

    assert lacks()
    assert not lacks(said(True, days=0))
    assert lacks(said(False, days=1), said(True, days=0))
    assert not lacks(said(True, days=1), said(False, days=0))
    assert lacks(said(True, days=0, expires_on=date(2026, 6, 2)))


async def test_the_sentence_of_a_follow_up_is_in_the_readers_language(harbour):
    customer = await file_customer("Ann", owner="sam")
    lead = await open_lead(customer)
    facts = {"level": "H", "days": 1, "on": "2026-06-01"}
    await plan(lead, "call", reason=Reason.CADENCE, reason_facts=facts)
    query = "{ followUps { nodes { why reason reasonFacts } } }"

    in_english = (await told("sam", query))["followUps"]["nodes"][0]
    await written(Person.filter(id=CAST.people["sam"])).update(language="zh-CN")
    in_chinese = (await told("sam", query))["followUps"]["nodes"][0]

    assert in_english == {
        "why": "Level H is followed up every day; last contact on 1 June",
        "reason": "CADENCE", "reasonFacts": facts,
    }  # fmt: skip
    assert in_chinese["why"] == "H 级每 1 天跟进一次,上次联系 6月1日"


async def test_the_showrooms_sources_and_colleagues_are_listed(harbour):
    query = """{ showrooms { name sources { name } } sources { code } people { name }
      sellers: people(role: SALESPERSON) { name memberships { role showroom { name } } } }"""

    found = await told("sam", query)

    assert found["showrooms"] == [{"name": "Harbour", "sources": [{"name": "Walk-in"}, {"name": "Website"}]}]
    assert [source["code"] for source in found["sources"]] == ["walk_in", "web"]
    assert len(found["people"]) == len(CAST.people) - 1
    assert [person["name"] for person in found["sellers"]] == ["Roy Riverside", "Sam Seller", "Sue Seller"]
    assert found["sellers"][0]["memberships"] == [{"role": "SALESPERSON", "showroom": None}]
    assert found["sellers"][1]["memberships"] == [{"role": "SALESPERSON", "showroom": {"name": "Harbour"}}]


async def test_cars_are_ordered_by_price_with_the_priceless_last(harbour):
    await written(Vehicle.filter(id=CAST.cars["polo"])).update(price="1000.00")
    query = "{ vehicles(orderBy: PRICE) { nodes { model price } } }"

    found = [(car["model"], car["price"]) for car in (await told("max", query))["vehicles"]["nodes"]]

    assert found[:2] == [("Polo", "1000.00"), ("Passat", "29500.00")]
    assert [price for _, price in found[2:]] == [None, None]


@pytest.mark.parametrize("text", ["x" * 5_000, "1" * 5_000, "王" * 5_000, "a\\b%_'\"", "🚗🚗", "\u202eab"])
async def test_any_text_is_searched_without_harm(harbour, text):
    query = """query S($t: String!) { search(text: $t) { matched } customers(filter: {text: $t}) { totalCount }
      leads(filter: {text: $t, model: $t}) { totalCount }
      vehicles(filter: {text: $t, make: $t, model: $t}) { totalCount } }"""

    found = await told("max", query, t=text)

    assert found["search"] == []
    assert [found[name]["totalCount"] for name in ("customers", "leads", "vehicles")] == [0, 0, 0]
