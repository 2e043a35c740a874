"""Mutations of customers: the record, how they are reached, what surrounds them, what they agreed to."""

from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

import strawberry

from schema.verbs import VerbInput, verb
from server.customers import belongings, consents, contacts
from server.customers.model import (
    Channel,
    Consent,
    ContactKind,
    ContactPoint,
    Customer,
    CustomerKind,
    CustomerMerge,
    OwnedCar,
    Purpose,
    Relation,
)
from server.customers.rules import RelationKind
from server.kernel.work import Work
from server.sales import merging
from server.visits import customer_records

strawberry.enum(RelationKind, description="What the customer is to the other: SPOUSE, PARENT, …")


@strawberry.input(description="Only the fields that are meant; null empties one.")
class CustomerFields:
    kind: CustomerKind | None = strawberry.UNSET
    name: str | None = strawberry.UNSET
    given_name: str | None = strawberry.UNSET
    family_name: str | None = strawberry.UNSET
    language: str | None = strawberry.UNSET
    birthday: date | None = strawberry.UNSET
    address: str | None = strawberry.UNSET
    note: str | None = strawberry.UNSET


@strawberry.input
class EditCustomerInput(VerbInput):
    id: UUID
    seen: CustomerFields | None = strawberry.field(
        default=None, description="The values of the fields in `set` that the writer had before them."
    )
    set: CustomerFields | None = None
    add_tags: list[str] = strawberry.field(default_factory=list)
    remove_tags: list[str] = strawberry.field(default_factory=list)
    append_note: str = ""


@verb(EditCustomerInput, returns="customer", model=Customer)
async def edit_customer(work: Work, input: EditCustomerInput) -> Customer:
    """Changes fields three ways. Where somebody else changed one too it is MERGED: this value stands, the
    other goes to the timeline with its author."""
    return await customer_records.edit_customer(
        work, customer_id=input.id, seen=_said(input.seen), wanted=_said(input.set),
        add_tags=input.add_tags, remove_tags=input.remove_tags, append_note=input.append_note,
    )  # fmt: skip


@strawberry.input
class AddContactPointInput(VerbInput):
    id: UUID
    customer_id: UUID
    kind: ContactKind
    value: str
    preferred: bool = False


@verb(AddContactPointInput, returns="contact_point", model=ContactPoint, creates=["id"])
async def add_contact_point(work: Work, input: AddContactPointInput) -> ContactPoint:
    """Adds a phone, e-mail or WeChat id. One that is there already is MERGED."""
    return await customer_records.add_contact_point(
        work, id=input.id, customer_id=input.customer_id, kind=input.kind, value=input.value,
        preferred=input.preferred,
    )  # fmt: skip


@strawberry.input
class ChangeContactPointInput(VerbInput):
    id: UUID
    seen: str | None = strawberry.field(
        default=None, description="The value that the writer had before them."
    )
    value: str | None = None
    preferred: bool | None = None
    reachable: bool | None = None


@verb(ChangeContactPointInput, returns="contact_point", model=ContactPoint)
async def change_contact_point(work: Work, input: ChangeContactPointInput) -> ContactPoint:
    """Changes one contact point; what is null stays as it is."""
    return await customer_records.change_contact_point(
        work, id=input.id, seen=input.seen, value=input.value, preferred=input.preferred,
        reachable=input.reachable,
    )  # fmt: skip


@strawberry.input
class RemoveContactPointInput(VerbInput):
    id: UUID


@verb(RemoveContactPointInput, returns="contact_point", model=ContactPoint)
async def remove_contact_point(work: Work, input: RemoveContactPointInput) -> ContactPoint:
    """Takes a contact point out of use; it is kept for the record."""
    return await contacts.remove_contact_point(work, id=input.id)


@strawberry.input
class AddOwnedCarInput(VerbInput):
    id: UUID
    customer_id: UUID
    make: str
    model: str = ""
    year: int | None = None
    plate: str = ""
    vin: str = ""
    mileage: int | None = None


@verb(AddOwnedCarInput, returns="owned_car", model=OwnedCar, creates=["id"])
async def add_owned_car(work: Work, input: AddOwnedCarInput) -> OwnedCar:
    """Notes a car that the customer drives today."""
    return await belongings.add_owned_car(
        work, id=input.id, customer_id=input.customer_id, make=input.make, model=input.model,
        year=input.year, plate=input.plate, vin=input.vin, mileage=input.mileage,
    )  # fmt: skip


@strawberry.input
class RemoveOwnedCarInput(VerbInput):
    id: UUID


@verb(RemoveOwnedCarInput, returns="owned_car", model=OwnedCar)
async def remove_owned_car(work: Work, input: RemoveOwnedCarInput) -> OwnedCar:
    """Takes a car off the customer's list."""
    return await belongings.remove_owned_car(work, id=input.id)


@strawberry.input
class RelateCustomersInput(VerbInput):
    id: UUID
    customer_id: UUID
    other_id: UUID
    kind: RelationKind


@verb(RelateCustomersInput, returns="relation", model=Relation, creates=["id"])
async def relate_customers(work: Work, input: RelateCustomersInput) -> Relation:
    """Says what one customer is to another."""
    return await belongings.relate(
        work, id=input.id, customer_id=input.customer_id, other_id=input.other_id, kind=input.kind
    )


@strawberry.input
class JoinHouseholdInput(VerbInput):
    customer_id: UUID
    household_id: UUID = strawberry.field(description="Of one that exists, or of a new one.")
    name: str = strawberry.field(default="", description="Of a new one; by default the customer's own.")


@verb(JoinHouseholdInput, returns="customer", model=Customer, creates=["household_id"])
async def join_household(work: Work, input: JoinHouseholdInput) -> Customer:
    """Puts the customer into a household. An order of one stops the cadences of all."""
    return await belongings.join_household(
        work, customer_id=input.customer_id, household_id=input.household_id, name=input.name
    )


@strawberry.input
class MergeCustomersInput(VerbInput):
    id: UUID = strawberry.field(description="Of the merge, by which it can be undone.")
    customer_id: UUID = strawberry.field(description="The record that stays.")
    merged_id: UUID = strawberry.field(description="The record that becomes the other.")


@verb(MergeCustomersInput, returns="customer_merge", model=CustomerMerge, creates=["id"])
async def merge_customers(work: Work, input: MergeCustomersInput) -> CustomerMerge:
    """Makes two records one. For managers; it can be undone."""
    return await merging.merge_customers(
        work, id=input.id, customer_id=input.customer_id, merged_id=input.merged_id
    )


@strawberry.input
class UnmergeCustomersInput(VerbInput):
    id: UUID = strawberry.field(description="Of the merge.")


@verb(UnmergeCustomersInput, returns="customer_merge", model=CustomerMerge)
async def unmerge_customers(work: Work, input: UnmergeCustomersInput) -> CustomerMerge:
    """Undoes a merge: what came along goes back. For managers."""
    return await merging.unmerge_customers(work, id=input.id)


@strawberry.input
class GiveConsentInput(VerbInput):
    id: UUID
    customer_id: UUID
    channel: Channel
    purpose: Purpose
    source: str = strawberry.field(description="Where it was said: TABLET, PHONE, SMS, …")
    wording: str = strawberry.field(description="The version of the text that they agreed to.")
    proof: str = ""
    expires_on: date | None = None


@verb(GiveConsentInput, returns="consent", model=Consent, creates=["id"])
async def give_consent(work: Work, input: GiveConsentInput) -> Consent:
    """Records a yes for a channel and a purpose."""
    return await consents.give_consent(
        work, id=input.id, customer_id=input.customer_id, channel=input.channel, purpose=input.purpose,
        source=input.source, wording=input.wording, proof=input.proof, expires_on=input.expires_on,
    )  # fmt: skip


@strawberry.input
class WithdrawConsentInput(VerbInput):
    id: UUID
    customer_id: UUID
    channel: Channel
    purpose: Purpose
    source: str
    wording: str = ""
    proof: str = ""


@verb(WithdrawConsentInput, returns="consent", model=Consent, creates=["id"])
async def withdraw_consent(work: Work, input: WithdrawConsentInput) -> Consent:
    """Records a no for a channel and a purpose; it holds at once."""
    return await customer_records.withdraw_consent(
        work, id=input.id, customer_id=input.customer_id, channel=input.channel, purpose=input.purpose,
        source=input.source, wording=input.wording, proof=input.proof,
    )  # fmt: skip


@strawberry.input
class SetDoNotContactInput(VerbInput):
    customer_id: UUID
    do_not_contact: bool


@verb(SetDoNotContactInput, returns="customer", model=Customer)
async def set_do_not_contact(work: Work, input: SetDoNotContactInput) -> Customer:
    """Do-not-contact beats every cadence, campaign and export, at once."""
    return await customer_records.set_do_not_contact(
        work, customer_id=input.customer_id, do_not_contact=input.do_not_contact
    )


def _said(given: CustomerFields | None) -> dict[str, Any]:
    """The fields that were named, by column."""
    if given is None:
        return {}
    named = ((f.name, getattr(given, f.name)) for f in fields(given))
    return {name: value for name, value in named if value is not strawberry.UNSET}
