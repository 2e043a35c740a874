"""The way between tablets and the server, and what may go wrong on it."""

from typing import TYPE_CHECKING

from tests.storm.model.talk import BUSY, DROPPED, FORBIDDEN, NOISE, PORTAL, SIGNED_OUT, Answer, Request

if TYPE_CHECKING:
    from tests.storm.model.history import World

UNHEARD = {
    "dropped": DROPPED, "busy": BUSY, "portal": PORTAL, "signedOut": SIGNED_OUT, "forbidden": FORBIDDEN,
    "noise": NOISE,
}  # fmt: skip
"""The server never gets the request."""

FAULTS = (*UNHEARD, "answerLost", "answerLost", "twice", "late", "slow", "killed", "cut 1", "cut 2")


class Network:
    """`late`: a request that waits in some buffer; whoever sent it believes it lost. `slow`: the last of its entries
    is not committed until the next writer comes; `killed`: nor ever."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.late: list[tuple[Request, str]] = []

    def carries(self, request: Request, person: str, fault: str = "none") -> Answer:
        server = self.world.server
        if fault in UNHEARD:
            return UNHEARD[fault]
        if fault == "late":
            self.late.append((request, person))
            return DROPPED
        if fault == "twice":
            server.answers(request, person)
        cut = int(fault[4:]) if fault.startswith("cut") else None
        answer = server.answers(request, person, cut=cut, slow=fault in ("slow", "killed"))
        if fault == "killed":
            server.is_killed()
        return DROPPED if fault in ("answerLost", "slow", "killed") or cut is not None else answer

    def delivers_late(self, *, backwards: bool) -> None:
        """Nobody waits for the answers any more."""
        late, self.late = self.late[:: -1 if backwards else 1], []
        for request, person in late:
            self.world.server.answers(request, person)
