"""The stories' own word for "somebody is on file"."""

from typing import Any
from uuid import UUID

import schema.mutations.customers
import schema.mutations.visits  # noqa: F401
from server.kernel.ids import new_id
from tests.conftest import Hand

PHONE = "(212) 555-0134"
E164 = "+12125550134"


async def filed(hand: Hand, name: str = "Li Wei", phone: str = PHONE, **more: Any) -> UUID:
    """The id of a customer captured by `hand`."""
    customer_id = new_id()
    said = await hand.does("captureWalkIn", customer_id=customer_id, name=name, phone=phone, **more)
    assert said.outcome == "APPLIED", said.verdict
    return customer_id
