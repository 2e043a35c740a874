"""What a tablet has said is saved."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Acknowledged:
    """An entry of which a tablet has said that it is saved."""

    tablet: str
    entry: dict[str, Any]
    undone: bool = False
