"""What a model server tells tablets: a snapshot in pages, and what changed since a cursor, as they may see it now."""

from typing import TYPE_CHECKING, Any

import orjson

from tests.storm.model import sight
from tests.storm.model.disk import Row
from tests.storm.model.moments import DAY, wire
from tests.storm.model.state import Key

if TYPE_CHECKING:
    from tests.storm.model.server import Server


class BadCursor(Exception):
    pass


Place = dict[str, Any]


def fresh(server: "Server", person: str) -> Place:
    horizon = server.clock() // DAY - sight.WINDOW
    return {
        "epoch": server.epoch, "view": view_of(server, person), "horizon": horizon,
        "numbers": dict(server.state.numbers),
    }  # fmt: skip


def view_of(server: "Server", person: str) -> str:
    return f"{person} {sight.role_of(lambda name: server.state.rows[name].values(), person)}"


def changes(server: "Server", store: Row, given: Row) -> Row:
    """Every pointer after the cursor as this person may see its row now, or its removal."""
    cursor = decode(given["since"])
    base = {"serverTime": wire(server.clock()), "reset": reset_reason(server, store["person"], cursor)}
    if base["reset"]:
        return {**base, "cursor": given["since"], "rows": {}, "removed": {}, "hasMore": False,
                "processedThrough": 0, "verdicts": []}  # fmt: skip
    found, reached, has_more = pointers(server, cursor)
    rows, removed = seen(server, store["person"], found, cursor["horizon"])
    return {
        **base, "rows": rows, "removed": removed, "hasMore": has_more, "cursor": encode({**cursor, "numbers": reached}),
        "processedThrough": store["lastSeq"], "verdicts": verdicts(server, store, given["settled"]),
    }  # fmt: skip


def reset_reason(server: "Server", person: str, cursor: Place) -> str | None:
    numbers = server.state.numbers
    if cursor["epoch"] != server.epoch:
        return "SERVER_RESTORED"
    if cursor["view"] != view_of(server, person):
        return "VIEW_CHANGED"
    if any(number > numbers[scope] for scope, number in cursor["numbers"].items()):
        return "SERVER_RESTORED"
    if server.clock() // DAY - cursor["horizon"] > sight.LONGEST_WINDOW:
        return "TOO_OLD"
    return None


def pointers(server: "Server", cursor: Place) -> tuple[list[Key], dict[str, int], bool]:
    """What comes next, as far as a page reaches; a number is never split across pages."""
    found: list[Key] = []
    reached = dict(cursor["numbers"])
    room, has_more = server.page, False
    for scope, head in server.state.numbers.items():
        since = reached[scope]
        after = sorted((n, key) for key, n in server.state.pointers[scope].items() if n > since)
        if room <= 0:
            has_more |= bool(after)
            continue
        last = after[room - 1][0] if len(after) > room else head
        page = [key for number, key in after if number <= last]
        has_more |= len(page) < len(after)
        reached[scope] = head if len(page) == len(after) else last
        found += page
        room -= len(page)
    return found, reached, has_more


def seen(server: "Server", person: str, found: list[Key], horizon: int) -> tuple[Any, Any]:
    state = server.state
    role = sight.role_of(lambda name: state.rows[name].values(), person)
    rows: dict[str, list[Row]] = {}
    removed: dict[str, list[Row]] = {}

    def get(name: str, id: str | None) -> Row | None:
        return state.rows.get(name, {}).get(id or "")

    for name, id in found:
        row = get(name, id)
        if row and sight.sees(get, name, row, person=person, role=role, horizon=horizon):
            rows.setdefault(name, []).append(row)
        else:
            removed.setdefault(name, []).append({"id": id})
    return rows, removed


def verdicts(server: "Server", store: Row, settled: int) -> list[Row]:
    receipts = [r for r in server.state.receipts.values() if r["store"] == store["id"] and r["seq"] > settled]
    receipts.sort(key=lambda receipt: int(receipt["seq"]))
    return [
        {
            "clientSeq": r["seq"],
            "clientMutationId": r["id"],
            "outcome": r["outcome"],
            "problems": r["problems"],
        }
        for r in receipts
    ]


def snapshot(server: "Server", store: Row, given: Row) -> Row:
    """Everything in pages by key, with the cursor of the first."""
    person = store["person"]
    place = decode(given["after"]) if given["after"] else {**fresh(server, person), "from": ["", ""]}
    if place["view"] != view_of(server, person) or place["epoch"] != server.epoch:
        raise BadCursor
    rows = sight.visible(server.state, person, place["horizon"])
    there = sorted([name, id] for name, some in rows.items() for id in some)
    rest = [key for key in there if key > place["from"]]
    page: dict[str, list[Row]] = {}
    for name, id in rest[: server.page]:
        page.setdefault(name, []).append(rows[name][id])
    following = encode({**place, "from": rest[server.page - 1]}) if len(rest) > server.page else None
    cursor = encode({key: place[key] for key in ("epoch", "view", "horizon", "numbers")})
    return {
        "rows": page, "cursor": cursor, "next": following, "total": len(there), "serverTime": wire(server.clock()),
    }  # fmt: skip


def encode(place: Place) -> str:
    return orjson.dumps(place).decode()


def decode(text: str) -> Place:
    return dict(orjson.loads(text))
