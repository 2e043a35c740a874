"""What a storm has been: operations, verdicts, faults, kills, as lines to print."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Figures:
    taps: Counter[str] = field(default_factory=Counter)
    other: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    heals: int = 0
    entries: int = 0

    def lines(self) -> list[str]:
        return [
            f"heals          {self.heals}, every promise checked after each",
            f"taps           {sum(self.taps.values())}: {said(self.taps)}",
            f"entries        {self.entries} with a receipt: {said(self.verdicts)}",
            f"refused        {said(self.refusals)}",
            f"requests       {self.requests}, of them with a fault {sum(self.faults.values())}: {said(self.faults)}",
            f"the tablets    {said(self.failures)}",
            f"happened       {said(self.other)}",
        ]

    def of_receipts(self, receipts: dict[str, dict[str, Any]]) -> None:
        mine = [row for row in receipts.values() if row["store_id"]]
        self.entries = len(mine)
        self.verdicts = Counter(row["outcome"] for row in mine)
        self.refusals = Counter(problem["code"] for row in mine for problem in row["problems"])


def said(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {times}" for name, times in counter.most_common()) or "none"
