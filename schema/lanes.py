"""Which lane of the admission an operation belongs to, told from its text before anybody asks who sends it."""

from schema.documents import Document, Documents, root_names
from schema.parameters import Parameters
from server.edge.admission import Kind

LANES: dict[str, Kind] = {"push": "push", "changes": "pull", "snapshot": "bootstrap"}
_HEAVIEST_FIRST: tuple[Kind, ...] = ("bootstrap", "push", "pull")


def lane_of(parameters: Parameters, *, documents: Documents) -> Kind | None:
    """None for what people wait for at a screen, and for a document that will be refused anyway."""
    if parameters.document_id is not None:
        document = documents.by_id(parameters.document_id)
    else:
        document, _ = documents.by_text(parameters.query or "", variables=parameters.variables)
    return _heaviest(document, name=parameters.operation_name) if document else None


def _heaviest(document: Document, *, name: str | None) -> Kind | None:
    """Root fields that hide in fragments may be any: such a document goes where it can do no harm."""
    if name is None and len(document.operations) == 1:
        name = next(iter(document.operations))
    operation = document.operations.get(name)
    if operation is None:
        return None
    names = root_names(operation)
    kinds = {LANES[field] for field in names if field in LANES} if names is not None else {"bootstrap"}
    return next((kind for kind in _HEAVIEST_FIRST if kind in kinds), None)
