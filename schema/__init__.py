"""The table of contents of the API: every feature's windows and verbs, merged into one schema."""

from functools import cache

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import create_type, merge_types

from schema import customer_records, sync
from schema.handing_over import HandingOverQuery, end_handed_over, hand_over
from schema.mutations import VERBS
from schema.mutations.people import sign_in, sign_out
from schema.nodes import type_of
from schema.reads import QUERIES
from schema.scalars import SCALARS
from schema.verbs import mutation_fields
from schema.viewer import ViewerQuery

WINDOWS = (customer_records,)
"""Windows that no query field begins at."""

__all__ = ["VERBS", "build_schema"]


@cache
def build_schema() -> strawberry.Schema:
    """The whole schema; made once, after every verb has registered."""
    fields = [
        sign_in,
        sign_out,
        *mutation_fields(type_of),
        *sync.mutations(),
        hand_over,
        end_handed_over,
    ]
    return strawberry.Schema(
        query=merge_types("Query", (*QUERIES, ViewerQuery, sync.SyncQuery, HandingOverQuery)),
        mutation=create_type("Mutation", fields),
        subscription=sync.Subscription,
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
    )
