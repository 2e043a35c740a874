"""Document texts, parsed and validated once: the trusted ones of the client's builds, and free ones."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from schema.limit_walk import refuse
from schema.limits import Limits, Survey, survey

RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)

KEPT_CHARACTERS = 300_000
"""How much text of free documents stays parsed; a parsed document takes some hundred times its text."""

LONGEST = 50_000
"""The longest free document in characters."""

KEPT_SURVEYS = 16

PageSizes = tuple[int | str | None, ...]


@dataclass(slots=True)
class Document:
    """A text with its operations by name (None when unnamed) and what is wrong with it for everybody."""

    text: str
    trusted: bool
    node: DocumentNode | None = None
    operations: dict[str | None, OperationDefinitionNode] = field(default_factory=dict)
    errors: tuple[GraphQLError, ...] = ()
    validated: bool = False
    surveys: dict[PageSizes, Survey] = field(default_factory=dict)
    paging: tuple[str, ...] = ()
    plans: dict[str | None, Any] = field(default_factory=dict)
    """What compiled reads know of its operations, by name: as long as the document is kept."""


class TrustedDocuments:
    """The documents of the client's builds by their id. Builds of the last weeks are kept together, so
    that a tablet which has not updated yet can still send what it holds."""

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        self._texts = dict(texts or {})
        self._texts |= {hashlib.sha256(t.encode()).hexdigest(): t for t in self._texts.values()}

    @classmethod
    def load(cls, manifests: Iterable[Path]) -> "TrustedDocuments":
        """Read manifests, each a JSON object of document id to text; the first to name an id wins."""
        texts: dict[str, str] = {}
        for path in manifests:
            for document_id, text in orjson.loads(path.read_bytes()).items():
                texts.setdefault(document_id.removeprefix("sha256:"), text)
        return cls(texts)

    def text(self, document_id: str) -> str | None:
        """The text of `document_id`, with or without its `sha256:` in front."""
        return self._texts.get(document_id.removeprefix("sha256:"))

    def texts(self) -> set[str]:
        return set(self._texts.values())


class Documents:
    """Prepares texts for one schema and remembers them: trusted ones for good, free ones as room allows."""

    def __init__(self, schema: GraphQLSchema, *, limits: Limits, trusted: TrustedDocuments) -> None:
        self.schema = schema
        self.limits = limits
        self._builds = trusted
        self._trusted: dict[str, Document] = {}
        self._free: OrderedDict[str, Document] = OrderedDict()
        self._characters = 0
        self._trusted_texts = trusted.texts()

    def by_id(self, document_id: str) -> Document | None:
        text = self._builds.text(document_id)
        return None if text is None else self._by_heart(text)

    def by_text(self, text: str, *, variables: Mapping[str, Any]) -> tuple[Document, Survey | None]:
        """The document and its survey under these variables (None for a trusted text or broken syntax)."""
        if text in self._trusted_texts:
            return self._by_heart(text), None
        document = self._free.get(text) or self._remember(self._parse(text))
        self._free.move_to_end(text)
        if document.node is None:
            return document, None
        found = self._surveyed(document, variables=variables)
        if not found.errors and not document.validated:
            self._validate(document)
        return document, found

    def warm(self) -> list[GraphQLError]:
        """Parse and validate every trusted document; what is wrong with those of older builds."""
        return [error for text in sorted(self._trusted_texts) for error in self._by_heart(text).errors]

    def _by_heart(self, text: str) -> Document:
        if text not in self._trusted:
            document = _read(Document(text, trusted=True), no_location=True)
            if document.node is not None:
                self._validate(document)
            self._trusted[text] = document
        return self._trusted[text]

    def _parse(self, text: str) -> Document:
        most = self.limits.tokens
        return _read(
            Document(text, trusted=False),
            max_lexical_tokens=most,
            max_comments=most,
            max_source_length=LONGEST,
        )

    def _surveyed(self, document: Document, *, variables: Mapping[str, Any]) -> Survey:
        assert document.node is not None
        key = _page_sizes(document.paging, variables=variables)
        found = document.surveys.get(key)
        if found is None:
            found = survey(document.node, self.schema, limits=self.limits, variables=variables)
            document.paging = tuple(sorted(found.paging))
            if len(document.surveys) >= KEPT_SURVEYS:
                document.surveys.clear()
            document.surveys[_page_sizes(document.paging, variables=variables)] = found
        return found

    def _validate(self, document: Document) -> None:
        assert document.node is not None
        document.errors = tuple(validate(self.schema, document.node, RULES, hide_suggestions=True))
        document.validated = True

    def _remember(self, document: Document) -> Document:
        self._free[document.text] = document
        self._characters += len(document.text)
        while self._characters > KEPT_CHARACTERS and len(self._free) > 1:
            gone, _ = self._free.popitem(last=False)
            self._characters -= len(gone)
        return document


def root_names(operation: OperationDefinitionNode) -> set[str] | None:
    """The root fields of an operation, or None when it hides them in fragments."""
    selections = operation.selection_set.selections
    if not all(isinstance(selection, FieldNode) for selection in selections):
        return None
    return {selection.name.value for selection in selections if isinstance(selection, FieldNode)}


def _read(document: Document, **options: Any) -> Document:
    try:
        document.node = parse(document.text, **options)
    except GraphQLSyntaxError as error:
        document.errors = (_named(error),)
    else:
        definitions = [d for d in document.node.definitions if isinstance(d, OperationDefinitionNode)]
        document.operations = {d.name.value if d.name else None: d for d in definitions}
    return document


def _named(error: GraphQLSyntaxError) -> GraphQLError:
    if "Document contains more than" in error.message or "Source contains more than" in error.message:
        return refuse("TOO_MANY_TOKENS", error.message.removeprefix("Syntax Error: "))
    if "nested too deeply" in error.message:
        return refuse("TOO_DEEP", "The document is nested too deeply.")
    return error


def _page_sizes(names: tuple[str, ...], *, variables: Mapping[str, Any]) -> PageSizes:
    """What a survey depends on: the variables that are page sizes. One that is left out means its
    default, one that is null or no number means none."""
    values = [variables.get(name, "default") for name in names]
    return tuple(v if type(v) is int or v == "default" else None for v in values)
