"""What a model server says of an entry, in the shape of the real one's answers."""

from typing import Any

from tests.storm.model.deals import CREATES
from tests.storm.model.disk import Row
from tests.storm.model.state import Refused

Result = dict[str, Any]


def created_by(verb: str, given: Row) -> list[str]:
    ids = []
    for name in CREATES.get(verb, ()):
        value = given.get(name)
        ids.append(value["followUpId"] if isinstance(value, dict) else value)
    return [id for id in ids if id]


def said_of(receipt: Row) -> Result:
    aliases = [{"oldId": old, "newId": new} for old, new in receipt["aliases"].items()]
    return {
        "clientMutationId": receipt["id"], "outcome": receipt["outcome"], "problems": receipt["problems"],
        "aliases": aliases,
    }  # fmt: skip


def refusal(id: str, code: str) -> Result:
    return {"clientMutationId": id, "outcome": "REFUSED", "problems": [{"code": code}], "aliases": []}


def problem(refused: Refused) -> Row:
    return {"code": refused.code, "field": refused.field}
