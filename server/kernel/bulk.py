"""The bulk door: many rows at once, for imports and the demo. It keeps every promise of the pen.

The rows of a batch are of one transaction under the pens of their scopes. They get one feed number per
batch and scope, and one audit record that says how many rows of which collection were created or changed.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from uuid import UUID

from server.kernel.actor import Actor
from server.kernel.clock import Clock, system_clock
from server.kernel.model import Entity
from server.kernel.work import Command, Work, unit_of_work
from server.kernel.working_set import depth

ROWS_PER_BATCH = 500

Counts = Counter[tuple[str, str]]
"""How many, by (collection, "created" or "changed")."""


async def pour(
    groups: Iterable[Sequence[Entity]],
    *,
    actor: Actor,
    verb: str,
    clock: Clock = system_clock,
    told: Callable[[int], object] = lambda _: None,
) -> Counts:
    """Inserts new rows and updates those that came from the database.

    The rows of one group are never split over two transactions: a lead and its follow-up belong together.
    `told` hears after each commit how many rows it held. What an earlier batch wrote stays when a later
    one fails: give rows ids that are the same next time (`ids.id_of`), or ask first what is there.
    """
    counts: Counts = Counter()
    for rows in _batches(groups):
        scopes = {row.scope_id for row in rows}

        async def write(work: Work, rows: list[Entity] = rows) -> None:
            await _write(work, rows)

        await unit_of_work(write, actor=actor, command=Command(verb=verb), scopes=scopes, clock=clock)
        counts.update((row.collection(), _done_to(row)) for row in rows)
        told(len(rows))
    return counts


def one_by_one(rows: Iterable[Entity]) -> Iterator[Sequence[Entity]]:
    """For rows that stand alone: each is its own group."""
    return ((row,) for row in rows)


def _batches(groups: Iterable[Sequence[Entity]]) -> Iterator[list[Entity]]:
    batch: list[Entity] = []
    for group in groups:
        batch.extend(group)
        if len(batch) >= ROWS_PER_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


async def _write(work: Work, rows: list[Entity]) -> None:
    by_model: defaultdict[type[Entity], list[Entity]] = defaultdict(list)
    for row in rows:
        by_model[type(row)].append(row)
    for model in sorted(by_model, key=depth):
        await _write_model(work, model, by_model[model])
    _note(work, rows)


async def _write_model(work: Work, model: type[Entity], rows: list[Entity]) -> None:
    new = [row for row in rows if _done_to(row) == "created"]
    if new:
        await model.bulk_create(new, using_db=work.connection)
    for row in rows:
        if _done_to(row) == "changed":
            await row.save(using_db=work.connection, force_update=True)


def _note(work: Work, rows: list[Entity]) -> None:
    """Pointers for every row; in the audit the counts stand for the rows."""
    counts: defaultdict[UUID, Counts] = defaultdict(Counter)
    for row in rows:
        work.announce_ids(row.scope_id, row.collection(), [row.pk])
        counts[row.scope_id][row.collection(), _done_to(row)] += 1
    for scope_id, counted in counts.items():
        work._changes[scope_id] = [
            {"collection": collection, done: number} for (collection, done), number in sorted(counted.items())
        ]


def _done_to(row: Entity) -> str:
    return "changed" if row._saved_in_db else "created"
