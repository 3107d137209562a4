"""Rates over HTTP: who is counted as one, what costs what, and what the fields say."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.kit.database import Database
from app.kit.ready_response import ReadyResponse
from app.kit.settings import Settings
from tests.app_client import Client, start_clients
from tests.conftest import copy_database
from tests.kit.raw_asgi import RawResponse, send_raw_request
from tests.partners.conftest import bearer, follow_keys, make_key

RATE = 40
NOW_NS = 10**12
BUILD = {"duration_s": 300, "goals": [{"goal": "rotation"}]}


@pytest.fixture(scope="module")
def limited(seeded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """An application with a low rate for addresses, which counts this machine, too, because the rate is set."""
    folder = copy_database(seeded_database, tmp_path_factory.mktemp("limited"))
    for start in start_clients():
        client = start(Settings(data_dir=folder, secret="a secret of the tests", public_rate=RATE, key_rate=0))
        client.app.state.partners.rates.limiter.clock_ns = lambda: NOW_NS  # nothing grows back: how long a test takes
        yield client


def ask(client: Client, address: str, path: str = "/v1/exercises", method: str = "GET") -> RawResponse:
    """Ask as the client of a proxy on this machine."""
    return send_raw_request(client, method, path, headers=[(b"x-forwarded-for", address.encode())])


def use_up(client: Client, address: str, path: str = "/v1/self-tests") -> int:
    """Ask until it is too much. Return how often that went well."""
    for count in range(20 * RATE):
        if ask(client, address, path).status == 429:
            return count
    raise AssertionError("there is no limit")


def test_who_asks_too_much_is_told_when_to_ask_again(limited: Client) -> None:
    assert ask(limited, "192.0.2.1").status == 200  # from now on it is in memory
    admitted = use_up(limited, "192.0.2.1")
    assert admitted == 10 * (RATE - 2) + 1  # two were not in memory yet
    refused = ask(limited, "192.0.2.1", "/v1/exercises?limit=0&nonsense")
    assert refused.problem["type"] == "urn:thoracic-mobility:problem:rate-limit-exceeded"
    assert refused.problem["violated-policies"] == ["address"]
    assert refused.headers["ratelimit-policy"] == f'"address";q={RATE};w=60'
    [left, seconds] = re.findall(r'^"address";r=(\d+);t=(\d+)$', refused.headers["ratelimit"])[0]
    assert (left, seconds) == ("0", refused.headers["retry-after"])
    assert seconds == "2"
    assert refused.headers["cache-control"] == "no-store"
    assert ask(limited, "192.0.2.2").status == 200


def test_a_flood_is_refused_before_the_application_and_as_the_application_would(limited: Client) -> None:
    address = b"192.0.2.60"

    def find(method: str, path: str, *headers: tuple[bytes, bytes]) -> ReadyResponse | None:
        scope = {"method": method, "path": path, "query_string": b"", "client": ("127.0.0.1", 1), "type": "http"}
        return limited.app.find_ready_response({**scope, "headers": [(b"x-forwarded-for", address), *headers]})

    assert find("GET", "/v1/nothing") is None  # nobody knows this client yet
    use_up(limited, address.decode())
    ready = find("GET", "/v1/nothing", (b"x-request-id", b"one"))
    plain = send_raw_request(
        limited, "GET", "/v1/nothing", headers=[(b"x-forwarded-for", address), (b"x-request-id", b"one")]
    )
    assert ready is not None
    headers = {name.decode(): value.decode() for name, value in ready.head.headers} | {"x-request-id": "one"}
    assert (ready.head.status, headers, ready.content) == (plain.status, plain.headers, plain.content)
    assert ready.retry_after_s == 2
    head = find("HEAD", "/v1/exercises")
    assert head is not None
    assert head.content == b""
    assert find("POST", "/v1/screening") is None
    assert find("GET", "/healthz") is None
    assert find("GET", "/v1/exercises", (b"authorization", b"Bearer x")) is None


def test_an_ipv6_network_is_one_client_and_a_forged_address_is_not_believed(limited: Client) -> None:
    use_up(limited, "2001:db8:1:1::1")
    assert ask(limited, "2001:db8:1:1:ffff::2").status == 429
    assert ask(limited, "2001:db8:1:2::1").status == 200
    assert ask(limited, "203.0.113.9, 2001:db8:1:1::3").status == 429  # the proxy added the last one
    assert ask(limited, "::ffff:192.0.2.77").status == 200


def test_a_build_costs_more_than_a_plain_request_and_memory_is_nearly_free(limited: Client) -> None:
    headers = {"X-Forwarded-For": "192.0.2.10"}
    left = []
    for path, body in (("/v1/screening", {"answers": {}}), ("/v1/sessions", BUILD), ("/v1/sessions", BUILD)):
        answer = limited.post(path, json=body, headers=headers)
        left.append(int(re.findall(r"r=(\d+)", answer.headers["ratelimit"])[0]))
    assert left == [RATE - 1, RATE - 11, RATE - 21]
    assert "ratelimit" not in limited.get("/v1/exercises", headers=headers).headers  # a shared cache would replay it
    statuses = [limited.post("/v1/sessions", json=BUILD, headers=headers).status_code for _ in range(2)]
    assert statuses == [201, 429]
    assert limited.get("/v1/exercises", headers=headers).status_code == 200


def test_probes_and_preflights_are_never_limited(limited: Client) -> None:
    use_up(limited, "192.0.2.20")
    assert ask(limited, "192.0.2.20", "/readyz").status in (200, 503)
    for path, method in (("/healthz", "GET"), ("/metrics", "GET"), ("/v1/sessions", "OPTIONS")):
        assert ask(limited, "192.0.2.20", path, method).status in (200, 204)


def test_guessed_keys_use_up_the_rate_of_the_address(limited: Client) -> None:
    headers = bearer("thoracic_guess") | {"X-Forwarded-For": "192.0.2.30"}
    statuses = [limited.get("/v1/exercises", headers=headers).status_code for _ in range(RATE + 5)]
    assert statuses == [401] * RATE + [429] * 5


def test_a_key_has_a_rate_of_its_own_and_its_use_is_counted(limited: Client) -> None:
    database = Database(limited.app.state.settings.database)
    slow, free = make_key(database, rate=20), make_key(database)
    follow_keys(limited, database)
    headers = {"X-Forwarded-For": "192.0.2.40"}
    use_up(limited, "192.0.2.40")
    answers = [
        limited.post("/v1/screening", json={"answers": {}}, headers=bearer(slow.key) | headers) for _ in range(30)
    ]
    admitted = sum(answer.status_code == 200 for answer in answers)
    assert 20 <= admitted <= 22
    assert answers[0].headers["ratelimit-policy"] == '"key";q=20;w=60'
    assert answers[0].headers["ratelimit"] == '"key";r=19;t=3'
    assert "This key" in answers[-1].json()["detail"]
    for _ in range(2 * RATE):
        answer = limited.get("/v1/exercises", headers=bearer(free.key) | headers)
        assert (answer.status_code, answer.headers.get("ratelimit")) == (200, None)
    limited.runner.run(limited.app.state.partners.key_use.store(database, limited.app.state.request_database))
    partner = limited.get("/v1/partner", headers=bearer(free.key)).json()
    assert partner["requests_per_minute"] is None
    assert [(day["requests"], day["refused"]) for day in partner["use"]] == [(2 * RATE, 0)]
    limited.get("/v1/exercises", headers=bearer(free.key))
    limited.runner.run(limited.app.state.partners.key_use.store(database, limited.app.state.request_database))
    assert limited.get("/v1/partner", headers=bearer(free.key)).json()["use"][0]["requests"] == 2 * RATE + 2
    database.close()


def test_keyed_answers_from_memory_are_nearly_free(limited: Client) -> None:
    database = Database(limited.app.state.settings.database)
    key = make_key(database, rate=10).key
    follow_keys(limited, database)
    database.close()
    limited.get("/v1/exercises?limit=3", headers={"X-Forwarded-For": "192.0.2.50"})
    statuses = [limited.get("/v1/exercises?limit=3", headers=bearer(key)).status_code for _ in range(60)]
    assert statuses == [200] * 60


def test_this_machine_is_free_unless_a_rate_is_set(client: Client) -> None:
    statuses = {send_raw_request(client, "GET", "/v1/exercises").status for _ in range(700)}
    assert statuses == {200}
    assert client.app.state.settings.public_rate == 600
    with pytest.raises(AssertionError, match="no limit"):
        use_up(client, "127.0.0.1")


def test_rates_may_be_off(settings: Settings, start_client: Callable[[Settings], Client]) -> None:
    off = start_client(settings.model_copy(update={"public_rate": 0}))
    answer = off.post("/v1/screening", json={"answers": {}}, headers={"X-Forwarded-For": "192.0.2.1"})
    assert (answer.status_code, answer.headers.get("ratelimit")) == (200, None)
