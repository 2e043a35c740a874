"""Milliseconds since 1970, and how moments travel."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def wire(ms: int) -> str:
    """`YYYY-MM-DDTHH:MM:SS.mmmZ`"""
    moment = EPOCH + timedelta(milliseconds=ms)
    return moment.isoformat(timespec="milliseconds")[:-6] + "Z"


def millis(text: str) -> int:
    moment = datetime.fromisoformat(text)
    return round((moment - EPOCH).total_seconds() * 1000)
