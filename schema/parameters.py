"""The parameters of a GraphQL request, read from JSON or from a query string: strict about their types."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import GraphQLError, GraphQLSyntaxError

from schema.limit_walk import refuse
from schema.values import first_misfit, text_fault


class RequestRefused(Exception):
    """A request that is not executed. `status` is the HTTP status. `malformed` says that it was no
    GraphQL request at all; `of_document`, that it was one whose document is wrong, which the older media
    type answers with 200."""

    def __init__(
        self,
        errors: Sequence[GraphQLError],
        *,
        status: int = 400,
        malformed: bool = False,
        of_document: bool = False,
    ) -> None:
        super().__init__(errors[0].message)
        self.errors = errors
        self.status = status
        self.malformed = malformed
        self.of_document = of_document

    def told(self) -> list[dict[str, Any]]:
        return [
            {**error.formatted, "extensions": error.extensions or _unnamed(error)} for error in self.errors
        ]


def _unnamed(error: GraphQLError) -> dict[str, Any]:
    return {"code": "SYNTAX_ERROR" if isinstance(error, GraphQLSyntaxError) else "INVALID_DOCUMENT"}


@dataclass(frozen=True, slots=True)
class Parameters:
    """Either `query` (a text) or `document_id` (a trusted one) is given."""

    query: str | None
    document_id: str | None
    operation_name: str | None
    variables: dict[str, Any] = field(default_factory=dict)
    extensions: dict[str, Any] = field(default_factory=dict)


def from_json(raw: bytes) -> Parameters:
    """Parameters of a request body. Raises RequestRefused with a sentence about what is wrong."""
    body, error = decoded(raw)
    if isinstance(body, list):
        raise _malformed("BAD_REQUEST", "Send one operation per request, not a list of them.")
    if not isinstance(body, dict):
        raise _malformed("BAD_REQUEST", "The body must be a JSON object.")
    parameters = from_object(body)
    if error:
        raise error
    return parameters


def decoded(raw: bytes) -> tuple[Any, RequestRefused | None]:
    """The JSON value of `raw`. Half surrogates and endless numbers, which the parser refuses without
    saying where, are read leniently: `from_object` refuses them with their path, and the error that is
    given beside the value is for where it does not look. Raises RequestRefused for all that is no JSON.
    """
    try:
        return orjson.loads(raw), None
    except orjson.JSONDecodeError as error:
        refused = _malformed(*_json_fault(raw, error=error))
    if refused.errors[0].extensions["code"] not in ("BAD_TEXT", "OUT_OF_RANGE"):  # type: ignore[index]
        raise refused
    try:
        return json.loads(raw, parse_int=_any_int), refused
    except (ValueError, RecursionError):
        raise refused from None


def _any_int(digits: str) -> int | float:
    return int(digits) if len(digits) <= 20 else float("inf")


def from_query_string(given: Mapping[str, str]) -> Parameters:
    """Parameters of a GET request, where `variables` and `extensions` are JSON texts."""
    body: dict[str, Any] = {name: given[name] for name in _NAMES if name in given}
    for name in ("variables", "extensions"):
        if name in body:
            try:
                body[name] = orjson.loads(body[name])
            except (orjson.JSONDecodeError, UnicodeEncodeError):
                raise _malformed("BAD_JSON", f"`{name}` must be JSON.") from None
    return from_object(body)


def from_object(body: Mapping[str, Any]) -> Parameters:
    """Parameters of a decoded JSON object. A parameter that is null counts as left out."""
    for name, (kind, called) in _NAMES.items():
        if body.get(name) is not None and not isinstance(body[name], kind):
            raise _malformed("BAD_REQUEST", f"`{name}` must be {called}.")
    variables, extensions = body.get("variables") or {}, body.get("extensions") or {}
    query, document_id = body.get("query"), body.get("documentId") or _persisted(extensions)
    if not query and not document_id:
        raise _malformed("BAD_REQUEST", "`query` or `documentId` is missing.")
    for text in (query, document_id, body.get("operationName")):
        if text and (fault := text_fault(text)):
            raise RequestRefused([refuse(fault.code, fault.message)])
    for name, values in (("variables", variables), ("extensions", extensions)):
        if misfit := first_misfit(values):
            where = [name, *(_printable(step) for step in misfit.path)]
            raise RequestRefused([refuse(misfit.fault.code, misfit.fault.message, path=where)])
    return Parameters(query, document_id, body.get("operationName") or None, variables, extensions)


_NAMES: dict[str, tuple[type, str]] = {
    "query": (str, "a string"),
    "documentId": (str, "a string"),
    "operationName": (str, "a string"),
    "variables": (dict, "an object"),
    "extensions": (dict, "an object"),
}


def _persisted(extensions: Mapping[str, Any]) -> str | None:
    persisted = extensions.get("persistedQuery")
    found = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    return found if isinstance(found, str) else None


def _printable(step: str | int) -> str | int:
    return step.encode(errors="replace").decode() if isinstance(step, str) else step


def _json_fault(raw: bytes, *, error: orjson.JSONDecodeError) -> tuple[str, str]:
    if error.msg.startswith("str is not valid UTF-8") or error.msg.startswith("UTF-8 byte order mark"):
        return "BAD_ENCODING", "The body must be UTF-8, without a byte order mark."
    if "surrogate" in error.msg:
        return "BAD_TEXT", f"Text must not contain half of a surrogate pair (near byte {error.pos})."
    if "infinity" in error.msg:
        return "OUT_OF_RANGE", f"Numbers must fit in 64 bits (near byte {error.pos})."
    if error.msg.startswith("depth limit"):
        return "TOO_DEEP", "The JSON is nested too deeply."
    return "BAD_JSON", "The body must be JSON." if raw else "The body is empty."


def _malformed(code: str, message: str) -> RequestRefused:
    return RequestRefused([refuse(code, message)], malformed=True)
