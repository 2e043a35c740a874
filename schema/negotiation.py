"""Which media type answers a request, as GraphQL over HTTP and RFC 9110 say."""

from functools import lru_cache

MODERN = "application/graphql-response+json"
LEGACY = "application/json"


@lru_cache(maxsize=64)
def chosen_media_type(accept: str | None) -> str | None:
    """The media type that `accept` (the header, None when missing) likes best; None when it takes neither.

    The older type wins where the client has no preference, since clients that name none expect it.
    """
    if accept is None or not accept.strip():
        return LEGACY
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    liked = {offer: _quality(offer, ranges=ranges) for offer in (LEGACY, MODERN)}
    quality, position = max(liked.values(), key=lambda found: (found[0], -found[1]))
    if quality <= 0:
        return None
    return next(offer for offer, found in liked.items() if found == (quality, position))


def _range(part: str) -> tuple[str, float]:
    media_range, *parameters = (piece.strip() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                quality = min(1.0, max(0.0, float(value)))
            except ValueError:
                quality = 0.0
    return media_range.lower(), quality


def _quality(offer: str, *, ranges: list[tuple[str, float]]) -> tuple[float, int]:
    """How much `offer` is liked, by the most specific range that matches, and where that range stands."""
    for wanted in (offer, offer.partition("/")[0] + "/*", "*/*"):
        for position, (media_range, quality) in enumerate(ranges):
            if media_range == wanted:
                return quality, position
    return 0.0, len(ranges)
