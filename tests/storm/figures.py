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
    failures: dict[str, dict[str, int]] = field(default_factory=dict)
    """What each tablet met, as it has counted itself since it was last killed."""
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
            f"tablets met    {said(sum(map(Counter, self.failures.values()), Counter()))}",
            f"happened       {said(self.other)}",
        ]

    def of_receipts(self, receipts: dict[str, dict[str, Any]]) -> None:
        mine = [row for row in receipts.values() if row["store_id"]]
        self.entries = len(mine)
        self.verdicts = Counter(row["outcome"] for row in mine)
        self.refusals = Counter(problem["code"] for row in mine for problem in row["problems"])


def said(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {times}" for name, times in counter.most_common()) or "none"
