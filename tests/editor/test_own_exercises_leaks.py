"""What belongs to a partner is in no answer without its key: tried on everything that can be read."""

from typing import Any, Final
from urllib.parse import unquote

import httpx
import pytest
from fastapi.routing import iter_route_contexts

from app.kit.database import Database
from tests.app_client import Client
from tests.contract.conftest import DOCUMENT
from tests.contract.document import list_operations
from tests.editor.conftest import EditorClient
from tests.partners.conftest import bearer, follow_keys, make_key

OWN, UNKNOWN = "zoo--quokka-drill", "zoo--wombat-drill"
"""An exercise of the partner `zoo`, and a slug that nothing ever had."""
SECRET_WORDS: Final = ("quokka", "zoo--", "platypus", "numbat", "bandicoot")
"""Words of the own exercise: of its slug, name, alias, summary and steps."""
OF_THE_REQUEST: Final = ("x-request-id", "content-length", "ratelimit", "date")
SLOW: Final = ("/v1/figures.zip", "/docs")
BASE: Final = "http://testserver"
REQUEST: Final = {"duration_s": 300, "goals": [{"goal": "rotation"}], "available_equipment": ["chair"]}


def list_addresses(client: Client, session_id: str) -> list[str]:
    """Every address that answers GET, with the own exercise and a session of it where one is named."""
    queries = {
        operation.path: operation.example_address().partition("?")[2]
        for operation in list_operations(DOCUMENT)
        if operation.method == "GET"
    }
    names = {"{slug}": OWN, "{session_id}": session_id, "{kind}": "exercise"}
    addresses = []
    for route in iter_route_contexts(client.app.routes):
        path = str(route.path).replace(":no_page", "")
        if "GET" not in (route.methods or ()) or path in SLOW:
            continue
        query, takes = queries.get(path, ""), _list_query_names(route)
        for placeholder, value in names.items():
            path = path.replace(placeholder, value)
        addresses.append(f"{path}?{query}" if query else path)
        if "q" in takes:
            addresses += [f"{path}?q=qoukka", f"{path}?q=platipus+turn"]
        if "slug" in takes:
            addresses += [f"{path}?slug={OWN}", f"{path}?slug=zoo-quokka_drill"]
        if "format" in takes:
            addresses += [f"{path}?format={name}" for name in ("vtt", "fhir") if "session" in path]
    described = f"{BASE}/exercises/{OWN}"
    return [*addresses, f"/oembed?url={described}", f"/v1/exercises/{OWN}s", "/v1/changes?since=1&limit=100"]


def _list_query_names(route: Any) -> set[str]:
    models = [field.field_info.annotation for field in route.dependant.query_params]
    return {name for model in models for name in getattr(model, "model_fields", ())}


def as_of_unknown(answer: httpx.Response) -> tuple[int, str, dict[str, str]]:
    """What of an answer could tell something: without what is of each request its own."""
    headers = {name: value for name, value in answer.headers.items() if name not in OF_THE_REQUEST}
    text = answer.text.replace(answer.headers.get("x-request-id", "-"), "")
    for slug in (OWN, UNKNOWN):
        text = text.replace(slug, "SLUG")
    return answer.status_code, text, headers


class Zoo:
    """A service with two partners, of which one has an exercise of its own and a session of it."""

    def __init__(self, client: Client, database: Database) -> None:
        self.client = client
        keys = {
            name: make_key(database, name, ("own:write", "catalogue:write", "audit:read")) for name in ("zoo", "farm")
        }
        self.zoo, self.farm = (bearer(keys[name].key) for name in ("zoo", "farm"))
        follow_keys(client, database)
        entry = client.get("/v1/entries/exercise/seated-turn", headers=self.farm).json()["entry"]
        entry |= {
            "slug": OWN,
            "name": "Quokka drill",
            "aliases": ["Platypus turn"],
            "summary": "Turns you like a numbat.",
            "steps": [*entry["steps"][:3], "Look behind you for a bandicoot."],
            "easier": ["seated-turn"],
            "harder": ["standing-turn"],
            "family": "zoo-drill",
        }
        made = client.request("PUT", f"/v1/exercises/{OWN}", json=entry, headers=self.zoo | {"If-None-Match": "*"})
        assert made.status_code == 201, made.text
        while client.get(f"/v1/exercises/{OWN}", headers=self.zoo).status_code != 200:
            client.wait(0.05)  # on a busy machine the edit is answered before it is served
        built = client.post("/v1/sessions", json=REQUEST | {"include": [OWN]}, headers=self.zoo)
        assert built.status_code == 201, built.text
        self.session_id = built.json()["id"]


@pytest.fixture
def zoo(editor: EditorClient) -> Zoo:
    return Zoo(editor.client, editor.database)


def find_words(answer: httpx.Response, address: str) -> set[str]:
    """The words of the own exercise in an answer, beside those that the address has itself."""
    text = unquote(answer.text).replace(OWN, "") if OWN in address else answer.text
    return {word for word in SECRET_WORDS if word in text.lower()}


def test_nothing_of_an_own_exercise_is_read_without_its_key(zoo: Zoo) -> None:
    addresses = list_addresses(zoo.client, zoo.session_id)
    assert len(addresses) > 80
    found, leaks = set(), []
    for address in addresses:
        before = zoo.client.get(address)
        by_owner = zoo.client.get(address, headers=zoo.zoo)
        after, by_other = zoo.client.get(address), zoo.client.get(address, headers=zoo.farm)
        if find_words(by_owner, address) or (OWN in address and by_owner.status_code == 200):
            found.add(address)
            assert not by_owner.headers.get("cache-control", "").startswith("public"), address
            assert as_of_unknown(by_owner) != as_of_unknown(after), address
        if address in found:
            assert as_of_unknown(before) == as_of_unknown(after), address
        for name, answer in (("before", before), ("after", after), ("other", by_other)):
            leaks += [(address, name, word) for word in find_words(answer, address)]
        if OWN in address or zoo.session_id in address:
            unknown = zoo.client.get(address.replace(OWN, UNKNOWN).replace(zoo.session_id, "a" * 26))
            if as_of_unknown(after)[:2] != as_of_unknown(unknown)[:2]:
                leaks.append((address, "unknown", unknown.text))
    assert leaks == [], "\n".join(map(str, leaks))
    assert len(found) > 30, found
