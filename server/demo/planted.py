"""Cases that somebody should find: two filed the same customer, an order past the owner, a STOP, an erasure."""

from collections.abc import Iterator
from datetime import timedelta

from server.customers.model import Channel, Consent, Purpose
from server.demo.floor import Floor
from server.demo.morning import recent
from server.follow_ups.model import FollowUpKind, Reason
from server.kernel.ids import id_of
from server.kernel.model import Entity
from server.leads.model import Level, Outcome, TouchKind


def roads(floor: Floor) -> Iterator[list[Entity]]:
    if floor.place.code != "audi":
        yield from _collisions(floor)
    if floor.place.code == "vw":
        yield _stopped(floor)
        yield _wants_to_be_forgotten(floor)
        yield from _skating(floor)


def _collisions(floor: Floor) -> Iterator[list[Entity]]:
    """One a week here, one at the other showroom: a colleague filed the same number offline."""
    for week in range(floor.days // 7):
        first, second = floor.dice.sample(floor.cast.sellers[:-2], 2)
        road, story = recent(floor, first, days_ago=3 + 7 * week, level=Level.B)
        again = road.lead.opened_at + timedelta(minutes=34)
        about = {"code": "CAPTURED_AGAIN", "by": str(second.id), "owner": str(first.id)}
        text = "Filed at the coffee bar, looks at colours."
        road.touch(TouchKind.NOTE, again, text=text, about=about, by=second.id, direction="IN")
        story.next_call(max(again, floor.now - timedelta(days=1)), days=2, reason=Reason.AFTER_VISIT)
        yield road.rows()


def _stopped(floor: Floor) -> list[Entity]:
    road, story = recent(floor, floor.cast.sellers[0], days_ago=11, level=Level.C)
    customer, at = road.customer, floor.now - timedelta(days=2)
    customer.do_not_contact = True
    road.touch(TouchKind.CALL, at, text="STOP, said on the phone: no calls, no messages.", direction="IN",
               outcome=Outcome.REACHED)  # fmt: skip
    for channel in (Channel.CALL, Channel.MESSAGE, Channel.EMAIL):
        road.add(
            Consent(
                id=id_of("demo", str(customer.id), "stop", channel),
                showroom_id=floor.id,
                customer_id=customer.id,
                channel=channel,
                purpose=Purpose.MARKETING,
                given=False,
                source="phone",
                wording="2026-1",
                proof="Said on the phone.",
                recorded_by_id=road.lead.owner_id,
                happened_at=at,
                recorded_at=at,
            )
        )
    story.next_call(floor.now, days=10, reason=Reason.PLANNED, kind=FollowUpKind.OTHER)
    return road.rows()


def _wants_to_be_forgotten(floor: Floor) -> list[Entity]:
    road, story = recent(floor, floor.cast.sellers[3], days_ago=30, level=Level.C)
    road.customer.tags = ["erasure-requested"]
    road.customer.note = "Asked by e-mail to be erased; answer due within 30 days."
    road.touch(TouchKind.EMAIL, floor.now - timedelta(days=4), text="Please delete everything you have about me.",
               direction="IN")  # fmt: skip
    story.next_call(floor.now, days=5, reason=Reason.PLANNED)
    return road.rows()


def _skating(floor: Floor) -> Iterator[list[Entity]]:
    """The first seller's customer; days later a colleague files the spouse from the same address and sells."""
    first, second = floor.cast.sellers[4], floor.cast.sellers[5]
    owned, story = recent(floor, first, days_ago=20, level=Level.A)
    owned.customer.address = "4418 Juniper St, Harbor City, CA 90710"
    story.next_call(floor.now, days=1, reason=Reason.CADENCE)
    skated, theirs = recent(floor, second, days_ago=6, level=Level.H)
    skated.customer.address, skated.customer.family_name = owned.customer.address, owned.customer.family_name
    skated.customer.name = f"{skated.customer.given_name} {owned.customer.family_name}"
    theirs.ending.order(floor.now - timedelta(days=4), returning=False)
    yield owned.rows()
    yield skated.rows()
