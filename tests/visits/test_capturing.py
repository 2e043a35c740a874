"""A walk-in is captured: whatever it meets, the visit counts, the owner keeps the lead, nothing typed is lost."""

from datetime import timedelta

import schema.mutations.customers
import schema.mutations.visits  # noqa: F401
from schema.inputs import Car, NextStep
from server.customers.model import ContactPoint, Customer
from server.follow_ups.model import FollowUp, FollowUpKind, FollowUpStatus
from server.kernel.ids import new_id
from server.kernel.model import Alias
from server.leads.model import Lead, LeadStatus, Level, Stage, Touch, TouchKind
from server.people.model import Person
from server.visits.model import Party, Visit, VisitKind
from tests.conftest import Hands
from tests.past import written

PHONE = "(212) 555-0134"
E164 = "+12125550134"


async def test_a_new_walk_in_is_a_visit_a_customer_a_lead_and_a_next_step(hand: Hands, clock) -> None:
    sam = await hand("sam")
    visit_id, customer_id, lead_id, step_id = (new_id() for _ in range(4))

    said = await sam.does(
        "captureWalkIn", visit_id=visit_id, customer_id=customer_id, lead_id=lead_id, name="Anna Müller",
        phone=PHONE, party=Party.COUPLE, level=Level.A, wanted=[Car(make="Volkswagen", model="ID.4")],
        next_step=NextStep(follow_up_id=step_id, due_at=clock.now + timedelta(days=1), note="about the ID.4"),
    )  # fmt: skip

    assert (said.outcome, said.id) == ("APPLIED", visit_id)
    visit, customer, lead = await Visit.get(), await Customer.get(), await Lead.get()
    assert (visit.kind, visit.customer_id, visit.lead_id) == (VisitKind.FIRST_FILED, customer_id, lead_id)
    assert (customer.name, customer.owner_id, customer.is_active) == ("Anna Müller", sam.actor.id, True)
    assert (await ContactPoint.get()).value == E164
    assert (lead.level, lead.stage, lead.owner_id) == (Level.A, Stage.VISITED, sam.actor.id)
    assert lead.wanted == [{"make": "Volkswagen", "model": "ID.4"}]
    step = await FollowUp.get(status=FollowUpStatus.OPEN)
    assert (step.id, step.kind) == (step_id, FollowUpKind.CALL)
    assert lead.next_step_at == step.due_at


async def test_a_number_is_enough_and_stands_for_the_name(hand: Hands) -> None:
    sam = await hand("sam")

    said = await sam.does("captureWalkIn", phone=PHONE)

    assert said.outcome == "APPLIED"
    assert (await Customer.get()).name == "+1 212-555-0134"
    assert await FollowUp.filter(status=FollowUpStatus.OPEN).count() == 1


async def test_a_visit_that_was_greeted_is_the_one_that_is_filed(hand: Hands) -> None:
    rita, sam = await hand("rita"), await hand("sam")
    greeted = await rita.does("greetVisit", note="couple, red jacket")

    await sam.does("captureWalkIn", visit_id=greeted.id, name="Li Wei", phone=PHONE, note="wants a boot")

    visit = await Visit.get()
    assert visit.note == "couple, red jacket\nwants a boot"
    assert (visit.greeted_by_id, visit.served_by_id) == (rita.actor.id, sam.actor.id)


async def test_nobody_with_a_name_looked_and_was_not_filed(hand: Hands) -> None:
    sam = await hand("sam")

    await sam.does(
        "captureWalkIn", note="tall man", wanted=[Car(make="Volkswagen", model="Golf", color="red")]
    )

    visit = await Visit.get()
    assert visit.kind == VisitKind.LOOKED_NOT_FILED
    assert visit.note == "tall man\nVolkswagen Golf red"
    assert await Customer.all().count() == 0


async def test_a_name_without_a_number_is_kept_but_not_filed(hand: Hands) -> None:
    sam = await hand("sam")

    await sam.does("captureWalkIn", name="Li Wei")

    assert (await Visit.get()).kind == VisitKind.LOOKED_NOT_FILED
    assert await Lead.all().count() == 1


async def test_what_the_desk_captures_lies_in_the_pool(hand: Hands) -> None:
    rita, sam = await hand("rita"), await hand("sam")
    await rita.does("captureWalkIn", name="Li Wei", phone=PHONE)
    assert (await Lead.get()).owner_id is None

    said = await sam.does("captureWalkIn", phone=PHONE)

    assert said.outcome == "MERGED"
    assert (await Lead.get()).owner_id == sam.actor.id
    assert (await Customer.get()).owner_id == sam.actor.id
    assert (await FollowUp.filter(status=FollowUpStatus.OPEN).first()).owner_id == sam.actor.id


async def test_two_who_filed_one_person_offline_lose_nothing(hand: Hands, clock) -> None:
    """The server's order decides; both visits count; the owner reads what the other typed."""
    sam, sue = await hand("sam"), await hand("sue")
    await sam.does("captureWalkIn", name="Li Wei", phone=PHONE)
    lead = await Lead.get()
    typed = {"customer_id": new_id(), "lead_id": new_id(), "contact_point_id": new_id()}

    said = await sue.does(
        "captureWalkIn", **typed, name="Mr Li", phone="212 555 0134", note="brings a dog", level=Level.H,
        wanted=[Car(make="Volkswagen", model="Tiguan")], rivals=[Car(make="Audi", model="Q5")],
        next_step=NextStep(follow_up_id=new_id(), due_at=clock.now + timedelta(days=2), note="call at noon"),
    )  # fmt: skip

    assert said.outcome == "MERGED"
    assert said.verdict.aliases[str(typed["lead_id"])] == str(lead.id)
    assert await Alias.filter(old_id__in=list(typed.values())).count() == 3
    assert await Visit.filter(customer_id=lead.customer_id).count() == 2
    after = await Lead.get()
    assert (after.owner_id, after.level, after.wanted) == (sam.actor.id, Level.N, [])
    told = await Touch.get(kind=TouchKind.NOTE)
    assert told.about["code"] == "CAPTURED_AGAIN" and told.about["by"] == str(sue.actor.id)
    assert told.about["name"] == "Mr Li" and told.about["level"] == "H"
    assert told.about["wanted"] == [{"make": "Volkswagen", "model": "Tiguan"}]
    assert told.about["nextStep"]["note"] == "call at noon"
    assert await Touch.filter(text="brings a dog", kind=TouchKind.VISIT).count() == 1


async def test_what_comes_after_a_merged_capture_reaches_the_record_that_is_there(hand: Hands) -> None:
    sam = await hand("sam")
    await sam.does("captureWalkIn", name="Li Wei", phone=PHONE)
    there = await Customer.get()
    twice = new_id()
    await sam.does("captureWalkIn", customer_id=twice, phone=PHONE)

    said = await sam.does("addOwnedCar", customer_id=twice, make="Volkswagen", model="Polo", plate="ab-12 cd")

    assert said.outcome == "APPLIED"
    assert await Customer.all().count() == 1
    assert said.id and (await there.__class__.get()).id == there.id


async def test_who_was_lost_comes_back_to_the_same_salesperson(hand: Hands) -> None:
    sam, sue = await hand("sam"), await hand("sue")
    await sam.does("captureWalkIn", name="Li Wei", phone=PHONE)
    await written(Lead.all()).update(status=LeadStatus.LOST)
    await written(FollowUp.all()).update(status=FollowUpStatus.CANCELLED)
    lead_id = new_id()

    said = await sue.does("captureWalkIn", lead_id=lead_id, phone=PHONE, level=Level.B)

    assert said.outcome == "MERGED"
    again = await Lead.get(id=lead_id)
    assert (again.status, again.owner_id, again.level) == (LeadStatus.OPEN, sam.actor.id, Level.B)
    assert await FollowUp.filter(lead_id=lead_id, status=FollowUpStatus.OPEN).count() == 1
    assert await Touch.filter(lead_id=lead_id, kind=TouchKind.NOTE).count() == 1


async def test_the_lead_of_a_leaver_goes_to_who_captures_it(hand: Hands) -> None:
    sam, sue = await hand("sam"), await hand("sue")
    await sam.does("captureWalkIn", name="Li Wei", phone=PHONE)
    await written(Lead.all()).update(status=LeadStatus.LOST)
    await written(Person.filter(id=sam.actor.id)).update(active=False)

    await sue.does("captureWalkIn", phone=PHONE)

    assert (await Lead.get(status=LeadStatus.OPEN)).owner_id == sue.actor.id
    assert (await Customer.get()).owner_id == sue.actor.id


async def test_the_second_visit_is_a_return(hand: Hands, clock) -> None:
    sam = await hand("sam")
    await sam.does("captureWalkIn", name="Li Wei", phone=PHONE)
    customer = await Customer.get()
    clock.pass_(days=2)

    said = await sam.does("captureWalkIn", customer_id=customer.id, level=Level.H)

    visit = await Visit.get(id=said.id)
    assert visit.kind == VisitKind.RETURN
    assert (await Lead.get()).level == Level.H


async def test_who_was_on_file_and_never_came_is_already_filed(hand: Hands, clock) -> None:
    sam = await hand("sam")
    await sam.does("captureWalkIn", name="Li Wei", phone=PHONE)
    await written(Visit.all()).delete()
    clock.pass_(days=2)

    await sam.does("captureWalkIn", phone=PHONE)

    assert (await Visit.get()).kind == VisitKind.FIRST_ALREADY_FILED


async def test_a_visit_that_a_colleague_completed_meanwhile_stays_theirs(hand: Hands) -> None:
    rita, sam, sue = await hand("rita"), await hand("sam"), await hand("sue")
    greeted = await rita.does("greetVisit")
    await sam.does("captureWalkIn", visit_id=greeted.id, name="Li Wei", phone=PHONE)

    said = await sue.does(
        "captureWalkIn", visit_id=greeted.id, name="Chen Jing", phone="212 555 0135", note="his wife"
    )

    assert said.outcome == "MERGED"
    visit = await Visit.get()
    assert (await Customer.get(id=visit.customer_id)).name == "Li Wei"
    hers = await Lead.get(owner_id=sue.actor.id)
    assert hers.stage == Stage.VISITED
    assert await Touch.filter(lead_id=hers.id, text="his wife").count() == 1


async def test_someone_elses_customer_does_not_exist_when_chosen_by_id(hand: Hands) -> None:
    sam, sue = await hand("sam"), await hand("sue")
    await sam.does("captureWalkIn", name="Li Wei", phone=PHONE)
    his = await Customer.get()

    said = await sue.does("captureWalkIn", customer_id=his.id, note="came again")

    assert (said.code, said.field) == ("NOT_FOUND", "customerId")
    assert await Visit.all().count() == 1


async def test_a_phone_that_is_no_phone_refuses_the_capture_and_changes_nothing(hand: Hands) -> None:
    sam = await hand("sam")

    said = await sam.does("captureWalkIn", name="Li Wei", phone="ask his wife")

    assert (said.code, said.field, said.facts) == ("INVALID_PHONE", "phone", {"given": "ask his wife"})
    assert await Visit.all().count() == 0


async def test_a_customer_who_wants_no_contact_can_still_walk_in(hand: Hands, clock) -> None:
    sam = await hand("sam")
    await sam.does("captureWalkIn", name="Li Wei", phone=PHONE)
    customer = await Customer.get()
    await sam.does("setDoNotContact", customer_id=customer.id, do_not_contact=True)

    said = await sam.does(
        "captureWalkIn", phone=PHONE,
        next_step=NextStep(follow_up_id=new_id(), due_at=clock.now + timedelta(days=1)),
    )  # fmt: skip

    assert said.outcome == "MERGED"
    kinds = await FollowUp.filter(status=FollowUpStatus.OPEN).values_list("kind", flat=True)
    assert set(kinds) == {FollowUpKind.OTHER}


async def test_a_program_captures_and_another_showroom_keeps_its_own_record(hand: Hands) -> None:
    """One identity in the group, a record per showroom, never merged."""
    iris, roy = await hand("iris"), await hand("roy")
    await iris.does("captureWalkIn", name="Li Wei", phone=PHONE)

    said = await roy.does("captureWalkIn", name="Wei Li", phone=PHONE)

    assert said.outcome == "APPLIED"
    one, other = await Customer.all()
    assert one.showroom_id != other.showroom_id
    assert one.identity_id == other.identity_id


async def test_a_couple_filed_on_one_visit_is_one_visit_of_the_first(hand: Hands, clock) -> None:
    """The kind that counts stays that of whose visit it is."""
    sam = await hand("sam")
    wife = new_id()
    await sam.does("captureWalkIn", customer_id=wife, name="Chen Jing", phone="212 555 0135")
    clock.pass_(days=1)
    greeted = await sam.does("greetVisit")
    await sam.does("captureWalkIn", visit_id=greeted.id, name="Li Wei", phone=PHONE)

    await sam.does("captureWalkIn", visit_id=greeted.id, customer_id=wife, note="came along")

    visit = await Visit.get(id=greeted.id)
    assert visit.kind == VisitKind.FIRST_FILED
    assert (await Customer.get(id=visit.customer_id)).name == "Li Wei"
    assert await Touch.filter(customer_id=wife, kind=TouchKind.VISIT).count() == 2
