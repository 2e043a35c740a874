"""One operation from its parameters to its answer, whichever transport brought it."""

import inspect
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from typing import Any, Protocol

from graphql import (
    ExecutionResult,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    execute,
    subscribe,
)
from strawberry import Schema
from strawberry.execution import optimized_is_awaitable

from schema.answers import Answer, Prepared, unavailable_answer
from schema.documents import Document, Documents, TrustedDocuments, root_names
from schema.introspection import Introspections, is_introspection
from schema.limit_walk import refuse
from schema.limits import Limits, ensure_affordable
from schema.masking import Describe, masked, told, unavailable
from schema.parameters import Parameters, RequestRefused
from server.kernel.patience import patiently
from server.kernel.unavailable import reason_of


class HasActor(Protocol):
    """What the engine asks of a context: who is acting, None for nobody that we know. A context may also
    have `for_operation()`: a socket's context lives long, what its operations load should not."""

    @property
    def actor(self) -> Any: ...


class Reads(Protocol):
    """Answers queries past graphql-core: the data in the shape of the response, or None where it cannot."""

    async def answer(
        self, document: Document, node: OperationDefinitionNode, *, variables: dict[str, Any], context: Any
    ) -> dict[str, Any] | None: ...

    def wait(self) -> bool:
        """Whether an answer may have to be waited for."""
        ...


Observe = Callable[[str, str, str, float], None]
"""Told of every operation: name (`free` for untrusted documents), kind, outcome, seconds."""


class Engine:
    """Prepares and executes operations of a Strawberry schema.

    It calls graphql-core itself, with the schema's own execution context class, so that parsing and
    validation happen once per text. Strawberry's schema extensions are not run.
    """

    def __init__(
        self,
        schema: Schema,
        *,
        limits: Limits | None = None,
        trusted: TrustedDocuments | None = None,
        may_send_documents: Callable[[Any], bool] = lambda context: True,
        open_fields: frozenset[str] = frozenset({"signIn"}),
        describe: Describe = lambda error: None,
        observe: Observe = lambda name, kind, outcome, seconds: None,
        reads: Reads | None = None,
        patience: float = 25.0,
    ) -> None:
        self.patience = patience
        self.limits = limits or Limits()
        self.documents = Documents(schema._schema, limits=self.limits, trusted=trusted or TrustedDocuments())
        self._schema = schema
        self._introspections = Introspections(schema._schema)
        self._may_send_documents = may_send_documents
        self._open_fields = open_fields | {"__typename"}
        self._describe = describe
        self._observe = observe
        self._reads = reads

    def prepare(self, parameters: Parameters, *, context: HasActor) -> Prepared:
        """Find the operation and refuse what must not run. Raises RequestRefused."""
        document, cost_of = self._document(parameters, context=context)
        operation = _chosen(document, name=parameters.operation_name)
        if context.actor is None and not self._is_open(operation):
            raise RequestRefused([refuse("UNAUTHENTICATED", "Sign in first.")], status=401)
        cost = cost_of.get(operation.name.value if operation.name else None) if cost_of else None
        if cost is not None and (too_dear := ensure_affordable(cost, limits=self.limits)):
            raise RequestRefused([too_dear], of_document=True)
        return Prepared(document, operation, parameters.variables, parameters.extensions, cost)

    async def execute(self, prepared: Prepared, *, context: HasActor) -> Answer:
        """Run a query or a mutation. Never raises, but for cancellation, which reaches whoever waits for
        the answer and not the work: a transaction that is cancelled while it begins, be it of a mere read,
        keeps its connection's lock for ever. Nor does anybody wait longer than `patience` seconds."""
        began = time.perf_counter()
        try:
            if self._reads and not self._reads.wait():
                # Nothing to be patient about: the answer is made in this very thread.
                if answer := await self._compiled(prepared, context=context, began=began):
                    return answer
                return await patiently(
                    self._ordinary(prepared, context=context, began=began), seconds=self.patience
                )
            return await patiently(
                self._either(prepared, context=context, began=began), seconds=self.patience
            )
        except TimeoutError:
            self._observe(prepared.name or "unnamed", prepared.kind.value, "late", self.patience)
            return unavailable_answer()

    async def subscribe(self, prepared: Prepared, *, context: HasActor) -> AsyncGenerator[Answer, None]:
        """Answers as they come. A subscription that cannot start gives one answer, not executed."""
        began = time.perf_counter()
        outcome = "ok"
        try:
            source = subscribe(self._schema._schema, **self._arguments(prepared, context=context))
            source = await source if inspect.isawaitable(source) else source
            if isinstance(source, ExecutionResult):
                outcome = "refused"
                yield self._answer(source, prepared=prepared, executed=False)
                return
            try:
                async for result in source:
                    yield self._answer(result, prepared=prepared)
            finally:
                await source.aclose()  # type: ignore[attr-defined]
        except Exception as error:  # noqa: BLE001 - whatever broke, this subscription alone ends
            outcome = "broken"
            yield self._broken(error, prepared=prepared)
        finally:
            self._note(prepared, outcome=outcome, began=began)

    async def _either(self, prepared: Prepared, *, context: HasActor, began: float) -> Answer:
        answer = await self._compiled(prepared, context=context, began=began)
        return answer or await self._ordinary(prepared, context=context, began=began)

    async def _compiled(self, prepared: Prepared, *, context: HasActor, began: float) -> Answer | None:
        if (
            self._reads is None
            or prepared.kind is not OperationType.QUERY
            or is_introspection(prepared.operation)
        ):
            return None
        try:
            data = await self._reads.answer(
                prepared.document, prepared.operation, variables=prepared.variables, context=context
            )
        except Exception as error:  # noqa: BLE001 - the transport gets an answer, and the log the cause
            answer = self._broken(error, prepared=prepared)
        else:
            if data is None:
                return None
            answer = self._answer(ExecutionResult(data), prepared=prepared)
        self._note(prepared, outcome=answer.outcome, began=began)
        return answer

    async def _ordinary(self, prepared: Prepared, *, context: HasActor, began: float) -> Answer:
        answer = await self._execute(prepared, context=context)
        self._note(prepared, outcome=answer.outcome, began=began)
        return answer

    async def _execute(self, prepared: Prepared, *, context: HasActor) -> Answer:
        try:
            if is_introspection(prepared.operation):
                result = await self._introspections.answer(
                    prepared.document, name=prepared.name, variables=prepared.variables
                )
            else:
                result = await self._resolve(prepared, context=context)
        except Exception as error:  # noqa: BLE001 - the transport gets an answer, and the log the cause
            return self._broken(error, prepared=prepared)
        return self._answer(result, prepared=prepared)

    async def _resolve(self, prepared: Prepared, *, context: HasActor) -> ExecutionResult:
        result = execute(
            self._schema._schema,
            is_awaitable=optimized_is_awaitable,  # type: ignore[arg-type]
            **self._arguments(prepared, context=context),
        )
        return result if isinstance(result, ExecutionResult) else await result

    def _arguments(self, prepared: Prepared, *, context: HasActor) -> dict[str, Any]:
        return {
            "document": prepared.document.node,
            "context_value": context.for_operation() if hasattr(context, "for_operation") else context,
            "variable_values": prepared.variables,
            "operation_name": prepared.name,
            "executor_class": self._schema.execution_context_class,
            "operation_extensions": prepared.extensions,
            "hide_suggestions": True,
        }

    def _answer(self, result: ExecutionResult, *, prepared: Prepared, executed: bool | None = None) -> Answer:
        errors = result.errors or []
        if any(unavailable(error) for error in errors):
            return unavailable_answer()
        if executed is None:
            # Variables that do not fit are found by the executor, before any field and so without a path.
            executed = result.data is not None or any(error.path for error in errors) or not errors
        extensions = {**(result.extensions or {})}
        if prepared.cost is not None and prepared.extensions.get("cost") is True:
            extensions["cost"] = {"cost": prepared.cost, "limit": self.limits.cost}
        spoken = told(errors, describe=self._describe, operation=prepared.name) if errors else []
        return Answer(result.data, spoken, extensions, executed)

    def _broken(self, error: Exception, *, prepared: Prepared) -> Answer:
        if reason_of(error):
            return unavailable_answer()
        wrapped = error if isinstance(error, GraphQLError) else GraphQLError("", original_error=error)
        spoken = masked(wrapped, cause=error, operation=prepared.name)
        return Answer(None, [spoken], executed=False, broken=True)

    def _document(
        self, parameters: Parameters, *, context: HasActor
    ) -> tuple[Document, Mapping[str | None, int] | None]:
        if parameters.document_id is not None:
            document = self.documents.by_id(parameters.document_id)
            if document is None:
                message = "This document is not known here. Reload the app to get its current version."
                raise RequestRefused([refuse("DOCUMENT_NOT_FOUND", message)])
            errors, costs = document.errors, None
        else:
            document, found = self.documents.by_text(parameters.query or "", variables=parameters.variables)
            if not document.trusted and not self._may_send_documents(context):
                message = "Only the documents of the app are accepted here. Programs use an access token."
                raise RequestRefused([refuse("DOCUMENT_NOT_TRUSTED", message)], status=403)
            errors, costs = (found.errors, found.costs) if found else ((), None)
            errors = errors or document.errors
        if errors:
            raise RequestRefused(errors, of_document=True)
        return document, costs

    def _is_open(self, operation: OperationDefinitionNode) -> bool:
        names = root_names(operation)
        return names is not None and names <= self._open_fields

    def _note(self, prepared: Prepared, *, outcome: str, began: float) -> None:
        name = (prepared.name or "unnamed") if prepared.document.trusted else "free"
        self._observe(name, prepared.kind.value, outcome, time.perf_counter() - began)


def _chosen(document: Document, *, name: str | None) -> OperationDefinitionNode:
    operations = document.operations
    if name is not None and name in operations:
        return operations[name]
    if name is not None:
        message = f"There is no operation named {name[:80]} in this document."
    elif len(operations) == 1:
        return next(iter(operations.values()))
    else:
        message = "Say which operation to run: operationName." if operations else "There is no operation."
    raise RequestRefused([refuse("UNKNOWN_OPERATION", message)], of_document=True)
