"""What the tests of the edge share."""

import pytest

from tests.app_client import Client
from tests.kit.raw_asgi import wait_until_ready


@pytest.fixture(autouse=True)
def wide_awake(request: pytest.FixtureRequest) -> None:
    """However long the tests before took, readiness is asked of an application that has just looked."""
    if "client" in request.fixturenames:
        client: Client = request.getfixturevalue("client")
        wait_until_ready(client)
