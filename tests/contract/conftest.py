"""What the contract tests share: one document, made once."""

from typing import Any

import pytest

from app.kit.settings import Settings
from app.main import create_app
from tests.contract.document import Promise

DOCUMENT: dict[str, Any] = create_app(Settings()).openapi()


@pytest.fixture(scope="session")
def document() -> dict[str, Any]:
    return DOCUMENT


@pytest.fixture(scope="session")
def promise(document: dict[str, Any]) -> Promise:
    return Promise(document)
