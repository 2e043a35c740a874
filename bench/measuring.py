"""Rounds that take turns, so that a busy minute of the machine falls on both; medians, and their ratio."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from statistics import median
from time import perf_counter_ns
from typing import Any

import orjson

from bench import rows
from bench.operations import Operation, Question
from bench.programs import Line, Program, WrongAnswer


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Microseconds a request: CPU of the server and the database, and beside it what the caller waited."""

    operation: str
    database: str
    ours_us: float
    limit_us: float
    ours_wall_us: float
    limit_wall_us: float

    @property
    def ratio(self) -> float:
        return self.ours_us / self.limit_us

    def as_json(self) -> dict[str, Any]:
        return {
            "operation": self.operation, "database": self.database, "ours_us": round(self.ours_us, 1),
            "limit_us": round(self.limit_us, 1), "ratio": round(self.ratio, 2),
            "ours_wall_us": round(self.ours_wall_us, 1), "limit_wall_us": round(self.limit_wall_us, 1),
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Sides:
    """The two programs with a line to each, and the tokens of those who ask."""

    database: str
    ours: Program
    limit: Program
    tokens: dict[tuple[int, int], str]


Lines = dict[str, list[Line]]


def measure(operation: Operation, sides: Sides, questions: Iterator[Question], *, rounds: int) -> Figure:
    lines = {
        program.name: [Line(program.port) for _ in range(operation.at_once)]
        for program in (sides.ours, sides.limit)
    }
    _compare(operation, sides, lines, list(islice(questions, 8)))
    _run(operation, sides, lines, "ours", list(islice(questions, operation.times // 2)))
    _run(operation, sides, lines, "limit", list(islice(questions, operation.times // 2)))
    spent: dict[str, list[tuple[float, float]]] = {"ours": [], "limit": []}
    for number in range(rounds):
        asked = list(islice(questions, operation.times))
        for side in ("ours", "limit") if number % 2 == 0 else ("limit", "ours"):
            spent[side].append(_run(operation, sides, lines, side, asked))
    cpu = {side: median(cpu for cpu, _ in values) for side, values in spent.items()}
    wall = {side: median(wall for _, wall in values) for side, values in spent.items()}
    return Figure(
        operation=operation.name, database=sides.database, ours_us=cpu["ours"], limit_us=cpu["limit"],
        ours_wall_us=wall["ours"], limit_wall_us=wall["limit"],
    )  # fmt: skip


def _compare(operation: Operation, sides: Sides, lines: Lines, asked: list[Question]) -> None:
    """Both say the same, or there is nothing to compare."""
    for question in asked:
        ours = operation.ours(_data(_ask(operation, sides, lines["ours"][0], "ours", question)))
        limit = operation.limit(orjson.loads(_ask(operation, sides, lines["limit"][0], "limit", question)))
        if ours != limit:
            raise WrongAnswer(
                f"{operation.name}: the answers differ\n ours  {str(ours)[:1500]}\n limit {str(limit)[:1500]}"
            )
        if isinstance(ours, dict) and ours.get("outcome", "APPLIED") != "APPLIED":
            raise WrongAnswer(f"{operation.name}: {ours}")


def _run(
    operation: Operation, sides: Sides, lines: Lines, side: str, asked: list[Question]
) -> tuple[float, float]:
    """Microseconds of CPU and of waiting, a request."""
    program = sides.ours if side == "ours" else sides.limit
    before, started = program.cpu(), perf_counter_ns()
    answers = _all(operation, sides, lines[side], side, asked)
    waited, spent = perf_counter_ns() - started, program.cpu() - before
    for answer in answers:
        if side == "ours" and (b'"errors"' in answer[:20] or b'"REFUSED"' in answer):
            raise WrongAnswer(f"{operation.name}: {answer[:600]!r}")
    return spent / len(asked) / 1000, waited / len(asked) / 1000


def _all(
    operation: Operation, sides: Sides, lines: list[Line], side: str, asked: list[Question]
) -> list[bytes]:
    """Every line asks one question after the other; several lines beside each other."""

    def speak(at: int) -> list[bytes]:
        mine = asked[at :: len(lines)]
        return [_ask(operation, sides, lines[at], side, question) for question in mine]

    if len(lines) == 1:
        return speak(0)
    with ThreadPoolExecutor(len(lines)) as threads:
        return [answer for answers in threads.map(speak, range(len(lines))) for answer in answers]


def _ask(operation: Operation, sides: Sides, line: Line, side: str, question: Question) -> bytes:
    if side == "limit":
        headers = {"x-person": rows.email(*question.who)}
        return line.post(f"/{operation.name.removesuffix('_again')}", orjson.dumps(question.body), headers)
    body = orjson.dumps({"query": operation.document, "variables": question.variables})
    headers = {"authorization": f"Bearer {sides.tokens[question.who]}"}
    return line.post("/graphql", body, headers)


def _data(answer: bytes) -> Any:
    said = orjson.loads(answer)
    if said.get("errors"):
        raise WrongAnswer(str(said["errors"])[:1500])
    return said["data"]
