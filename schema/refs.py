"""The windows as types that may refer to one another: each is looked up when the schema is built."""

from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry

if TYPE_CHECKING:
    from schema.customer_records import Consent, ContactPoint, CustomerMerge, Household, OwnedCar, Relation
    from schema.customers import Customer
    from schema.drives import DriveAgreement, TestDrive
    from schema.follow_ups import FollowUp, Promise
    from schema.leads import Lead, StageChange, Touch
    from schema.people import Membership, Person
    from schema.sales import LossApplication, Sale
    from schema.showrooms import Showroom, Source
    from schema.timeline import TimelineConnection
    from schema.vehicles import PriceChange, Vehicle
    from schema.visits import Visit

_RECORDS = strawberry.lazy("schema.customer_records")

ConsentRef: TypeAlias = Annotated["Consent", _RECORDS]
ContactPointRef: TypeAlias = Annotated["ContactPoint", _RECORDS]
CustomerMergeRef: TypeAlias = Annotated["CustomerMerge", _RECORDS]
CustomerRef: TypeAlias = Annotated["Customer", strawberry.lazy("schema.customers")]
DriveAgreementRef: TypeAlias = Annotated["DriveAgreement", strawberry.lazy("schema.drives")]
FollowUpRef: TypeAlias = Annotated["FollowUp", strawberry.lazy("schema.follow_ups")]
HouseholdRef: TypeAlias = Annotated["Household", _RECORDS]
LeadRef: TypeAlias = Annotated["Lead", strawberry.lazy("schema.leads")]
LossApplicationRef: TypeAlias = Annotated["LossApplication", strawberry.lazy("schema.sales")]
MembershipRef: TypeAlias = Annotated["Membership", strawberry.lazy("schema.people")]
OwnedCarRef: TypeAlias = Annotated["OwnedCar", _RECORDS]
PersonRef: TypeAlias = Annotated["Person", strawberry.lazy("schema.people")]
PriceChangeRef: TypeAlias = Annotated["PriceChange", strawberry.lazy("schema.vehicles")]
PromiseRef: TypeAlias = Annotated["Promise", strawberry.lazy("schema.follow_ups")]
RelationRef: TypeAlias = Annotated["Relation", _RECORDS]
SaleRef: TypeAlias = Annotated["Sale", strawberry.lazy("schema.sales")]
ShowroomRef: TypeAlias = Annotated["Showroom", strawberry.lazy("schema.showrooms")]
SourceRef: TypeAlias = Annotated["Source", strawberry.lazy("schema.showrooms")]
StageChangeRef: TypeAlias = Annotated["StageChange", strawberry.lazy("schema.leads")]
TestDriveRef: TypeAlias = Annotated["TestDrive", strawberry.lazy("schema.drives")]
TimelineRef: TypeAlias = Annotated["TimelineConnection", strawberry.lazy("schema.timeline")]
TouchRef: TypeAlias = Annotated["Touch", strawberry.lazy("schema.leads")]
VehicleRef: TypeAlias = Annotated["Vehicle", strawberry.lazy("schema.vehicles")]
VisitRef: TypeAlias = Annotated["Visit", strawberry.lazy("schema.visits")]
