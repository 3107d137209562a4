"""The representation cache alone: what is kept, for how long, and what a 304 may be said of."""

import pytest

from tests.cache.counting_app import LONG_BODY, CountingApp

VARIANTS = ("", "gzip", "br")


def test_an_answer_is_made_once() -> None:
    app = CountingApp()
    first, second = app.get("/public"), app.get("/public")
    assert first.content == second.content == LONG_BODY
    assert dict(first.headers) == dict(second.headers)
    assert app.request_count == 1


@pytest.mark.parametrize("path", ["/private", "/error", "/negotiated"])
def test_what_is_not_for_everybody_is_not_kept(path: str) -> None:
    app = CountingApp()
    assert [app.get(path).status_code for _ in range(2)] == [404 if path == "/error" else 200] * 2
    assert app.request_count == 2
    assert not app.cache.representations


def test_posts_are_not_kept() -> None:
    app = CountingApp()
    for _ in range(2):
        app.request("POST", "/public", [])
    assert app.request_count == 2
    assert not app.cache.representations


def test_the_order_of_parameters_does_not_matter_but_of_values_does() -> None:
    app = CountingApp()
    for query in ("a=1&b=2&a=3", "b=2&a=1&a=3", "a=1&a=3&b=2", "&a=1&&a=3&b=2&"):
        app.get(f"/public?{query}")
    assert app.request_count == 1
    app.get("/public?a=3&a=1&b=2")
    assert app.request_count == 2


@pytest.mark.parametrize("query", ["q=%E2%82%AC&limit=5", "q=%FF&limit=5", "%FF=%FE&a", "q=a+b&x=%26"])
def test_any_query_can_be_a_key(query: str) -> None:
    app = CountingApp()
    assert [app.get(f"/public?{query}").status_code for _ in range(2)] == [200, 200]
    assert app.request_count == 1


def test_different_queries_are_never_confused() -> None:
    app = CountingApp()
    queries = ["", "a", "a=", "a=&b", "a=%26b", "a=1&b=2", "a=1%26b=2", "a=1;b=2", "a=1&b=2&c", "b=1&a=2"]
    for query in queries:
        app.get(f"/public?{query}")
    assert app.request_count == len(queries)


def test_all_is_dropped_when_the_serial_moves() -> None:
    app = CountingApp()
    app.get("/public")
    app.serial += 1
    app.get("/public")
    assert app.request_count == 2
    assert len(app.cache.representations) == 1


def test_an_answer_made_while_the_serial_moved_is_not_kept() -> None:
    app = CountingApp()
    app.get("/stale")
    assert not app.cache.representations


@pytest.mark.parametrize("path", ["/public", "/private"])
def test_each_encoding_has_an_etag_of_its_own(path: str) -> None:
    app = CountingApp()
    answers = {name: app.get(path, accept_encoding=name) for name in VARIANTS}
    etags = {name: answer.headers["etag"] for name, answer in answers.items()}
    unencoded = etags[""]
    assert unencoded == f'"{unencoded.strip(chr(34))}"'
    assert etags["gzip"] == unencoded[:-1] + '-gzip"'
    assert etags["br"] == unencoded[:-1] + '-br"'
    for name, answer in answers.items():
        assert answer.content == LONG_BODY  # as decoded by the client
        assert answer.headers.get("content-encoding", "") == name
        assert answer.headers["vary"] == "Accept-Encoding"
        assert int(answer.headers["content-length"]) == answer.num_bytes_downloaded


@pytest.mark.parametrize("known_encoding", VARIANTS)
@pytest.mark.parametrize("accepted_encoding", VARIANTS)
def test_a_304_only_for_the_variant_that_would_be_sent(known_encoding: str, accepted_encoding: str) -> None:
    app = CountingApp()
    etag = app.get("/public", accept_encoding=known_encoding).headers["etag"]
    answer = app.get("/public", accept_encoding=accepted_encoding, if_none_match=etag)
    assert answer.status_code == (304 if known_encoding == accepted_encoding else 200)
    assert (answer.content == b"") is (known_encoding == accepted_encoding)


@pytest.mark.parametrize(
    ("known_etag", "status"),
    [
        ("{etag}", 304),
        ("W/{etag}", 304),
        ('"other", {etag}', 304),
        ('W/"other",{etag} , "third"', 304),
        ("*", 304),
        ('"other"', 200),
        ("", 200),
        ('""', 200),
        ("other", 200),
    ],
)
def test_if_none_match(known_etag: str, status: int) -> None:
    app = CountingApp()
    fresh = app.get("/public")
    for _ in range(2):
        answer = app.get("/public", if_none_match=known_etag.format(etag=fresh.headers["etag"]))
        assert answer.status_code == status
        assert answer.headers["etag"] == fresh.headers["etag"]
        assert answer.headers["cache-control"] == fresh.headers["cache-control"]
        assert answer.headers["vary"] == fresh.headers["vary"]
    if status == 304:
        assert not {"content-length", "content-type", "content-encoding"} & set(answer.headers)


def test_an_error_is_never_a_304() -> None:
    assert CountingApp().get("/error", if_none_match="*").status_code == 404


def test_what_gains_nothing_is_sent_as_it_is() -> None:
    answer = CountingApp().get("/small", accept_encoding="gzip, br")
    assert "content-encoding" not in answer.headers
    assert "vary" not in answer.headers


def test_memory_is_bounded_and_the_oldest_goes_first() -> None:
    app = CountingApp(max_bytes=40 * len(LONG_BODY))
    app.get("/public?number=0")
    for number in range(1, 100):
        app.get(f"/public?number={number}")
    assert 5 < len(app.cache.representations) < 40
    assert app.cache.representations.size_bytes <= 40 * len(LONG_BODY)
    request_count = app.request_count
    app.get("/public?number=99")
    assert app.request_count == request_count
    app.get("/public?number=0")
    assert app.request_count == request_count + 1


def test_many_tiny_answers_are_bounded_as_well() -> None:
    """An empty list weighs little, but what keeps it does not: many misspelt searches must not fill the memory."""
    app = CountingApp(max_bytes=90_000)
    for number in range(200):
        app.get(f"/small?q={number}")
    assert 5 < len(app.cache.representations) < 100


def test_an_answer_larger_than_the_cache_is_sent_and_forgotten() -> None:
    app = CountingApp(max_bytes=1000)
    assert app.get("/public").content == LONG_BODY
    assert not app.cache.representations
    assert app.cache.representations.size_bytes == 0


def test_several_lines_of_one_header_count_as_one() -> None:
    app = CountingApp()
    etag = app.get("/public", accept_encoding="gzip").headers["etag"]
    several = [("accept-encoding", "gzip"), ("accept-encoding", "deflate"), ("if-none-match", '"a"')]
    answer = app.request("GET", "/public", [*several, ("if-none-match", etag)])
    assert answer.status_code == 304


def test_the_same_answer_made_twice_at_once_weighs_once() -> None:
    app, alone = CountingApp(), CountingApp()
    answers = app.request_concurrently("GET", "/public", [], times=5)
    alone.get("/public")
    assert {answer.content for answer in answers} == {LONG_BODY}
    assert app.cache.representations.size_bytes == alone.cache.representations.size_bytes


@pytest.mark.parametrize("encodings", [("gzip", "br", ""), ("br", "gzip", ""), ("", "gzip", ""), ("br", "", "gzip")])
def test_an_answer_is_kept_in_its_encodings_alone_and_can_be_had_without(encodings: tuple[str, ...]) -> None:
    app = CountingApp()
    unencoded = CountingApp().get("/public")
    for name in encodings:
        answer = app.get("/public", accept_encoding=name)
        assert answer.content == LONG_BODY
        assert (answer.headers["etag"] == unencoded.headers["etag"]) == (name == "")
    assert app.request_count == 1
    assert app.cache.representations.size_bytes < 1500 < len(LONG_BODY)
