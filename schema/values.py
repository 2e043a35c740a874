"""Text and numbers that no row can hold, found before anything is executed.

SQLite stores a NUL in a text and PostgreSQL refuses it; lone surrogates cannot be encoded at all; numbers
beyond 64 bits fail in the driver. They are refused here, with the path, whatever the database.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

LARGEST = 2**63 - 1
DEEPEST = 32
MOST = 100_000
"""How many values, names counted too, a request may hold."""


class Fault(NamedTuple):
    """What is wrong with a value: a code for programs, a sentence for people."""

    code: str
    message: str


class Misfit(NamedTuple):
    """A fault and where it is: names and positions from the root of the variables."""

    fault: Fault
    path: tuple[str | int, ...]


def first_misfit(variables: Mapping[str, Any]) -> Misfit | None:
    """The first value of `variables` that cannot be kept, or None. Safe for any depth of nesting."""
    found = _quick_look(variables)
    if found is not _SOMETHING:
        return Misfit(found, ()) if found else None
    for value, path in _walk(variables):
        fault = value_fault(value)
        if fault is None and len(path) > DEEPEST:
            fault = Fault("TOO_DEEP", f"Values are nested at most {DEEPEST} levels deep.")
        if fault:
            return Misfit(fault, path)
    return None


def value_fault(value: object) -> Fault | None:
    """What is wrong with one JSON value, its entries not included."""
    if isinstance(value, str):
        return text_fault(value)
    if isinstance(value, bool):
        return None
    # A JSON parser turns integers beyond 64 bits into floats, so large floats are refused as well.
    if isinstance(value, float) and not abs(value) < LARGEST + 1:
        return _OUT_OF_RANGE
    if isinstance(value, int) and not -LARGEST - 1 <= value <= LARGEST:
        return _OUT_OF_RANGE
    return None


def text_fault(text: str) -> Fault | None:
    """A NUL or a lone surrogate in `text`."""
    if "\x00" in text:
        return Fault("BAD_TEXT", "Text must not contain the NUL character.")
    try:
        text.encode()
    except UnicodeEncodeError:
        return Fault("BAD_TEXT", "Text must not contain half of a surrogate pair.")
    return None


def integer_fault(digits: str) -> Fault | None:
    """An integer literal beyond 64 bits. Python refuses to convert thousands of digits: count first."""
    if len(digits) > 20 or not -LARGEST - 1 <= int(digits) <= LARGEST:
        return _OUT_OF_RANGE
    return None


_OUT_OF_RANGE = Fault("OUT_OF_RANGE", "Numbers must fit in 64 bits.")
_SOMETHING = Fault("", "")


def _quick_look(root: Mapping[str, Any]) -> Fault | None:
    """The same without the path, since nearly every request is sound; `_SOMETHING` asks for a search."""
    stack: list[tuple[Any, int]] = [(root, 0)]
    values = 0
    while stack:
        container, depth = stack.pop()
        values += len(container) * (2 if isinstance(container, dict) else 1)
        if values > MOST:
            return Fault("TOO_MANY_VALUES", f"A request may hold {MOST} values.")
        if depth > DEEPEST:
            return _SOMETHING
        if isinstance(container, dict):
            if any(text_fault(name) for name in container):
                return _SOMETHING
            container = container.values()
        for value in container:
            if isinstance(value, dict | list):
                stack.append((value, depth + 1))
            elif value_fault(value):
                return _SOMETHING
    return None


def _walk(root: Mapping[str, Any]) -> Iterator[tuple[Any, tuple[str | int, ...]]]:
    stack: list[tuple[Any, tuple[str | int, ...]]] = [(root, ())]
    while stack:
        value, path = stack.pop()
        yield value, path
        if isinstance(value, dict):
            for name, inner in value.items():
                yield name, (*path, name)
                if len(path) <= DEEPEST:
                    stack.append((inner, (*path, name)))
        elif isinstance(value, list) and len(path) <= DEEPEST:
            stack += [(inner, (*path, position)) for position, inner in enumerate(value)]
