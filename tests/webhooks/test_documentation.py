"""The receiver of docs/webhooks.md takes what the service sends, and nothing else."""

import re
import threading
from datetime import UTC, datetime, timedelta
from http.server import HTTPServer
from typing import Any

import httpx

from app.kit.settings import PROJECT_ROOT
from app.webhooks.signing import derive_secret, sign_message

PAGE = (PROJECT_ROOT / "docs" / "webhooks.md").read_text()
SECRET = derive_secret(b"a secret of the tests", "hook", 1)
BODY = '{"type":"catalogue.changed","data":{"serial":317}}'


def test_the_receiver_in_python_verifies() -> None:
    [code] = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert len(code.splitlines()) <= 18
    names: dict[str, Any] = {}
    exec(code, names)
    receiver = names["Receiver"]
    receiver.secret, receiver.log_message = SECRET, lambda *_: None
    now = datetime.now(UTC)
    signed = sign_message([derive_secret(b"another", "hook", 1), SECRET], "msg_1", now, BODY)
    outdated = sign_message([SECRET], "msg_1", now - timedelta(minutes=6), BODY)
    forged = sign_message([derive_secret(b"another", "hook", 1)], "msg_1", now, BODY)
    with HTTPServer(("127.0.0.1", 0), receiver) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        requests = [(signed, BODY), (signed, BODY + " "), (outdated, BODY), (forged, BODY)]
        statuses = [httpx.post(address, headers=headers, content=body).status_code for headers, body in requests]
        server.shutdown()
    assert statuses == [204, 400, 400, 400]
    assert receiver.messages == [{"type": "catalogue.changed", "data": {"serial": 317}}]
