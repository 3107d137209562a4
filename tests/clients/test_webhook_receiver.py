"""The receiver in TypeScript of docs/webhooks.md verifies what the service signs, as Node.js runs it."""

import json
import re
import shutil
from datetime import UTC, datetime

import pytest

from app.kit.settings import PROJECT_ROOT
from app.webhooks.signing import derive_secret, sign_message
from tests.clients.tools import BUILD, SOURCES, run_tool

pytestmark = pytest.mark.clients
PAGE = (PROJECT_ROOT / "docs" / "webhooks.md").read_text()
BODY = '{"type":"catalogue.changed"}'
CALLS = """
const { secret, headers, body } = JSON.parse(process.argv[2]);
const attempts: [string, string][] = [[secret, body], [secret, body + " "], ["whsec_AAAA", body]];
for (const [key, content] of attempts) {
  try {
    console.log(JSON.stringify(verify(key, headers, content)));
  } catch (error) {
    console.log((error as Error).message);
  }
}
"""


def test_the_receiver_in_typescript_verifies() -> None:
    [code] = re.findall(r"^```typescript\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    folder = BUILD / "webhook-receiver"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(SOURCES / "typescript" / "tsconfig.json", folder)
    (folder / "round.ts").write_text(code + CALLS)
    run_tool("tsc", folder=folder)
    secret = derive_secret(b"a secret of the tests", "hook", 1)
    headers = sign_message([derive_secret(b"another", "hook", 1), secret], "msg_1", datetime.now(UTC), BODY)
    argument = json.dumps({"secret": secret, "headers": headers, "body": BODY})
    printed = run_tool("node", "compiled/round.js", argument, folder=folder)
    assert printed.splitlines() == [BODY, "no signature matches", "no signature matches"]
