"""Requests made up from the document, right and wrong ones: every answer keeps the document's word."""

from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings

from tests.app_client import Client
from tests.contract.conftest import DOCUMENT
from tests.contract.document import ContractChecker, operation_at

schema = schemathesis.openapi.from_dict(DOCUMENT)


@schema.parametrize()
@hypothesis_settings(
    max_examples=5,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_breaks_the_promise(case: schemathesis.Case[Any], client: Client, checker: ContractChecker) -> None:
    transport = case.as_transport_kwargs(base_url="http://testserver")
    body = {name: transport[name] for name in ("json", "data") if transport.get(name) is not None}
    if "data" in body:
        body["content"] = body.pop("data")
    options = {"params": transport.get("params"), "headers": dict(transport.get("headers") or {}), **body}
    answer = client.request(transport["method"], transport["url"], **options)
    assert answer.status_code < 500, answer.text[:500]
    operation = operation_at(DOCUMENT, case.path, case.method.upper())
    assert list(checker.find_violations(operation, answer)) == []
