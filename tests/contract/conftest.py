"""What the contract tests share: one document, made once."""

from typing import Any

import pytest

from app.kit.settings import Settings
from app.main import create_app
from tests.app_client import Client
from tests.contract.document import ContractChecker
from tests.kit.raw_asgi import wait_until_ready

DOCUMENT: dict[str, Any] = create_app(Settings()).openapi()


@pytest.fixture(scope="session")
def document() -> dict[str, Any]:
    return DOCUMENT


@pytest.fixture(scope="session")
def checker(document: dict[str, Any]) -> ContractChecker:
    return ContractChecker(document)


@pytest.fixture(autouse=True)
def wide_awake(request: pytest.FixtureRequest) -> None:
    """However long the tests before took, readiness is asked of an application that has just looked."""
    if "client" in request.fixturenames:
        client: Client = request.getfixturevalue("client")
        wait_until_ready(client)
