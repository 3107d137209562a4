"""Workstation over HTTP: dimensions, errors, drawing, and no storing of the body."""

import json
from typing import Any

import pytest

from tests.app_client import Client

BODY = {"stature_cm": 160, "desk": {"fixed_cm": 73}}


@pytest.mark.parametrize("stature", [139, 206])
def test_a_height_outside_the_range_is_rejected_with_the_range(client: Client, stature: int) -> None:
    response = client.post("/v1/workstation/fit", json={"stature_cm": stature})
    assert response.status_code == 422
    (error,) = response.json()["errors"]
    assert error["pointer"] == "/stature_cm"
    assert "between 140 and 205 cm" in error["detail"]
    assert str(stature) not in response.text.replace(response.json()["request_id"], "")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"stature_cm": True}, "/stature_cm"),
        ({"stature_cm": "170"}, "/stature_cm"),
        ({}, "/stature_cm"),
        ({"wheelchair": False, "stature_cm": None}, "/stature_cm"),
        ({"stature_cm": 170, "colour": "red"}, "/colour"),
        ({"stature_cm": 170, "relaxed": 1}, "/relaxed"),
        ({"stature_cm": 170, "desk": {"fixed_cm": True}}, "/desk/fixed_cm"),
        ({"stature_cm": 170, "desk": {}}, "/desk"),
        ({"stature_cm": 170, "lenses": "varifocal"}, "/lenses"),
    ],
    ids=str,
)
def test_an_error_names_the_wrong_field(client: Client, body: dict[str, Any], pointer: str) -> None:
    response = client.post("/v1/workstation/fit", json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert [error["pointer"] for error in response.json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("path", "in_inches", "in_cm"),
    [
        (
            "fit",
            {"stature_in": 67, "desk": {"min_in": 25, "max_cm": 120}, "measured": {"popliteal_in": 17}},
            {"stature_cm": 170.18, "desk": {"min_cm": 63.5, "max_cm": 120}, "measured": {"popliteal_cm": 43.18}},
        ),
        (
            "assessment",
            {"body": {"stature_in": 63}, "measured": {"desk_height_in": 28.75, "viewing_distance_in": 12}},
            {"body": {"stature_cm": 160.02}, "measured": {"desk_height_cm": 73.03, "viewing_distance_cm": 30.48}},
        ),
    ],
    ids=["fit", "assessment"],
)
def test_inches_give_the_same_answer(client: Client, path: str, in_inches: Any, in_cm: Any) -> None:
    answers = [client.post(f"/v1/workstation/{path}", json=body) for body in (in_inches, in_cm)]
    assert answers[0].status_code == 200
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize(
    ("body", "pointer", "detail"),
    [
        ({"stature_in": 170}, "/stature_in", "This should be between 55.12 and 80.7 inches."),
        ({"stature_in": 67, "stature_cm": 170}, "/stature_in", "Give stature_cm or stature_in, not both."),
        ({}, "/stature_cm", "This is required, or stature_in in its place."),
        ({"stature_in": 67, "chair": {"min_in": 20, "max_in": 16}}, "/chair", "The lowest height should not be"),
        ({"stature_in": 67, "chair": {"min_in": 20}}, "/chair", "Give either fixed_cm, or both"),
        ({"stature_in": 67, "desk": {"fixed_in": 28, "max_in": 40}}, "/desk", "Give either fixed_cm, or both"),
    ],
    ids=str,
)
def test_an_error_in_inches_says_so(client: Client, body: dict[str, Any], pointer: str, detail: str) -> None:
    [error] = client.post("/v1/workstation/fit", json=body).json()["errors"]
    assert error["pointer"] == pointer
    assert error["detail"].startswith(detail)


def test_a_fit_is_whole_and_never_cached(client: Client) -> None:
    response = client.post("/v1/workstation/fit", json=BODY)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    fitted = response.json()
    assert fitted["footrest"]["value"] == 11.3
    assert set(fitted["seat_height"]) == {"value", "unit", "min", "max", "confidence", "source"}
    assert fitted["reviewed_by"] is None


def test_an_unknown_query_parameter_is_rejected(client: Client) -> None:
    for path in ("/v1/workstation/fit?units=in", "/v1/workstation/diagram?colour=red"):
        assert client.post(path, json=BODY).status_code == 422


def test_the_break_of_an_assessment_builds_a_session(client: Client) -> None:
    assessment = {"body": BODY, "measured": {"desk_height_cm": 73, "longest_sitting_min": 90}}
    report = client.post("/v1/workstation/assessment", json=assessment)
    assert report.status_code == 200
    built = client.post("/v1/sessions", json=report.json()["break"])
    assert built.status_code == 201
    assert built.json()["duration_s"] <= 300


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_the_diagram_is_an_svg_document(client: Client, theme: str) -> None:
    response = client.post(f"/v1/workstation/diagram?theme={theme}", json=BODY)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("image/svg+xml")
    assert ("prefers-color-scheme" in response.text) == (theme == "auto")


def test_every_example_of_the_openapi_document_works(client: Client) -> None:
    document = client.get("/openapi.json").json()
    for path in ("/v1/workstation/fit", "/v1/workstation/assessment", "/v1/workstation/diagram"):
        content = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]
        schema = document["components"]["schemas"][content["schema"]["$ref"].rsplit("/", 1)[-1]]
        for example in schema["examples"]:
            assert client.post(path, json=example).status_code == 200, json.dumps(example)
