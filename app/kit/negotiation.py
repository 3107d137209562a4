"""Content negotiation by `Accept` (RFC 9110, section 12.5.1), for the paths that answer in more than one media type.

A path with one media type answers with it whatever `Accept` says, as the RFC allows: generated clients send the type of
the error, or of another answer, with every request.
"""

from collections.abc import Sequence

from app.kit.errors import PROBLEM_MEDIA_TYPE, NotAcceptable

JSON_MEDIA_TYPE = "application/json"
ANY_MEDIA_TYPE = "*/*"


def choose_media_type(accept: str, offers: Sequence[str]) -> str:
    """Return the offer that an `Accept` header prefers; among equals, and without a header, the first one.

    Raises `NotAcceptable` with the offers when the header allows none of them.
    """
    if not accept.strip():
        return offers[0]
    qualities = _read_qualities(accept)
    best = max(offers, key=lambda offer: _quality_of(offer, qualities))
    if _quality_of(best, qualities) <= 0:
        listed = ", ".join(offers)
        raise NotAcceptable(f"This is answered as one of: {listed}.", available=list(offers))
    return best


def _read_qualities(accept: str) -> dict[str, float]:
    """Return the quality of each media range. Parameters other than `q` are ignored: no media type here has any."""
    qualities: dict[str, float] = {}
    for part in accept.lower().split(","):
        media_range, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((text for text in parameters if text.startswith("q=")), "q=1")
        try:
            qualities[media_range] = float(quality.removeprefix("q="))
        except ValueError:
            qualities[media_range] = 1.0
    # A client that reads problems reads JSON. Many generated clients name the type of the error alone.
    if PROBLEM_MEDIA_TYPE in qualities:
        qualities.setdefault(JSON_MEDIA_TYPE, qualities[PROBLEM_MEDIA_TYPE])
    return qualities


def _quality_of(offer: str, qualities: dict[str, float]) -> float:
    """Return the quality of an offer: that of the most specific range that holds it, else 0."""
    for media_range in (offer, f"{offer.partition('/')[0]}/*", ANY_MEDIA_TYPE):
        if media_range in qualities:
            return qualities[media_range]
    return 0.0
