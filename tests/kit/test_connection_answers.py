"""Answers that a connection writes itself have the headers of those that the application sends."""

from collections.abc import Callable

import pytest

from app.kit.connection_answers import format_problem
from app.kit.errors import RequestTimeout
from app.kit.server import limited_protocol
from app.kit.settings import Settings
from tests.app_client import Client


@pytest.mark.parametrize("public_url", ["", "https://example.org/pub"])
def test_the_headers_are_those_of_the_application(
    settings: Settings, start_client: Callable[[Settings], Client], public_url: str
) -> None:
    public = settings.model_copy(update={"public_url": public_url})
    of_application = start_client(public).get("/nowhere").headers
    protocol = limited_protocol(public, lambda _: None)
    answer = format_problem(RequestTimeout("Too late."), [], [], protocol.common_headers).decode()
    lines = answer.partition("\r\n\r\n")[0].split("\r\n")[1:]
    names = {line.partition(":")[0] for line in lines}
    assert names == {*of_application} | {"connection"}
    assert ("strict-transport-security" in names) is bool(public_url)
