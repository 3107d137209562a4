"""Every documented example is executed, and every answer is what the document says."""

import re
import shlex
from typing import Any

import httpx
import pytest

from tests.app_client import Client
from tests.contract.conftest import DOCUMENT
from tests.contract.document import JSON_TYPES, ContractChecker, Operation, list_operations, operation_at
from tests.kit.test_models import write_with_points

OPERATIONS = list_operations(DOCUMENT)
READS = [operation for operation in OPERATIONS if operation.method == "GET"]
BODIES = [
    (operation, name, body) for operation in OPERATIONS for name, body in operation.example_bodies(DOCUMENT).items()
]
PARAMETERS = [
    (operation, parameter["name"], value)
    for operation in READS
    for parameter in operation.spec.get("parameters", ())
    for value in [*parameter["schema"].get("examples", ()), *([parameter["example"]] if "example" in parameter else [])]
]
TEXTS = [
    text
    for operation in OPERATIONS
    for text in [
        operation.spec["description"],
        *(p.get("description", "") for p in operation.spec.get("parameters", ())),
    ]
] + [DOCUMENT["info"]["description"]]
ADDRESSES = sorted({address for text in TEXTS for address in re.findall(r"`(?:GET )?(/v1/[^`\s{]+)`", text)})

LOCAL_ADDRESS = "http://127.0.0.1:8000"
COMMANDS = [shlex.split(line) for line in re.findall(r"^ *(curl .+)$", DOCUMENT["info"]["description"], re.MULTILINE)]


def assert_as_documented(checker: ContractChecker, operation: Operation, answer: httpx.Response) -> None:
    assert list(checker.find_violations(operation, answer)) == []


@pytest.mark.parametrize("operation", READS, ids=[operation.id for operation in READS])
def test_a_read_answers_as_documented(client: Client, checker: ContractChecker, operation: Operation) -> None:
    answer = client.get(operation.example_address(), headers=operation.headers)
    assert 200 <= answer.status_code < 300, answer.text[:500]
    assert_as_documented(checker, operation, answer)


@pytest.mark.parametrize(
    ("operation", "name", "body"), BODIES, ids=[f"{operation.id}-{name}" for operation, name, _ in BODIES]
)
def test_an_example_body_is_taken(
    client: Client, checker: ContractChecker, operation: Operation, name: str, body: Any
) -> None:
    answer = client.request(operation.method, operation.example_address(), json=body, headers=operation.headers)
    assert 200 <= answer.status_code < 300, answer.text[:500]
    assert_as_documented(checker, operation, answer)


BODIES_WITH_INTEGERS = [example for example in BODIES if repr(write_with_points(example[2])) != repr(example[2])]


@pytest.mark.parametrize(
    ("operation", "name", "body"),
    BODIES_WITH_INTEGERS,
    ids=[f"{operation.id}-{name}" for operation, name, _ in BODIES_WITH_INTEGERS],
)
def test_an_example_body_means_the_same_with_its_integers_written_as_floats(
    client: Client, operation: Operation, name: str, body: Any
) -> None:
    answers = [
        client.request(operation.method, operation.example_address(), json=written, headers=operation.headers)
        for written in (body, write_with_points(body))
    ]
    assert answers[0].content == answers[1].content
    assert answers[1].status_code < 300


@pytest.mark.parametrize(
    ("operation", "name", "value"),
    PARAMETERS,
    ids=[f"{operation.id}-{name}-{value}" for operation, name, value in PARAMETERS],
)
def test_an_example_of_a_parameter_is_taken(
    client: Client, checker: ContractChecker, operation: Operation, name: str, value: Any
) -> None:
    path = operation.path.replace("{" + name + "}", str(value))
    address = Operation(operation.method, path, operation.spec).example_address()
    if path == operation.path:
        values = value if isinstance(value, list) else [value]
        address = str(httpx.URL(address).copy_merge_params([(name, str(item)) for item in values]))
    answer = client.get(address, headers=operation.headers)
    assert 200 <= answer.status_code < 300, answer.text[:500]
    assert_as_documented(checker, operation, answer)


def test_there_are_addresses_in_the_descriptions() -> None:
    assert len(ADDRESSES) >= 5


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_in_a_description_answers(
    client: Client, checker: ContractChecker, document: dict[str, Any], address: str
) -> None:
    operation = operation_at(document, address, "GET")
    answer = client.get(address, headers=operation.headers)
    assert 200 <= answer.status_code < 300, answer.text[:500]
    assert_as_documented(checker, operation, answer)
    content = answer.json() if answer.headers["content-type"] in JSON_TYPES else {}
    assert content.get("items", True), "a documented filter that finds nothing"


@pytest.mark.parametrize("kind", ["exercises", "guidelines", "references", "routines"])
def test_every_record_is_of_its_shape(
    client: Client, checker: ContractChecker, document: dict[str, Any], kind: str
) -> None:
    operation = operation_at(document, f"/v1/{kind}", "GET")
    cursor = ""
    while cursor is not None:
        answer = client.get(f"/v1/{kind}?limit=100{cursor}")
        assert_as_documented(checker, operation, answer)
        following = answer.json()["next_cursor"]
        if following is None:
            break
        cursor = f"&cursor={following}"


def test_the_introduction_has_three_requests_to_copy_and_each_is_answered(client: Client) -> None:
    assert len(COMMANDS) == 3
    for command in COMMANDS:
        (address,) = (part.removeprefix(LOCAL_ADDRESS) for part in command if part.startswith(LOCAL_ADDRESS))
        if "-d" in command:
            headers = dict([command[command.index("-H") + 1].split(": ")])
            answer = client.post(address, content=command[command.index("-d") + 1], headers=headers)
        else:
            answer = client.get(address)
        assert 200 <= answer.status_code < 300, answer.text[:500]
        assert answer.headers["Content-Type"].startswith("image/") or answer.json().get("total", 1) > 0


def test_every_success_is_described_in_its_own_words() -> None:
    for operation in OPERATIONS:
        for status, response in operation.spec["responses"].items():
            assert response["description"] not in ("", "Successful Response"), (operation.id, status)
