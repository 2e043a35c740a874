"""How the stories of reads speak: who asks what, and rows that were there before."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from graphql import GraphQLError

from schema import build_schema
from schema.context import Context
from server.customers.model import ContactKind, ContactPoint, Customer
from server.customers.names import keys_of
from server.follow_ups.model import FollowUp, Reason
from server.kernel.actor import Actor
from server.kernel.ids import id_of
from server.kernel.refused import Refused
from server.leads.model import Lead, Touch, TouchKind
from tests.cast import CAST, NOW, Clock


@dataclass
class Asked:
    data: Any
    errors: list[GraphQLError]

    @property
    def code(self) -> str | None:
        if not self.errors:
            return None
        cause = self.errors[0].original_error
        return cause.code if isinstance(cause, Refused) else (self.errors[0].extensions or {}).get("code")


async def ask(who: str | Actor | None, query: str, **variables: Any) -> Asked:
    """`who` is one of the cast, or nobody."""
    actor = await CAST.actor(who) if isinstance(who, str) else who
    context = Context(clock=Clock(), address="test", cookies={}, actor=actor)
    result = await build_schema().execute(query, variable_values=variables, context_value=context)
    return Asked(result.data, list(result.errors or []))


async def told(who: str | Actor, query: str, **variables: Any) -> Any:
    """What the query gives when nothing goes wrong."""
    asked = await ask(who, query, **variables)
    assert not asked.errors, asked.errors
    return asked.data


def named(name: str) -> UUID:
    """The same id for the same name, so that stories can speak of rows by name."""
    return id_of("story", name)


async def file_customer(
    name: str, *, owner: str | None = None, showroom: str = "harbour", phone: str = "", **columns: Any
) -> Customer:
    folded, pinyin, initials = keys_of(name)
    values: dict[str, Any] = {
        "id": named(name), "identity_id": named(name), "showroom_id": CAST.showrooms[showroom], "name": name,
        "owner_id": CAST.people[owner] if owner else None, "last_active_on": NOW.date(), "created_at": NOW,
        "updated_at": NOW, "name_folded": folded, "pinyin": pinyin, "pinyin_initials": initials,
    }  # fmt: skip
    customer = await Customer.create(**(values | columns))
    if phone:
        await ContactPoint.create(
            id=named(f"phone of {name}"), showroom_id=customer.showroom_id, customer_id=customer.id,
            kind=ContactKind.PHONE, value=phone, typed=phone, reversed_value=phone[::-1],
        )  # fmt: skip
    return customer


async def open_lead(customer: Customer, *, name: str = "", **columns: Any) -> Lead:
    values: dict[str, Any] = {
        "id": named(f"lead {name or customer.name}"), "showroom_id": customer.showroom_id,
        "customer_id": customer.id, "owner_id": customer.owner_id, "currency": "USD", "opened_at": NOW,
        "next_step_at": NOW, "updated_at": NOW,
    }  # fmt: skip
    return await Lead.create(**(values | columns))


async def plan(lead: Lead, name: str, *, hours: int = 1, **columns: Any) -> FollowUp:
    due = NOW + timedelta(hours=hours)
    values: dict[str, Any] = {
        "id": named(name), "showroom_id": lead.showroom_id, "customer_id": lead.customer_id, "lead_id": lead.id,
        "owner_id": lead.owner_id, "reason": Reason.PLANNED, "due_at": due, "first_due_at": due,
        "created_at": NOW,
    }  # fmt: skip
    return await FollowUp.create(**(values | columns))


async def touch(customer: Customer, name: str, *, hours: int = 0, lead: Lead | None = None) -> Touch:
    at = NOW + timedelta(hours=hours)
    return await Touch.create(
        id=named(name), showroom_id=customer.showroom_id, customer_id=customer.id, kind=TouchKind.CALL,
        lead_id=lead.id if lead else None, text=name, happened_at=at, recorded_at=at,
    )  # fmt: skip
