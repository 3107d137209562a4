"""Requests made up from the document, right and wrong ones: every answer keeps the document's word."""

from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase
from hypothesis import settings as trying

from tests.app_client import Client
from tests.contract.conftest import DOCUMENT
from tests.contract.document import ContractChecker, operation_at

schema = schemathesis.openapi.from_dict(DOCUMENT)


@schema.parametrize()
@trying(
    max_examples=5,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_breaks_the_promise(case: schemathesis.Case[Any], client: Client, promise: ContractChecker) -> None:
    asked = case.as_transport_kwargs(base_url="http://testserver")
    body = {name: asked[name] for name in ("json", "data") if asked.get(name) is not None}
    if "data" in body:
        body["content"] = body.pop("data")
    more = {"params": asked.get("params"), "headers": dict(asked.get("headers") or {}), **body}
    answer = client.request(asked["method"], asked["url"], **more)
    assert answer.status_code < 500, answer.text[:500]
    operation = operation_at(DOCUMENT, case.path, case.method.upper())
    assert list(promise.find_violations(operation, answer)) == []
