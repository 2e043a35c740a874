"""Somebody came in: one tap counts them, anyone completes it later."""

import pytest

import schema.mutations.customers
import schema.mutations.visits  # noqa: F401
from server.customers.model import Customer
from server.kernel.ids import new_id
from server.leads.model import Lead, Stage, Touch
from server.visits import queries
from server.visits.model import Party, Visit, VisitKind
from server.visits.rules import Errand, kind_of
from tests.cast import CAST, Clock
from tests.conftest import Hands

PHONE = "(212) 555-0134"


async def test_one_tap_counts_a_walk_in(hand: Hands, clock: Clock) -> None:
    sam = await hand("sam")

    said = await sam.does("greetVisit")

    visit = await Visit.get()
    assert (said.outcome, visit.kind, visit.party) == ("APPLIED", VisitKind.NOT_COMPLETED, Party.ONE)
    assert (visit.arrived_at, visit.source_id) == (clock.now, CAST.sources["walk_in"])


async def test_an_anonymous_visit_is_everybodys_until_it_has_a_customer(hand: Hands) -> None:
    rita, sam, sue, roy = [await hand(name) for name in ("rita", "sam", "sue", "roy")]
    greeted = await rita.does("greetVisit")

    async def seers() -> list[bool]:
        return [
            await queries.visible_to(h.actor).filter(id=greeted.id).exists() for h in (sam, sue, rita, roy)
        ]

    assert await seers() == [True, True, True, False]
    await sam.does("captureWalkIn", visit_id=greeted.id, name="Li Wei", phone=PHONE)
    assert await seers() == [True, False, True, False]


async def test_an_errand_is_completed_without_a_customer(hand: Hands) -> None:
    rita = await hand("rita")
    greeted = await rita.does("greetVisit")

    await rita.does("completeVisit", id=greeted.id, kind=VisitKind.NOT_A_BUYER, errand=Errand.SERVICE)

    visit = await Visit.get()
    assert (visit.kind, visit.errand, visit.completed_by_id) == ("NOT_A_BUYER", "SERVICE", rita.actor.id)


async def test_completed_by_two_is_merged_and_keeps_both_notes(hand: Hands) -> None:
    rita, sam = await hand("rita"), await hand("sam")
    greeted = await rita.does("greetVisit", note="blue coat")
    await sam.does("completeVisit", id=greeted.id, kind=VisitKind.LOOKED_NOT_FILED, note="only looked")

    said = await rita.does("completeVisit", id=greeted.id, kind=VisitKind.NOT_A_BUYER, note="paid an invoice")

    visit = await Visit.get()
    assert said.outcome == "MERGED"
    assert visit.kind == VisitKind.LOOKED_NOT_FILED
    assert visit.note == "blue coat\nonly looked\npaid an invoice"


async def test_who_completed_it_may_correct_it(hand: Hands) -> None:
    sam = await hand("sam")
    greeted = await sam.does("greetVisit")
    await sam.does("completeVisit", id=greeted.id, kind=VisitKind.LOOKED_NOT_FILED)

    await sam.does("completeVisit", id=greeted.id, kind=VisitKind.NOT_A_BUYER, errand=Errand.PAPERWORK)

    assert (await Visit.get()).kind == VisitKind.NOT_A_BUYER


async def test_a_completed_visit_carries_the_lead_and_is_in_the_timeline_once(
    hand: Hands, clock: Clock
) -> None:
    sam = await hand("sam")
    await sam.does("captureWalkIn", name="Li Wei", phone=PHONE)
    lead = await Lead.get()
    clock.pass_(days=3)
    greeted = await sam.does("greetVisit")

    for _ in range(2):
        await sam.does("completeVisit", id=greeted.id, kind=VisitKind.FIRST_FILED, lead_id=lead.id)

    visit = await Visit.get(id=greeted.id)
    assert (visit.kind, visit.customer_id) == (VisitKind.RETURN, lead.customer_id)
    assert await Touch.filter(lead_id=lead.id, kind="VISIT").count() == 2
    assert (await Lead.get()).stage == Stage.VISITED


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"kind": VisitKind.NOT_COMPLETED}, "VISIT_KIND_MISSING"),
        ({"kind": VisitKind.FIRST_FILED}, "CUSTOMER_MISSING"),
        ({"kind": VisitKind.LOOKED_NOT_FILED, "errand": Errand.SERVICE}, "ERRAND_OF_A_BUYER"),
        ({"kind": VisitKind.NOT_A_BUYER, "note": "x" * 10_001}, "TEXT_TOO_LONG"),
        ({"kind": VisitKind.RETURN, "customer_id": new_id()}, "NOT_FOUND"),
        ({"kind": VisitKind.RETURN, "lead_id": new_id()}, "NOT_FOUND"),
    ],
)
async def test_a_completion_that_says_nothing_true_is_refused(hand: Hands, values: dict, code: str) -> None:
    sam = await hand("sam")
    greeted = await sam.does("greetVisit")

    said = await sam.does("completeVisit", id=greeted.id, **values)

    assert said.code == code
    assert (await Visit.get()).completed_at is None


async def test_a_visit_of_another_showroom_does_not_exist(hand: Hands) -> None:
    sam, roy = await hand("sam"), await hand("roy")
    greeted = await sam.does("greetVisit")

    said = await roy.does("completeVisit", id=greeted.id, kind=VisitKind.LOOKED_NOT_FILED)
    captured = await roy.does("captureWalkIn", visit_id=greeted.id, name="Li Wei")

    assert (said.code, captured.code) == ("NOT_FOUND", "ID_TAKEN")
    assert await Customer.all().count() == 0


async def test_a_source_of_another_showroom_does_not_exist(hand: Hands) -> None:
    roy = await hand("roy")

    said = await roy.does("greetVisit", source_id=CAST.sources["web"])

    assert (said.code, said.field) == ("NOT_FOUND", "sourceId")


async def test_leaving_is_said_once_and_never_before_arriving(hand: Hands, clock: Clock) -> None:
    sam = await hand("sam")
    greeted = await sam.does("greetVisit")
    clock.pass_(minutes=40)
    await sam.does("leaveVisit", id=greeted.id)
    left = (await Visit.get()).left_at
    clock.pass_(minutes=5)

    said = await sam.does("leaveVisit", id=greeted.id)

    visit = await Visit.get()
    assert (said.outcome, visit.left_at) == ("MERGED", left)
    assert left > visit.arrived_at


async def test_a_program_greets_nobody(hand: Hands) -> None:
    iris = await hand("iris")

    assert (await iris.does("greetVisit")).code == "NOT_ALLOWED"


@pytest.mark.parametrize(
    ("is_new", "has_phone", "came_before", "kind"),
    [
        (True, True, False, VisitKind.FIRST_FILED),
        (True, False, False, VisitKind.LOOKED_NOT_FILED),
        (False, True, False, VisitKind.FIRST_ALREADY_FILED),
        (False, False, True, VisitKind.RETURN),
        (True, True, True, VisitKind.RETURN),
    ],
)
def test_the_facts_decide_what_a_visit_counts_as(
    is_new: bool, has_phone: bool, came_before: bool, kind: VisitKind
) -> None:
    assert kind_of(is_new=is_new, has_phone=has_phone, came_before=came_before) == kind
