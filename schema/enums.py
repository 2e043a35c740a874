"""The server's enumerations, under the names that GraphQL gives them."""

import strawberry

from server.customers.model import Channel, ContactKind, CustomerKind, Purpose
from server.drives.model import DriveStatus
from server.follow_ups.model import FollowUpKind, FollowUpStatus, Reason
from server.kernel.actor import Role
from server.leads.model import LeadStatus, Level, Outcome, Stage, TouchKind
from server.sales.model import LossReason, LossStatus
from server.vehicles.model import Condition, VehicleStatus
from server.visits.model import Party, VisitKind

strawberry.enum(Role, description="What a person may do in a showroom.")
strawberry.enum(CustomerKind, description="Organisations have no birthday.")
strawberry.enum(ContactKind, description="PHONE is E.164, EMAIL an address, WECHAT an id.")
strawberry.enum(Channel, description="By which way we reach out.")
strawberry.enum(Purpose, description="What a consent is for: the live deal, or marketing.")
strawberry.enum(Condition, description="Of a car.")
strawberry.enum(VehicleStatus, description="GONE: no longer in the dealer's list, and sold by nobody here.")
strawberry.enum(
    Level,
    description="How soon the customer will order: H within 7 days, A 15, B 30, C three months, NURTURE half "
    "a year; N is new, O ordered, D delivered, T cancelled.",
)
strawberry.enum(Stage, description="How far the road has been walked.")
strawberry.enum(LeadStatus, description="NOT_NOW sleeps until its revive date; it is not a loss.")
strawberry.enum(TouchKind, description="What happened; NOTE is no contact.")
strawberry.enum(
    Outcome, name="TouchOutcome", description="What came of a touch, or of a follow-up done by one."
)
strawberry.enum(FollowUpKind, description="What is to be done.")
strawberry.enum(FollowUpStatus, description="DONE has an outcome; CANCELLED was not needed.")
strawberry.enum(Reason, name="FollowUpReason", description="Why a follow-up is due.")
strawberry.enum(DriveStatus, name="TestDriveStatus", description="BOOKED and OUT hold the slot.")
strawberry.enum(
    VisitKind,
    description="FIRST_FILED left a phone, LOOKED_NOT_FILED did not, FIRST_ALREADY_FILED was known; RETURN came "
    "before; NOT_A_BUYER has an errand; NOT_COMPLETED: nobody has said yet.",
)
strawberry.enum(Party, description="How many came in.")
strawberry.enum(LossReason, description="Why a lead is given up; RIVAL names which.")
strawberry.enum(LossStatus, description="APPLIED waits for a manager.")

__all__ = [
    "Channel", "Condition", "ContactKind", "CustomerKind", "DriveStatus", "FollowUpKind", "FollowUpStatus",
    "LeadStatus", "Level", "LossReason", "LossStatus", "Outcome", "Party", "Purpose", "Reason", "Role",
    "Stage", "TouchKind", "VehicleStatus", "VisitKind",
]  # fmt: skip
