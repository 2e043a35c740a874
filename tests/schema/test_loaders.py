"""Loaders read once for many, and never show what was before a verb."""

from tortoise.expressions import Q

from schema.context import Context
from schema.loaders import Children
from server.customers.model import Customer
from server.kernel.keyset import Key
from server.leads.model import Lead
from tests.cast import CAST, Clock
from tests.counting import statements
from tests.past import written
from tests.schema.reading import file_customer, named, open_lead

NEWEST = (Key(column="opened_at", descending=True), Key(column="id", descending=True))


async def context_of(who: str) -> Context:
    return Context(clock=Clock(), address="test", cookies={}, actor=await CAST.actor(who))


async def test_a_row_is_read_once_and_again_after_a_verb(harbour):
    ann = await file_customer("Ann")
    context = await context_of("max")

    with statements() as sent:
        before = await context.loaders.one(Customer, ann.id)
        assert await context.loaders.one(Customer, ann.id) is before
    await written(Customer.filter(id=ann.id)).update(name="Anna")
    await context.row(Customer, ann.id)
    after = await context.loaders.one(Customer, ann.id)

    assert len(sent) == 1
    assert (before.name, after.name) == ("Ann", "Anna")


async def test_each_operation_reads_for_itself(harbour):
    ann = await file_customer("Ann")
    socket = await context_of("max")
    await socket.loaders.one(Customer, ann.id)
    await written(Customer.filter(id=ann.id)).update(name="Anna")

    assert (await socket.for_operation().loaders.one(Customer, ann.id)).name == "Anna"


async def test_rows_come_in_the_order_asked_for_with_gaps_where_nothing_is_seen(harbour):
    ann, bob = await file_customer("Ann", owner="sam"), await file_customer("Bob", owner="sue")
    context = await context_of("sam")

    found = await context.loaders.each([(Customer, bob.id), (Customer, named("nobody")), (Customer, ann.id)])

    assert [row and row.name for row in found] == [None, None, "Ann"]


async def test_children_asked_for_in_different_ways_are_kept_apart(harbour):
    ann = await file_customer("Ann")
    for n in range(3):
        await open_lead(ann, name=str(n), status="OPEN" if n == 1 else "LOST")
    loaders = (await context_of("max")).loaders

    def leads(**how: object) -> Children:
        return Children(model=Lead, by="customer_id", keys=NEWEST, **how)  # type: ignore[arg-type]

    everything = await loaders.many(leads(), ann.id)
    two = await loaders.many(leads(first=2), ann.id)
    is_open = await loaders.many(leads(where=(("status", "OPEN"),)), ann.id)
    none = await loaders.many(leads(since="x"), ann.id, after=Q(id__in=[]))

    assert [len(found) for found in (everything, two, is_open, none)] == [3, 2, 1, 0]
    assert two == everything[:2]
