"""What a tablet and a server say to each other, without any way of carrying it."""

from collections.abc import Generator
from typing import Any, NamedTuple


class Request(NamedTuple):
    """An operation as the real client names it (`Viewer`, `RegisterStore`, `Push`, `Changes`, `Snapshot`)."""

    operation: str
    variables: dict[str, Any]


class Answer(NamedTuple):
    """`data` of the operation, or what became of the request instead.

    `failure`: `network` (nothing is known), `busy` (may pass), `unauthenticated`, `forbidden`, or `rejected` (the
    server cannot read what was sent; `code` BAD_CURSOR is one of those).
    """

    data: dict[str, Any] | None = None
    failure: str = ""
    code: str = ""


DROPPED = Answer(failure="network", code="UNREACHABLE")
BUSY = Answer(failure="busy", code="HTTP_503")
PORTAL = Answer(failure="network", code="NOT_OURS")
SIGNED_OUT = Answer(failure="unauthenticated", code="UNAUTHENTICATED")
FORBIDDEN = Answer(failure="forbidden", code="FORBIDDEN")
NOISE = Answer(failure="busy", code="SOMETHING_NEW")


class SendError(Exception):
    def __init__(self, failure: str, code: str) -> None:
        super().__init__(f"{failure}: {code}")
        self.failure, self.code = failure, code


Talk = Generator[Request, dict[str, Any], None]
"""Yields requests, is sent the data of their answers; a failure is thrown into it as SendError."""
