"""Looks for a history that breaks a promise, makes it as short as it can be, and prints it as a test."""

from collections.abc import Callable, Iterable

from tests.storm.model.history import Command, live, random_history
from tests.storm.model.promises import BrokenPromise

History = list[Command]


class Found(AssertionError):
    """`promise` is the broken one, `history` the shortest way to it, `tried` how many were lived before."""

    def __init__(self, broken: BrokenPromise, *, seed: int, tried: int, history: History) -> None:
        super().__init__(f"{broken}\n\n{as_test(broken.promise, seed=seed, history=history)}")
        self.promise, self.history, self.tried = broken.promise, history, tried


def search(seeds: Iterable[int], *, most_shrinking: int = 400) -> int:
    """Lives a random history for each seed; how many there were. Raises Found, shrunk."""
    tried = 0
    for seed in seeds:
        history = random_history(seed)
        broken = broken_by(history)
        if broken:
            shortest, broken = shrink(history, broken, most=most_shrinking)
            raise Found(broken, seed=seed, tried=tried, history=shortest)
        tried += 1
    return tried


def broken_by(history: History) -> BrokenPromise | None:
    try:
        live(history)
    except BrokenPromise as broken:
        return broken
    return None


def shrink(history: History, broken: BrokenPromise, *, most: int) -> tuple[History, BrokenPromise]:
    """Leaves out what is not needed to break the same promise: whole commands, then single faults."""
    left = most
    shorter = True
    while shorter and left > 0:
        shorter = False
        for candidate in [*_without_one(history), *_calmer(history)]:
            left -= 1
            again = broken_by(candidate)
            if again and again.promise == broken.promise:
                history, broken, shorter = candidate, again, True
                break
            if left <= 0:
                break
    return history, broken


def _without_one(history: History) -> Iterable[History]:
    return (history[:at] + history[at + 1 :] for at in range(len(history)))


def _calmer(history: History) -> Iterable[History]:
    """The same with one fault less."""
    for at, command in enumerate(history):
        if command[0] != "sync":
            continue
        for nth in range(2, len(command)):
            if command[nth] != "none" or nth == len(command) - 1:
                calmer = (*command[:nth], *command[nth + 1 :])
                yield [*history[:at], calmer, *history[at + 1 :]]


def as_test(promise: str, *, seed: int, history: History) -> str:
    """Ready to be pasted into test_model_found.py and named after what it was."""
    commands = "".join(f"        {command!r},\n" for command in history)
    return f"def test_of_seed_{seed}() -> None:  # broke: {promise}\n    live([\n{commands}    ])\n"


Search = Callable[[Iterable[int]], int]
