"""A broken promise says its name, and what broke it."""

import json
from typing import Any


class BrokenPromise(AssertionError):
    def __init__(self, promise: str, told: Any) -> None:
        self.promise, self.told = promise, json.dumps(told, indent=1, default=str, ensure_ascii=False)
        super().__init__(f"{promise} is broken: {self.told[:6000]}")


def keep(promise: str, kept: bool, told: Any) -> None:
    if not kept:
        raise BrokenPromise(promise, told() if callable(told) else told)
