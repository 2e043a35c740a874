"""The list of leads: its filters and orders."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import orjson
from pypika_tortoise.functions import Cast, Lower
from pypika_tortoise.terms import Term
from tortoise.expressions import F, Function, Q, Subquery
from tortoise.queryset import QuerySet

from server.customers import listing as customers
from server.kernel.actor import Actor
from server.kernel.keyset import Key, Order
from server.leads import queries
from server.leads.model import UNSETTLED, Lead, LeadStatus, Level, Stage

BY_URGENCY = tuple(level.value for level in (Level.H, Level.A, Level.B, Level.N, Level.C)) + tuple(
    level.value for level in (Level.NURTURE, Level.O, Level.D, Level.T)
)
_NEWEST = Key(column="opened_at", descending=True)
ORDERS = {
    "NEXT_STEP": Order("NEXT_STEP", (Key(column="next_step_at", nullable=True),)),
    "NEWEST": Order("NEWEST", (_NEWEST,)),
    "LAST_TOUCH": Order("LAST_TOUCH", (Key(column="last_touch_at", descending=True, nullable=True),)),
    "LEVEL": Order("LEVEL", (Key(column="level", ranks=BY_URGENCY), _NEWEST)),
}


class _LowerText(Lower):
    def __init__(self, term: Term) -> None:
        super().__init__(Cast(term, "TEXT"))


class _Written(Function):
    """A JSON column as text in lower case."""

    database_func = _LowerText


def listed(
    actor: Actor,
    *,
    now: datetime,
    showroom_id: UUID | None = None,
    owner: UUID | None = None,
    owner_ids: Sequence[UUID] | None = None,
    pool: bool | None = None,
    level: Sequence[Level] | None = None,
    status: Sequence[LeadStatus] | None = None,
    stage: Sequence[Stage] | None = None,
    overdue: bool | None = None,
    source: UUID | None = None,
    model: str | None = None,
    text: str | None = None,
) -> QuerySet[Lead]:
    """`overdue`: unsettled, and its next step was due before `now`. `model`: among the wanted cars, in any
    case. `text`: the customer's name, its sound, or the tail of a phone."""
    rows = queries.visible_to(actor)
    exact = {
        "showroom_id": showroom_id, "owner_id": owner, "owner_id__in": owner_ids, "level__in": level,
        "status__in": status, "stage__in": stage, "source_id": source, "owner_id__isnull": pool,
    }  # fmt: skip
    rows = rows.filter(
        **{k: v if isinstance(v, bool | UUID) else list(v) for k, v in exact.items() if v is not None}
    )
    if overdue is not None:
        late = Q(status__in=list(UNSETTLED)) & Q(next_step_at__lt=now)
        rows = (
            rows.filter(late)
            if overdue
            else rows.filter(~Q(status__in=list(UNSETTLED)) | Q(next_step_at__gte=now))
        )
    if model:
        rows = _wanting(rows, model)
    if text:
        found = customers.listed(actor, showroom_id=showroom_id, text=text)
        rows = rows.filter(customer_id__in=Subquery(found.values("id")))
    return rows


def _wanting(rows: QuerySet[Lead], model: str) -> QuerySet[Lead]:
    # JSON is kept as text on SQLite and as jsonb on PostgreSQL, which writes a blank after the colon.
    name = orjson.dumps(model.strip().lower()).decode()
    rows = rows.annotate(wanted_text=_Written(F("wanted")))
    return rows.filter(
        Q(wanted_text__contains=f'"model":{name}') | Q(wanted_text__contains=f'"model": {name}')
    )
