"""Asks a service over the seed files for an answer of each kind, for the OpenAPI document to show.

What the document shows is what the service answers to the request that the documentation page sends at the first click,
shortened. Pages, pictures and archives are linked, but for pictures that no link gets.
"""

import asyncio
import json
import logging
import re
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from app.contract.application_call import ApplicationAnswer, ApplicationRequest, call_application
from app.contract.shortening import AnswerShortener
from app.contract.text_examples import TEXT_TYPES, shorten_text
from app.editing.seed import load_seed
from app.editor.example_edits import add_example_edits
from app.exports.export_query import MEDIA_TYPES
from app.kit.database import Database
from app.kit.openapi import REQUEST_EXAMPLES, AnswerExamples
from app.kit.settings import PROJECT_ROOT, Settings
from app.kit.timestamps import format_timestamp
from app.main import create_app
from app.partners.example_key import EXAMPLE_KEY, add_example_key
from app.service import Service
from app.webhooks.example_webhook import NEW_WEBHOOK_ID, ExampleSender, add_example_webhook

JSON_TYPE = "application/json"
JSON_SUFFIX = "+json"
LINKED_EXAMPLE = "x-linked-example"
"""The address of an answer that is no text, relative to that of the document.

Not `externalValue`: generators of clients fetch what it names, and end where they cannot.
"""
FORMAT_BY_MEDIA_TYPE: Final = {media_type: name for name, media_type in MEDIA_TYPES.items()}
DOCUMENTED_TIME: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Stands in examples for the time at which the catalogue was loaded: the same files give the same examples."""
NEVER_S: Final = 86_400
"""Seconds until the use of keys is stored: examples do not depend on how long it takes to make them."""
DRY_RUN: Final = "dry_run=True"
ENTITY_TAG: Final = re.compile(r'\\"[0-9a-f]{32}\\"')
"""An ETag in a value of JSON: it depends on the time at which the catalogue was loaded."""
TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
DOCUMENTED_TAG: Final = r'\\"0123456789abcdef0123456789abcdef\\"'
EXAMPLE_SECRET = "secret-of-the-examples"


class ExampleError(Exception):
    """The service does not answer an example as the document promises."""


class DocumentedAnswer(NamedTuple):
    """One kind of successful answer of an operation, and the request that gets it."""

    operation_id: str
    status: str
    media_type: str
    schema: dict[str, Any]
    request: ApplicationRequest


def request_answer_examples() -> AnswerExamples:
    """Return an example for every successful answer. Takes about six seconds.

    Raises `ExampleError` for a request of the document that is answered otherwise than documented.
    """
    logging.getLogger("thoracic").addHandler(logging.NullHandler())  # that the database is away is meant
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            data_dir=Path(folder), secret=EXAMPLE_SECRET, build_workers=0, database_url="", read_url="", public_url=""
        )
        loaded_at = datetime.now(UTC)
        with closing(Database(settings.database)) as database:
            load_seed(database, PROJECT_ROOT / "seed", lambda _: None, loaded_at)
            add_example_key(database)
            add_example_edits(database)
            add_example_webhook(database)
        app = create_app(settings)
        app.state.partners.key_use.store_interval_s = NEVER_S
        app.state.webhooks.sender, app.state.webhooks.make_id = ExampleSender(), lambda: NEW_WEBHOOK_ID
        examples = asyncio.run(_request_all(app, Path(folder)))
    text = ENTITY_TAG.sub(DOCUMENTED_TAG, json.dumps(examples))
    text = TIME.sub(lambda match: _replace_time(match[0], loaded_at), text)
    stamp = "%Y%m%dT%H%M%SZ"  # of iCalendar
    with_times: AnswerExamples = json.loads(text.replace(loaded_at.strftime(stamp), DOCUMENTED_TIME.strftime(stamp)))
    return with_times


def _replace_time(written: str, loaded_at: datetime) -> str:
    """Return a time since the catalogue was loaded, or after it, as one that does not differ from run to run."""
    elapsed = datetime.fromisoformat(written) - loaded_at.replace(microsecond=0)
    return format_timestamp(DOCUMENTED_TIME + timedelta(days=elapsed.days)) if elapsed >= timedelta() else written


async def _request_all(app: Service, folder: Path) -> AnswerExamples:
    document = app.openapi()
    shortener = AnswerShortener(document["components"]["schemas"])
    examples: AnswerExamples = {}
    async with app.router.lifespan_context(app):
        for path in document["paths"]:
            if JSON_TYPE in document["paths"][path].get("put", {}).get("requestBody", {}).get("content", {}):
                await _add_entry(app, path, document, examples)
        documented = list(list_documented_answers(document))
        # Of two statuses the lower one is that of a database that is away: those are asked for last, without it.
        for is_away in (False, True):
            if is_away:
                (folder / "thoracic.db").rename(folder / "away.db")
            for answer in documented:
                if _needs_no_database(answer, documented) is is_away:
                    by_status = examples.setdefault(answer.operation_id, {}).setdefault(answer.status, {})
                    by_status[answer.media_type] = await _write_example(app, answer, shortener)
    return examples


async def _add_entry(app: Service, path: str, document: dict[str, Any], examples: AnswerExamples) -> None:
    """Show as body of a PUT what is written for the record: nobody writes it by hand."""
    operation = document["paths"][path]["put"]
    request = _write_request("GET", path, operation, {})
    kind, slug = operation["operationId"].removeprefix("put_"), request.path.rsplit("/", 1)[-1]
    answer = await call_application(app, request._replace(path=f"/v1/entries/{kind}/{slug}", query=""))
    example = {"example": json.loads(answer.content)["entry"]}
    operation["requestBody"]["content"][JSON_TYPE].update(example)
    examples[operation["operationId"]] = {REQUEST_EXAMPLES: {JSON_TYPE: example}}


def _needs_no_database(answer: DocumentedAnswer, documented: list[DocumentedAnswer]) -> bool:
    return any(other.operation_id == answer.operation_id and other.status > answer.status for other in documented)


async def _write_example(app: Service, documented: DocumentedAnswer, shortener: AnswerShortener) -> dict[str, Any]:
    """Return what the document shows of an answer: `example`, or the address of one."""
    request = documented.request
    if request.method == "GET" and not _is_readable(documented):
        address = request.path.removeprefix("/") + (f"?{request.query}" if request.query else "")
        return {LINKED_EXAMPLE: address}
    answer = await call_application(app, request)
    if (str(answer.status), answer.media_type) != (documented.status, documented.media_type):
        raise ExampleError(f"{request}: {answer.status} {answer.content[:500].decode(errors='replace')}")
    return {"example": shorten_answer(answer, documented.schema, shortener)}


def _is_readable(documented: DocumentedAnswer) -> bool:
    """Tell whether people read an answer in a document: a text, or JSON with a shape, which an animation has not."""
    media_type = documented.media_type
    return media_type in TEXT_TYPES or media_type.endswith(JSON_SUFFIX) or "$ref" in documented.schema


def shorten_answer(answer: ApplicationAnswer, schema: dict[str, Any], shortener: AnswerShortener) -> Any:
    """Return the content of an answer, shortened: a text, or what its JSON says."""
    if answer.media_type == JSON_TYPE or answer.media_type.endswith(JSON_SUFFIX):
        return shortener.shorten(json.loads(answer.content), schema)
    return shorten_text(answer.content.decode(), answer.media_type)


def list_documented_answers(document: dict[str, Any]) -> Iterator[DocumentedAnswer]:
    """Yield every kind of successful answer, with the request that the documentation page sends at the first click."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            request = _write_request(method.upper(), path, operation, document["components"]["schemas"])
            for status, response in operation["responses"].items():
                contents = response.get("content", {}) if status < "300" else {}
                for media_type, content in contents.items():
                    if status == "201" and DRY_RUN in request.query:  # makes no record: the route has an example
                        continue
                    asked = _ask_for_type(request, media_type) if len(contents) > 1 else request
                    yield DocumentedAnswer(operation["operationId"], status, media_type, content["schema"], asked)


def _ask_for_type(request: ApplicationRequest, media_type: str) -> ApplicationRequest:
    """Return the request for one of several media types."""
    chosen = urlencode({"format": FORMAT_BY_MEDIA_TYPE[media_type]})
    return request._replace(query=f"{request.query}&{chosen}" if request.query else chosen)


def _write_request(method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]) -> ApplicationRequest:
    query: list[tuple[str, Any]] = []
    headers: list[tuple[str, str]] = []
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", str(parameter["example"]))
        elif parameter["in"] == "header" and "example" in parameter:
            headers.append((parameter["name"], parameter["example"]))
        elif "example" in parameter:
            query.append((parameter["name"], parameter["example"]))
    key = EXAMPLE_KEY if "security" in operation else ""
    body = _write_body(operation, schemas)
    return ApplicationRequest(method, path, urlencode(query, doseq=True), body, key, tuple(headers))


def _write_body(operation: dict[str, Any], schemas: dict[str, Any]) -> bytes:
    """Return the first example of what an operation takes; nothing where it takes nothing."""
    content = operation.get("requestBody", {}).get("content", {}).get(JSON_TYPE)
    if content is None or ("example" not in content and not schemas):
        return b""
    if "example" in content:
        body = content["example"]
    elif "examples" in content:
        body = next(iter(content["examples"].values()))["value"]
    else:
        body = schemas[content["schema"]["$ref"].rsplit("/", 1)[-1]]["examples"][0]
    return json.dumps(body).encode()
