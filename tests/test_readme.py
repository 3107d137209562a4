"""The README tells the truth: its requests are made, its outputs compared, its tables complete."""

import io
import json
import re
import shlex
import urllib.error
import urllib.request
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from app.kit.settings import PROJECT_ROOT, Settings
from tests.app_client import Client

README = (PROJECT_ROOT / "README.md").read_text()
CURL_EXAMPLES = re.findall(
    r"^```console\n\$ (curl .*?) \| python3 -m json\.tool\n(.*?)^```", README, re.MULTILINE | re.DOTALL
)
BASE = "http://127.0.0.1:8000"


def make_request(client: Client, command: str) -> tuple[int, Any]:
    """Make the request of a `curl` command line; status and body."""
    words = iter(shlex.split(command)[1:])
    address, method, options = "", "GET", dict[str, Any]()
    for word in words:
        if word == "-d":
            method, options["content"] = "POST", next(words)
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            options["headers"] = {name: value}
        elif word != "-s":
            address = word
    assert address.startswith(f"{BASE}/")
    answer = client.request(method, address.removeprefix(BASE), **options)
    return answer.status_code, answer.json()


def comparable_lines(text: str) -> list[str]:
    """What is compared of an output: its lines without indent and end, those that are left out left out."""
    lines = [line.strip().removesuffix(",") for line in text.splitlines()]
    return [line.removesuffix("...").strip() for line in lines if line != "..."]


def name_of_line(line: str) -> str:
    """Of a line with a name and a plain value the name: what a session holds may get better, its shape stays."""
    return line.partition(":")[0] if line.startswith('"') else line


def first_missing(expected: list[str], actual: list[str]) -> str | None:
    """The first line that does not follow in the answer; of one that was cut short the beginning counts."""
    rest = iter(actual)
    for line in expected:
        if not any(other == line or (line.endswith(":") and other.startswith(line)) for other in rest):
            return line
    return None


def test_every_curl_of_the_readme_is_read() -> None:
    assert len(CURL_EXAMPLES) == README.count("\n$ curl ") >= 5


@pytest.mark.parametrize(
    ("command", "output"), CURL_EXAMPLES, ids=[re.sub(r".*/v1/(\w*).*", r"\1", example[0]) for example in CURL_EXAMPLES]
)
def test_a_request_of_the_readme_answers_what_it_says(client: Client, command: str, output: str) -> None:
    status, body = make_request(client, command)
    documented_status = re.search(r'"status": (\d+)', output)
    assert status == int(documented_status[1]) if documented_status else 200 <= status < 300
    expected, actual = comparable_lines(output), comparable_lines(json.dumps(body, indent=4, ensure_ascii=False))
    if " -d " in command and "sessions" in command:
        words = re.compile(r'^"[a-z_]+"$')
        expected = [name for name in map(name_of_line, expected) if words.match(name)]
        actual = [name for name in map(name_of_line, actual) if words.match(name)]
    assert first_missing(expected, actual) is None


def test_the_nightly_sync_makes_the_copy_a_fresh_bundle(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [recipe] = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)

    def urlopen(address: str) -> io.BytesIO:
        answer = client.get(address.removeprefix(BASE))
        if answer.is_error:
            raise urllib.error.HTTPError(address, answer.status_code, "", Message(), None)
        return io.BytesIO(answer.content)

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)
    monkeypatch.chdir(tmp_path)
    file, fresh = tmp_path / "catalogue.json", client.get("/v1/catalogue").content
    bundle = json.loads(fresh)
    kinds = ("exercises", "guidelines", "references", "routines")
    copies: list[Any] = [
        None,
        bundle,
        bundle | {"serial": 0} | {kind: [] for kind in kinds},
        bundle | {"static_hash": "of-another-version"},
        bundle | {"serial": bundle["serial"] + 1},
    ]
    for copy in copies:
        file.unlink(missing_ok=True)
        if copy is not None:
            file.write_text(json.dumps(copy))
        exec(recipe, {})
        assert file.read_bytes() == fresh


def test_every_setting_is_in_the_readme_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(THORACIC_\w+)` \| `?(.*?)`? \|", README, re.MULTILINE))
    defaults = {}
    for name, field in Settings.model_fields.items():
        default = field.default.name if name == "data_dir" else field.default
        defaults[f"THORACIC_{name.upper()}"] = str(default).lower() if default != "" else "(empty)"
    assert rows == defaults


def test_every_endpoint_is_in_the_readme_and_none_that_is_not_there(client: Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    documented = {f"{method.upper()} {path}" for path, operations in paths.items() for method in operations}
    pages = {"GET /openapi.json", "GET /docs", "GET /gallery"}
    assert set(re.findall(r"^\| `([A-Z]+ /[^`]*)` \|", README, re.MULTILINE)) == documented | pages
    assert {client.get(page.removeprefix("GET ")).status_code for page in pages} == {200}


def test_every_make_target_is_in_the_readme() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*##", (PROJECT_ROOT / "Makefile").read_text(), re.MULTILINE)) - {"help"}
    assert set(re.findall(r"^make ([a-z-]+) ", README, re.MULTILINE)) == targets
