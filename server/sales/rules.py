"""What an order and a loss must say. Plain values; no database."""

from decimal import Decimal
from uuid import UUID

from server.kernel.actor import Actor
from server.kernel.refused import Refused
from server.leads.model import LeadStatus
from server.sales.model import LossReason, LossStatus
from server.vehicles.model import VehicleStatus

MOST_MONEY = Decimal("9999999999.99")
CENT = Decimal("0.01")


def ensure_price(price: Decimal) -> Decimal:
    """More than nothing, exact to the cent; nothing is rounded away in silence."""
    if not price.is_finite() or not 0 < price <= MOST_MONEY or price != price.quantize(CENT):
        raise Refused("INVALID_PRICE", "price")
    return price.quantize(CENT)


def ensure_currency(currency: str | None, *, of_showroom: str) -> str:
    if currency and currency.strip().upper() != of_showroom:
        raise Refused("INVALID_CURRENCY", "currency", expected=of_showroom)
    return of_showroom


def ensure_for_sale(status: VehicleStatus) -> None:
    if status in (VehicleStatus.SOLD, VehicleStatus.GONE):
        raise Refused("CAR_ALREADY_SOLD", "vehicleId")


def ensure_undecided(status: LeadStatus, *, field: str = "leadId") -> None:
    """Won against lost, and won twice: who decides must first see what was decided."""
    if status in (LeadStatus.WON, LeadStatus.LOST):
        raise Refused("STAGE_CONFLICT", field, stage=str(status))


def ensure_loss(reason: LossReason, *, rival: str, evidence: str) -> None:
    if reason == LossReason.RIVAL and not rival:
        raise Refused("RIVAL_MISSING", "rival")
    if reason == LossReason.OTHER and not evidence:
        raise Refused("TEXT_MISSING", "evidence")


def ensure_waiting(status: LossStatus) -> None:
    if status != LossStatus.APPLIED:
        raise Refused("LOSS_DECIDED", "id", status=str(status))


def may_decide(actor: Actor, *, showroom_id: UUID) -> None:
    if not actor.manages(showroom_id):
        raise Refused("NOT_ALLOWED")
