"""Entries of an outbox, as the client keeps and sends them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tests.storm.model.disk import Entry

OWN_VERBS = {"skipEntry", "discardEntry"}

Ids = Callable[[], str]


def input_of(entry: Entry) -> dict[str, Any]:
    """The verb's input as it is sent."""
    given = {**entry["variables"], "clientMutationId": entry["clientMutationId"]}
    if entry["verb"] == "skipEntry":
        return given
    if entry.get("replaces") and entry["verb"] not in OWN_VERBS:
        given["replacesId"] = entry["replaces"]
    return {**given, "happenedAt": entry["at"], "showroomId": entry["showroomId"]}


def to_send(entry: Entry) -> dict[str, Any]:
    return {"clientSeq": entry["clientSeq"], "version": 1, "verb": {entry["verb"]: input_of(entry)}}


def skipped(entry: Entry, reason: str, *, ids: Ids, skipped_id: str | None) -> Entry:
    """The same number, given up: under a fresh id, since the old one may be known to the server."""
    rest = {key: value for key, value in entry.items() if key not in ("replaces", "verdict", "problems")}
    return {
        **rest, "clientMutationId": ids(), "verb": "skipEntry", "heldUntil": 0, "attempts": 0, "failures": 0,
        "variables": {"skippedId": skipped_id, "reason": reason},
    }  # fmt: skip


def in_tray(entry: Entry, problems: list[dict[str, Any]], *, parked: bool) -> Entry:
    kept = ("clientMutationId", "verb", "variables", "at", "showroomId")
    return {**{key: entry[key] for key in kept}, "problems": problems, "parked": parked}


def unjudged(entry: Entry) -> Entry:
    return {key: value for key, value in entry.items() if key not in ("verdict", "problems")}


def ids_in(value: Any) -> Iterator[str]:
    """Every id that somebody's variables name, wherever."""
    if isinstance(value, str):
        if len(value) == 36 and value[8] == value[13] == "-":
            yield value
    elif isinstance(value, dict):
        yield from ids_among(value.values())
    elif isinstance(value, list):
        yield from ids_among(value)


def ids_among(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        yield from ids_in(value)
