"""Screening and self-tests over HTTP; a stop is passed on; nothing that was answered is kept anywhere."""

import logging
from collections.abc import Callable
from typing import Any

import pytest

from app.kit.settings import Settings
from tests.app_client import Client

CANARY = 157.31
"""A stature that no other test sends: it must be nowhere afterwards."""
AGE = 87


def evaluate(client: Client, **answers: Any) -> dict[str, Any]:
    answer = client.post("/v1/screening", json={"answers": answers})
    assert answer.status_code == 200
    result: dict[str, Any] = answer.json()
    return result


def test_every_question_can_be_answered(client: Client) -> None:
    screening = client.get("/v1/screening").json()
    assert screening["reviewed_by"] is None
    ids = [question["id"] for question in screening["questions"]]
    result = evaluate(client, **dict.fromkeys(ids, False))
    assert (result["outcome"], result["unanswered"]) == ("clear", [])


def test_what_was_not_answered_is_named(client: Client) -> None:
    result = evaluate(client, chest_pain=False, fainted=None)
    assert "chest_pain" not in result["unanswered"]
    assert "fainted" in result["unanswered"]


@pytest.mark.parametrize("sign", ["chest_pain", "saddle_numbness", "operation", "weight_loss", "fever_with_pain"])
def test_a_stop_stops_the_builder_the_same_way(client: Client, sign: str) -> None:
    result = evaluate(client, **{sign: True})
    assert result["outcome"] == "stop"
    request = {"duration_s": 600, "goals": [{"goal": "rotation"}], "conditions": result["conditions"]}
    refused = client.post("/v1/sessions", json=request)
    assert refused.status_code == 422
    assert refused.json()["blocked"] is True


def test_a_caution_goes_into_a_session_request(client: Client) -> None:
    result = evaluate(client, falls=True, sore_wrist=True)
    assert result["outcome"] == "caution"
    request = {
        "duration_s": 300,
        "goals": [{"goal": "posture"}, {"goal": "rotation"}],
        "conditions": result["conditions"],
        "level": result["level_max"],
        "positions": result["positions"],
        "available_equipment": ["chair", "wall"],
    }
    assert client.post("/v1/sessions", json=request).status_code == 201


@pytest.mark.parametrize("answers", [{"toothache": True}, {"chest_pain": "yes"}, {"chest_pain": 1}, []], ids=str)
def test_wrong_answers_are_refused(client: Client, answers: Any) -> None:
    answer = client.post("/v1/screening", json={"answers": answers})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith("/answers")
    assert "toothache" not in answer.text


def test_the_self_tests_are_a_list(client: Client) -> None:
    result = client.get("/v1/self-tests").json()
    assert result["total"] == len(result["items"]) == 11
    assert result["next_cursor"] is None


def test_scores_come_with_goals_that_the_sessions_take(client: Client) -> None:
    body = {
        "results": [{"test": "lumbar_locked_rotation", "left": 34, "right": 47}],
        "earlier": [{"test": "lumbar_locked_rotation", "left": 29, "right": 40}],
    }
    result = client.post("/v1/self-tests/score", json=body).json()
    assert [band["band"] for band in result["bands"]] == ["limited", "fair"]
    assert result["side_differences"][0]["left_share"] == 60
    assert [(change["side"], change["beyond_mdc"]) for change in result["changes"]] == [
        ("left", False),
        ("right", True),
    ]
    assert result["stiffer_side"] == "left"
    request = {"duration_s": 600, "goals": result["goals"], "stiffer_side": result["stiffer_side"]}
    assert client.post("/v1/sessions", json=request).status_code == 201


def test_a_referral_gives_no_goals_and_stops_the_builder(client: Client) -> None:
    body = {"results": [{"test": "occiput_to_wall", "value": 6}], "age_years": 62}
    result = client.post("/v1/self-tests/score", json=body).json()
    assert result["goals"] == []
    assert result["referrals"][0]["test"] == "occiput_to_wall"
    assert "young adults" in " ".join(result["notes"])
    request = {"duration_s": 600, "goals": [{"goal": "rotation"}], "conditions": result["conditions"]}
    assert client.post("/v1/sessions", json=request).json()["blocked"] is True


def test_results_may_be_in_inches(client: Client) -> None:
    in_inches = {"test": "combined_elevation", "value": 13.4, "unit": "in", "arm_span_in": 67}
    in_cm = {"test": "combined_elevation", "value": 34.04, "arm_span_cm": 170.18}
    answers = [client.post("/v1/self-tests/score", json={"results": [result]}) for result in (in_inches, in_cm)]
    assert answers[0].status_code == 200
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize(
    ("result", "detail"),
    [
        ({"test": "occiput_to_wall", "value": 16, "unit": "in"}, "occiput_to_wall takes 0 to 15.74 inches."),
        ({"test": "occiput_to_wall", "value": 41, "unit": "cm"}, "occiput_to_wall takes 0 to 40 cm."),
        ({"test": "wall_angel", "value": 2, "unit": "in"}, "wall_angel is measured in points: leave out unit."),
    ],
    ids=str,
)
def test_a_range_is_told_in_the_unit_that_was_sent(client: Client, result: dict[str, Any], detail: str) -> None:
    [error] = client.post("/v1/self-tests/score", json={"results": [result]}).json()["errors"]
    assert error["detail"] == detail


@pytest.mark.parametrize(
    "body",
    [
        {"results": []},
        {"results": [{"test": "wall_angel", "value": True}]},
        {"results": [{"test": "wall_angel", "value": 2}, {"test": "wall_angel", "value": 3}]},
        {"results": [{"test": "wall_angel", "left": 2, "right": 2}]},
        {"results": [{"test": "wall_angel", "value": 2}], "age_years": 17},
        {"results": [{"test": "wall_angel", "value": 2}], "age_years": True},
        {"results": [{"test": "handstand", "value": 2}]},
    ],
    ids=str,
)
def test_wrong_results_are_refused(client: Client, body: Any) -> None:
    assert client.post("/v1/self-tests/score", json=body).status_code == 422


def test_nothing_that_was_sent_is_logged_or_stored(
    settings: Settings, start_client: Callable[[Settings], Client], caplog: pytest.LogCaptureFixture
) -> None:
    """With every request logged, and refused ones too."""
    caplog.set_level(logging.DEBUG)
    talkative = settings.model_copy(update={"access_log": True, "log_level": "debug", "slow_ms": 1})
    client = start_client(talkative)
    body = {"stature_cm": CANARY, "measured": {"elbow_rest_cm": 23.37}}
    sent: list[tuple[str, dict[str, Any]]] = [
        ("/v1/workstation/fit", body),
        ("/v1/workstation/fit", {**body, "canary_field": 1}),
        ("/v1/workstation/diagram", body),
        ("/v1/workstation/assessment", {"body": body, "measured": {"elbow_deg": 113.7}}),
        ("/v1/screening", {"answers": {"eye_pressure": True, "operation": True}}),
        ("/v1/screening", {"answers": {"canary_question": True}}),
        ("/v1/self-tests/score", {"results": [{"test": "c7_to_wall", "value": 8.13}], "age_years": AGE}),
    ]
    answers = [client.post(path, json=content) for path, content in sent]
    assert {answer.status_code for answer in answers} == {200, 422}
    # The times of a record hold digits of every kind by chance.
    clock = {"created", "msecs", "relativeCreated", "thread", "process"}
    records = [{name: value for name, value in vars(record).items() if name not in clock} for record in caplog.records]
    logged = " ".join(map(str, records))
    assert "/v1/screening" in logged, "requests are logged at all"
    stored = b"".join(path.read_bytes() for path in settings.data_dir.iterdir() if path.is_file())
    for secret in (str(CANARY), "23.37", "113.7", "8.13", "eye_pressure", "canary"):
        assert secret not in logged
        assert secret.encode() not in stored
    assert f"'age_years': {AGE}" not in logged


def test_every_example_of_the_document_runs(client: Client) -> None:
    document = client.get("/openapi.json").json()
    for path in ("/v1/screening", "/v1/self-tests/score"):
        content = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]
        schema = document["components"]["schemas"][content["schema"]["$ref"].rsplit("/", 1)[-1]]
        for example in schema["examples"]:
            assert client.post(path, json=example).status_code == 200


def test_silence_is_no_good_news(client: Client) -> None:
    ids = [question["id"] for question in client.get("/v1/screening").json()["questions"]]

    def summary(answered: int) -> str:
        result = client.post("/v1/screening", json={"answers": dict.fromkeys(ids[:answered], False)}).json()
        assert result["outcome"] == "clear"
        return str(result["summary"])

    assert summary(0).startswith("Nothing was answered")
    assert summary(1).endswith(f"{len(ids) - 1} questions have no answer yet.")
    assert summary(len(ids) - 1).endswith("1 question has no answer yet.")
    assert summary(len(ids)).endswith("This is no medical clearance.")
