"""A customer's record is edited by several people at once, and no value is overwritten in silence."""

from datetime import date
from itertools import permutations
from uuid import UUID

import pytest

from schema.mutations.customers import CustomerFields
from server.customers.model import Customer
from server.kernel.ids import new_id
from server.kernel.model import AuditRecord, Receipt
from server.leads.model import Touch, TouchKind
from server.people.model import Person
from tests.cast import Clock
from tests.conftest import Hand, Hands
from tests.customers.filing import filed


async def test_what_was_seen_is_changed_and_only_that(hand: Hands) -> None:
    sam = await hand("sam")
    id = await filed(sam)

    said = await sam.does(
        "editCustomer", id=id, seen=CustomerFields(name="Li Wei"), append_note="likes blue",
        set=CustomerFields(name="Li Wěi", birthday=date(1990, 2, 3)), add_tags=["vip"],
    )  # fmt: skip

    customer = await Customer.get()
    assert said.outcome == "APPLIED"
    assert (customer.name, customer.name_folded) == ("Li Wěi", "li wei")
    assert (customer.birthday, customer.tags, customer.note) == (date(1990, 2, 3), ["vip"], "likes blue")


async def test_null_empties_a_field_and_absent_leaves_it(hand: Hands) -> None:
    sam = await hand("sam")
    id = await filed(sam)
    await sam.does("editCustomer", id=id, set=CustomerFields(birthday=date(1990, 2, 3), address="12 Elm"))

    await sam.does(
        "editCustomer",
        id=id,
        seen=CustomerFields(birthday=date(1990, 2, 3)),
        set=CustomerFields(birthday=None),
    )

    customer = await Customer.get()
    assert (customer.birthday, customer.address) == (None, "12 Elm")


async def test_of_two_edits_the_later_stands_and_the_other_goes_to_the_timeline_with_its_author(
    hand: Hands,
) -> None:
    sam, max = await hand("sam"), await hand("max")
    id = await filed(sam)
    saw = CustomerFields(address="")
    await sam.does("editCustomer", id=id, seen=saw, set=CustomerFields(address="12 Elm"))

    said = await max.does("editCustomer", id=id, seen=saw, set=CustomerFields(address="34 Oak"))

    assert said.outcome == "MERGED"
    assert (await Customer.get()).address == "34 Oak"
    told = await Touch.get(kind=TouchKind.NOTE)
    assert told.about == {
        "code": "EDIT_CONFLICT", "field": "address", "kept": "34 Oak", "keptBy": str(max.actor.id),
        "lost": "12 Elm", "lostBy": str(sam.actor.id),
    }  # fmt: skip


async def test_in_any_order_three_people_lose_no_value_of_one_field(hand: Hands) -> None:
    """I5: every value ever written stands, is in the timeline, or was before the eyes of who replaced it."""
    people = [await hand(name) for name in ("sam", "max", "rita")]
    id = await filed(people[0])
    orders = set(permutations([0, 0, 1, 1, 2, 2]))
    by_who_comes_first = sorted(o for o in orders if list(dict.fromkeys(o)) == [0, 1, 2])
    for number, order in enumerate(by_who_comes_first):
        await _play(people, id, order, str(number))


async def _play(people: list[Hand], id: UUID, order: tuple[int, ...], story: str) -> None:
    """Each person's first turn reads the field and the second writes it."""
    seen: dict[int, str] = {}
    written, replaced_knowingly = [], []
    for who in order:
        if who not in seen:
            seen[who] = (await Customer.get()).address
            continue
        value = f"{story}/{who}"
        await people[who].does(
            "editCustomer", id=id, seen=CustomerFields(address=seen[who]), set=CustomerFields(address=value)
        )
        written.append(value)
        replaced_knowingly.append(seen[who])
    lost = {t.about["lost"] for t in await Touch.filter(kind=TouchKind.NOTE)}
    stands = (await Customer.get()).address
    assert {v for v in written if v not in (stands, *replaced_knowingly)} <= lost


async def test_notes_and_tags_of_two_are_both_kept(hand: Hands) -> None:
    sam, max = await hand("sam"), await hand("max")
    id = await filed(sam)

    await sam.does("editCustomer", id=id, append_note="has a dog", add_tags=["dog"])
    said = await max.does(
        "editCustomer", id=id, append_note="pays cash", add_tags=["cash"], remove_tags=["x"]
    )

    customer = await Customer.get()
    assert said.outcome == "APPLIED"
    assert (customer.note, customer.tags) == ("has a dog\npays cash", ["dog", "cash"])


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"set": CustomerFields(birthday=date(2090, 1, 1))}, "INVALID_BIRTHDAY", "set.birthday"),
        ({"set": CustomerFields(name="  ")}, "TEXT_MISSING", "set.name"),
        ({"set": CustomerFields(name=None)}, "TEXT_MISSING", "set.name"),
        ({"set": CustomerFields(name="x" * 161)}, "TEXT_TOO_LONG", "set.name"),
        ({"append_note": "x" * 10_000_000}, "TEXT_TOO_LONG", "appendNote"),
        ({"add_tags": ["x" * 41]}, "TEXT_TOO_LONG", "addTags"),
        ({"add_tags": [str(n) for n in range(51)]}, "OUT_OF_RANGE", "addTags"),
    ],
)
async def test_a_bad_edit_is_refused_whole_and_kept_with_its_input(
    hand: Hands, values: dict, code: str, field: str
) -> None:
    sam = await hand("sam")
    id = await filed(sam)
    before = await Customer.get().values()
    mutation = new_id()

    said = await sam.does("editCustomer", again=mutation, id=id, **values)

    assert (said.outcome, said.code, said.field) == ("REFUSED", code, field)
    assert await Customer.get().values() == before
    assert (await Receipt.get(client_mutation_id=mutation)).input is not None


@pytest.mark.parametrize("who", ["sue", "roy", "otto"])
async def test_whom_one_does_not_see_one_does_not_edit(hand: Hands, who: str) -> None:
    sam, other = await hand("sam"), await hand(who)
    id = await filed(sam)

    said = await other.does("editCustomer", id=id, set=CustomerFields(name="Mine"))

    assert (said.code, said.field) == ("NOT_FOUND", "id")


async def test_a_program_edits_nobody(hand: Hands) -> None:
    sam, iris = await hand("sam"), await hand("iris")
    id = await filed(sam)

    assert (await iris.does("editCustomer", id=id, set=CustomerFields(name="X"))).code == "NOT_ALLOWED"


async def test_an_edit_is_in_the_audit_with_before_and_after(hand: Hands, clock: Clock) -> None:
    sam = await hand("sam")
    id = await filed(sam)

    await sam.does(
        "editCustomer", id=id, seen=CustomerFields(name="Li Wei"), set=CustomerFields(name="Li Na"),
        happened_at=clock.now,
    )  # fmt: skip

    record = await AuditRecord.filter(verb="editCustomer").first()
    [change] = record.changes
    assert record.person_id == (await Person.get(name="Sam Seller")).id
    assert (change["before"]["name"], change["after"]["name"]) == ("Li Wei", "Li Na")
