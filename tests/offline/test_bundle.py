"""The whole catalogue as one document: complete, of its schema, small, and made once."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import brotli
import pytest
from jsonschema_rs import Draft202012Validator

from app.kit.settings import PROJECT_ROOT
from tests.app_client import Client
from tests.kit.raw_asgi import send_raw_request

MAX_BROTLI_BYTES = 100_000
SCHEMA = json.loads((PROJECT_ROOT / "openapi" / "catalogue.schema.json").read_text())
KINDS = ("exercises", "guidelines", "references", "routines")


@pytest.fixture(scope="module")
def bundle(client: Client) -> Any:
    return client.get("/v1/catalogue").json()


def list_whole_records(client: Client, kind: str) -> Iterator[Any]:
    """Yield every record of a kind as the list has it."""
    path: str | None = f"/v1/{kind}?limit=100"
    while path:
        page = client.get(path)
        yield from page.json()["items"]
        path = page.links["next"]["url"] if "next" in page.links else None


def assert_is_part(part: Any, whole: Any, where: str) -> None:
    """Assert that `part` has nothing but what `whole` has, however deep."""
    if isinstance(part, Mapping):
        for name, value in part.items():
            assert_is_part(value, whole[name], f"{where}/{name}")
    elif isinstance(part, list):
        assert len(part) == len(whole), where
        for index, (item, other) in enumerate(zip(part, whole, strict=True)):
            assert_is_part(item, other, f"{where}/{index}")
    else:
        assert part == whole, where


def test_it_is_of_its_schema(bundle: Any) -> None:
    Draft202012Validator(SCHEMA).validate(bundle)


@pytest.mark.parametrize("kind", KINDS)
def test_it_has_every_record_and_says_nothing_else_of_it(client: Client, bundle: Any, kind: str) -> None:
    whole = list(list_whole_records(client, kind))
    assert [record["slug"] for record in bundle[kind]] == [record["slug"] for record in whole]
    for record, other in zip(bundle[kind], whole, strict=True):
        assert_is_part(record, other, f"{kind}/{record['slug']}")
        assert record.keys() >= other.keys() - {"license", "stop_rules", "disclaimer", "serial", "updated_at", "sides"}


def test_what_records_share_is_said_once(client: Client, bundle: Any) -> None:
    exercise = client.get("/v1/exercises/open-book").json()
    for name in ("license", "stop_rules", "disclaimer"):
        assert bundle[name] == exercise[name]
    session = client.get("/v1/routines/desk-break-5-min-chair").json()["session"]
    assert (bundle["stop_rules"], bundle["disclaimer"]) == (session["stop_rules"], session["disclaimer"])
    questions = client.get("/v1/screening").json()
    assert bundle["screening"] | {"disclaimer": bundle["disclaimer"]} == questions
    assert bundle["self_tests"]["items"] == client.get("/v1/self-tests").json()["items"]


def test_the_pattern_of_a_figure_gives_its_address(client: Client, bundle: Any) -> None:
    for exercise in client.get("/v1/exercises?limit=100").json()["items"]:
        for name, pattern in bundle["figure_paths"].items():
            assert pattern.replace("{slug}", exercise["slug"]) == exercise["figure"][name]


def write_advice(bundle: Any, contraindication: Any) -> str:
    """The advice of a contraindication, made as `ContraindicationAdvice` is documented."""
    if contraindication["verdict"] == "avoid":
        labels = {term["value"]: term["label"] for term in bundle["vocabulary"]["strains"]}
        named = [labels[strain][0].lower() + labels[strain][1:] for strain in contraindication["strains"]]
        return str(bundle["contraindication_advice"]["avoid"].replace("{strains}", ", ".join(named)))
    advice = {(row["strain"], row["condition"]): row["advice"] for row in bundle["contraindication_advice"]["care"]}
    sentences = [
        advice.get((strain, contraindication["condition"])) or advice[strain, None]
        for strain in contraindication["strains"]
    ]
    return " ".join(dict.fromkeys(sentences))


def test_the_advice_of_every_contraindication_can_be_made(client: Client, bundle: Any) -> None:
    made = [
        {**row, "advice": write_advice(bundle, row)}
        for record in bundle["exercises"]
        for row in record["contraindications"]
    ]
    assert made == [row for record in list_whole_records(client, "exercises") for row in record["contraindications"]]


def test_it_is_small_and_cached_as_other_reads_are(client: Client) -> None:
    answer = send_raw_request(client, "GET", "/v1/catalogue", b"", [(b"accept-encoding", b"br")])
    assert len(answer.content) <= MAX_BROTLI_BYTES
    assert json.loads(brotli.decompress(answer.content)) == client.get("/v1/catalogue").json()
    assert answer.headers["etag"].endswith('-br"')
    assert answer.headers["cache-control"] == "public, max-age=60, stale-while-revalidate=600"
    head = client.request("HEAD", "/v1/catalogue", headers={"Accept-Encoding": "br"})
    assert (head.headers["etag"], head.content) == (answer.headers["etag"], b"")


def test_it_takes_no_parameters(client: Client) -> None:
    assert client.get("/v1/catalogue?fields=slug").status_code == 422
