"""What a person outside is told about an error: what they can mend, and never what broke inside."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

import structlog
from graphql import GraphQLError, ValueNode

from server.kernel.unavailable import reason_of

OUR_FAULT = "Something went wrong on our side. Nothing was lost; try again."

Describe = Callable[[Exception], tuple[str, dict[str, Any]] | None]
"""Turns an expected exception into its sentence and its extensions (with a `code`); None for the rest."""

log = structlog.get_logger("forecourt.errors")


def told(
    errors: Sequence[GraphQLError], *, describe: Describe, operation: str | None
) -> list[dict[str, Any]]:
    """Errors as they travel. One that carries a code was meant to be read. One about a value that was
    sent (a variable, an argument) is told as BAD_VALUE. Everything else is logged under an id, and only
    the id is told."""
    return [_told(error, describe=describe, operation=operation) for error in errors]


def _told(error: GraphQLError, *, describe: Describe, operation: str | None) -> dict[str, Any]:
    cause = root_cause(error)
    if cause is not None and (described := describe(cause)):
        sentence, extensions = described
        return {**_place(error), "message": sentence, "extensions": extensions}
    meant = cause if isinstance(cause, GraphQLError) else error
    if "code" in (meant.extensions or {}):
        return {**error.formatted, "extensions": meant.extensions}
    if not error.path or any(isinstance(node, ValueNode) for node in meant.nodes or ()):
        return {**error.formatted, "extensions": {"code": "BAD_VALUE"}}
    return masked(error, cause=cause, operation=operation)


def unavailable(error: GraphQLError) -> bool:
    """Whether the database is what failed, and nothing that was asked of it."""
    cause = root_cause(error)
    return cause is not None and reason_of(cause) is not None


def masked(error: GraphQLError, *, cause: Exception | None, operation: str | None) -> dict[str, Any]:
    """Log `error` with its traceback, and tell nothing but where it happened and under which id."""
    error_id = uuid4().hex
    log.error(
        "internal_error", error_id=error_id, operation=operation, path=error.path, exc_info=cause or error
    )
    return {**_place(error), "message": OUR_FAULT, "extensions": {"code": "INTERNAL", "errorId": error_id}}


def root_cause(error: GraphQLError) -> Exception | None:
    """The exception that graphql-core wrapped, however often; None when the error is its own."""
    cause: Exception | None = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause


def _place(error: GraphQLError) -> dict[str, Any]:
    return {key: value for key, value in error.formatted.items() if key in ("locations", "path")}
