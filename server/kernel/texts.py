"""Text as people type it: trimmed, bounded, and free of what a database cannot hold."""

from server.kernel.refused import Refused

NAME = 160
NOTE = 10_000


def clean(text: str | None, field: str, *, most: int = NOTE, required: bool = False) -> str:
    """`text` without the blanks around it. Refuses TEXT_TOO_LONG, TEXT_MISSING and BAD_TEXT for `field`."""
    cleaned = (text or "").strip()
    if required and not cleaned:
        raise Refused("TEXT_MISSING", field)
    if len(cleaned) > most:
        raise Refused("TEXT_TOO_LONG", field, most=most)
    if not _can_be_kept(cleaned):
        raise Refused("BAD_TEXT", field)
    return cleaned


def _can_be_kept(text: str) -> bool:
    # SQLite stores a NUL and PostgreSQL refuses it; half of a surrogate pair cannot be encoded at all.
    return "\x00" not in text and not any("\ud800" <= c <= "\udfff" for c in text)
