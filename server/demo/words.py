"""What is noted in the showroom, in the two languages that are spoken there: the texts are in words.json."""

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

_TEXTS: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))

ENQUIRIES: dict[str, list[str]] = _TEXTS["enquiries"]
VISITED: dict[str, list[str]] = _TEXTS["visited"]
CALLED: dict[str, dict[str, list[str]]] = _TEXTS["called"]
PROMISES: dict[str, list[str]] = _TEXTS["promises"]
EVIDENCE: dict[str, dict[str, str]] = _TEXTS["evidence"]
LOOKS: list[str] = _TEXTS["looks"]
"""What tells a visitor apart who has not given a name."""


def say(choices: Sequence[str], dice: Random, **facts: str) -> str:
    return dice.choice(choices).format(**facts)
