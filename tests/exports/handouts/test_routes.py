"""Hand-outs over HTTP: who may keep them, and what is said where none can be made."""

import html
import sys
from collections.abc import Callable

import pytest

from app.exports.handouts.content import describe_session
from app.kit.links import PublicAddress
from app.kit.settings import Settings
from app.kit.work_limiter import WorkLimiter
from app.schemas.session import Session
from tests.app_client import Client

ROUTINE = "/v1/routines/desk-break-1-min"
EXAMPLE = "/v1/sessions/example"


def test_a_full_queue_is_a_503_and_what_is_kept_is_still_answered(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = client.get(f"{ROUTINE}/export?format=pdf")
    assert (made.status_code, made.content[:8]) == (200, b"%PDF-1.7")
    limiter = WorkLimiter(max_running=1, max_waiting=0)
    limiter.max_admitted = 0
    monkeypatch.setattr(client.app.state.handout_printer, "limiter", limiter)
    for path in (f"{ROUTINE}/export?format=pdf&paper=letter", f"{EXAMPLE}/export?format=pdf"):
        refused = client.get(path)
        assert refused.status_code == 503
        assert int(refused.headers["retry-after"]) > 0
    assert client.get(f"{ROUTINE}/export?format=pdf").content == made.content
    assert client.get(f"{EXAMPLE}/export?format=html").status_code == 200


def test_without_the_compiler_the_other_formats_are_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    answer = client.get(f"{ROUTINE}/export?format=pdf")
    assert answer.status_code == 501
    assert "extra `pdf`" in answer.json()["detail"]
    for media_type in answer.json()["available"]:
        path = f"{ROUTINE}/export?start=2026-12-01T09:30"
        assert client.get(path, headers={"Accept": media_type}).headers["content-type"].startswith(media_type)


def test_a_handout_of_a_built_session_is_its_owners_and_names_no_condition_of_theirs(client: Client) -> None:
    request = {"duration_s": 300, "goals": [{"goal": "rotation"}], "conditions": ["vertigo"], "age_band": "65+"}
    built = client.post("/v1/sessions", json=request).json()
    path = f"/v1/sessions/{built['id']}"
    page = client.get(f"{path}/export?format=html")
    assert page.headers["cache-control"].startswith("private")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-disposition"] == f'inline; filename="session-{built["id"]}.html"'
    assert page.headers["content-security-policy"].startswith("default-src 'none'; img-src data:")
    # Also one made of the answer that holds personal cautions would not have them.
    assert any(item["cautions"] for phase in built["phases"] for item in phase["items"])
    stored = client.get(path).json()
    personal, public = (
        describe_session(
            Session.model_validate(session), "/", PublicAddress("https://moves.example.org"), lambda slug: slug
        )
        for session in (built, stored)
    )
    assert personal.model_copy(update={"notes": public.notes}) == public
    for exercise in public.exercises:
        assert exercise.name in html.unescape(page.text)


def test_only_with_a_set_address_may_caches_share_a_handout(
    client: Client, settings: Settings, start_client: Callable[[Settings], Client]
) -> None:
    public_client = start_client(settings.model_copy(update={"public_url": "https://moves.example.org/api"}))
    for name in ("html", "pdf"):
        path = f"{ROUTINE}/export?format={name}"
        assert client.get(path).headers["cache-control"].startswith("private")
        answer = public_client.get(path)
        assert answer.headers["cache-control"].startswith("public")
        assert b"https://moves.example.org/api/routines/desk-break-1-min" in answer.content
        assert b"testserver" not in answer.content
        again = public_client.get(path, headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
