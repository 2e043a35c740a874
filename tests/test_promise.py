"""docs/promise.md names a story for each promise: each must be there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NAMED = re.findall(
    r"`([^`]+)`(?:\s+and\s+`([^`]+)`)?\s+in\s+`([^`]+)`", (ROOT / "docs/promise.md").read_text()
)
STORIES = [(story, file) for first, second, file in NAMED for story in (first, second) if story]


@pytest.mark.parametrize(("story", "file"), STORIES, ids=[story[:60] for story, _ in STORIES])
def test_every_story_that_the_promise_names_is_told(story: str, file: str) -> None:
    told = (ROOT / file).read_text(encoding="utf-8").replace("\\'", "'")
    assert f"def {story}(" in told or f"'{story}'" in told


def test_every_promise_is_on_the_page() -> None:
    page = (ROOT / "docs/promise.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (I\d+(?:, I\d+)*) \|", page, flags=re.MULTILINE)
    assert [name for row in rows for name in row.split(", ")] == [f"I{n}" for n in range(1, 23)]
