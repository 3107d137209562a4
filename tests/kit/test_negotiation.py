"""The choice among several media types: by quality, then by specificity, then as the service prefers."""

import pytest

from app.kit.errors import NotAcceptable
from app.kit.negotiation import choose_media_type

OFFERS = ("application/json", "text/html")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/*;q=0.5", "application/json"),
        ("application/problem+json", "application/json"),
        ("application/json, application/problem+json", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/*", "text/html"),
        ("TEXT/HTML", "text/html"),
        ("text/html;q=0.4, application/json;q=0.5", "application/json"),
        ("application/json;q=0, */*;q=0.1", "text/html"),
        ("text/html;level=1;q=0.9, application/json;q=0.8", "text/html"),
        ("application/json;q=much", "application/json"),
    ],
)
def test_the_preferred_type_is_chosen(accept: str, expected: str) -> None:
    assert choose_media_type(accept, OFFERS) == expected


@pytest.mark.parametrize("accept", ["image/png", "text/html;q=0", "*/*;q=0.000", "application/json;q=0, text/*;q=0"])
def test_where_nothing_is_accepted_the_offers_are_listed(accept: str) -> None:
    with pytest.raises(NotAcceptable) as raised:
        choose_media_type(accept, OFFERS)
    assert raised.value.extensions["available"] == list(OFFERS)
