"""Wrong values: each named with its place and, where there is a closed list, with what would be right."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.catalogue.filters import ExerciseFilter
from app.kit.closed_lists import list_words
from app.kit.query_hints import split_name
from app.rules.meant_words import MeantWordTexts
from app.rules.vocabulary import Condition, Equipment, Goal, Position
from app.schemas.reference import Reference
from app.screening.self_test_vocabulary import SelfTestId
from app.texts.loader import load_texts
from tests.app_client import Client
from tests.kit.test_edge import assert_problem

SESSION: dict[str, Any] = {"duration_s": 300, "goals": [{"goal": "rotation"}]}
EXAMPLE = '{"duration_s": 600, "goals": [{"goal": "rotation"}]}'


def post_or_get_errors(client: Client, path: str, **options: Any) -> list[dict[str, Any]]:
    answer = client.post(path, **options) if options else client.get(path)
    errors: list[dict[str, Any]] = assert_problem(answer, 422)["errors"]
    return errors


@pytest.mark.parametrize("kind", ["exercises", "guidelines", "references", "routines"])
@pytest.mark.parametrize(
    "limit", ["0", "101", "-1", "true", "1.5", "", "1e1", "0x5", "ten", "%20", "5%20", "9" * 5000, "%C2%B2", "%D9%A5"]
)
def test_a_wrong_limit_is_refused_never_replaced(client: Client, kind: str, limit: str) -> None:
    [fault] = post_or_get_errors(client, f"/v1/{kind}?limit={limit}")
    assert (fault["in"], fault["name"]) == ("query", "limit")


@pytest.mark.parametrize("limit", [1, 20, 100])
def test_a_right_limit_is_kept_to(client: Client, limit: int) -> None:
    page = client.get(f"/v1/references?limit={limit}").json()
    assert len(page["items"]) == min(limit, page["total"])
    assert len(client.get("/v1/references").json()["items"]) == 20


@pytest.mark.parametrize("name", ["level_max", "limit"])
def test_a_number_means_a_number(client: Client, name: str) -> None:
    for value in ("true", "false", "1.0", "0", "null"):
        assert [fault["name"] for fault in post_or_get_errors(client, f"/v1/exercises?{name}={value}")] == [name]


@pytest.mark.parametrize(
    ("query", "allowed"),
    [
        ("goal=nonsense", list_words(Goal)),
        ("goal=rotation&goal=nonsense", list_words(Goal)),
        ("goal=", list_words(Goal)),
        ("goal=Rotation", list_words(Goal)),
        ("goal=rotation,extension", list_words(Goal)),
        ("position=nowhere", list_words(Position)),
        ("available_equipment=trampoline", (*list_words(Equipment), "none")),
    ],
)
def test_a_wrong_word_lists_the_right_ones(client: Client, query: str, allowed: tuple[str, ...]) -> None:
    [fault] = post_or_get_errors(client, f"/v1/exercises?{query}")
    assert fault["name"] == query.partition("=")[0]
    assert fault["allowed"] == list(allowed)


@pytest.mark.parametrize("name", ["page", "offset", "Limit", "goals", "muscles", "limit[]", "", "__class__"])
def test_an_unknown_parameter_lists_the_known_ones(client: Client, name: str) -> None:
    for times in (1, 2):
        query = "&".join([f"{name}=1"] * times)
        [fault] = post_or_get_errors(client, f"/v1/exercises?{query}")
        assert (fault["in"], fault["name"]) == ("query", name)
    [fault] = post_or_get_errors(client, f"/v1/exercises?{name}=1")
    assert set(fault["allowed"]) == set(ExerciseFilter.model_fields)


@pytest.mark.parametrize(
    ("query", "name", "hint"),
    [
        ("goal=rotation,extension", "goal", "goal=rotation&goal=extension."),
        ("goal=rotation,%20extension", "goal", "goal=rotation&goal=extension."),
        ("goal=rotation&goal=extension,flexion", "goal", "goal=extension&goal=flexion."),
        ("goal=rotation,canary", "goal", "goal=rotation&goal=extension."),
        ("available_equipment=chair,mat", "available_equipment", "available_equipment=chair&available_equipment=mat."),
        ("slug=open-book,dead-hang", "slug", "slug=open-book&slug=dead-hang."),
        ("slug=open-book,Canary!", "slug", "slug=open-book&slug=cat-cow."),
        ("goal%5B%5D=strength&goal%5B%5D=posture", "goal[]", "goal=strength&goal=posture."),
        ("goal[]=strength", "goal[]", "goal=strength."),
        ("goal[0]=strength", "goal[0]", "goal=strength."),
        ("goal[]=canary", "goal[]", "goal=rotation&goal=extension."),
    ],
)
def test_a_list_in_another_form_is_told_in_the_right_one(client: Client, query: str, name: str, hint: str) -> None:
    [fault] = post_or_get_errors(client, f"/v1/exercises?{query}")
    assert fault["name"] == name
    assert fault["detail"].startswith(f"Repeat the parameter for each value, such as {hint}")
    assert "canary" not in fault["detail"].lower()
    right_form = hint.rstrip(".")
    assert client.get(f"/v1/exercises?{right_form}").status_code == 200


def test_lists_of_reminders_and_of_fields_have_the_same_form(client: Client) -> None:
    [kinds] = post_or_get_errors(client, "/v1/reminders?timezone=UTC&kinds=eyes,posture")
    assert "kinds=eyes&kinds=posture." in kinds["detail"]
    [fields] = post_or_get_errors(client, "/v1/partial/exercises?fields=slug,name")
    assert "fields=slug&fields=name." in fields["detail"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("equipment", "available_equipment"),
        ("availableEquipment", "available_equipment"),
        ("levelmax", "level_max"),
        ("levelMax", "level_max"),
        ("max_level", "level_max"),
        ("goals", "goal"),
        ("regions[]", "region"),
        ("slugs", "slug"),
        ("level", "level_max"),
        ("positions", "position"),
        ("query", "q"),
        ("per_page", "limit"),
    ],
)
def test_a_name_that_is_almost_right_is_told_the_right_one(client: Client, name: str, meant: str) -> None:
    [fault] = post_or_get_errors(client, f"/v1/exercises?{name}=1&{name}=2")
    assert fault["detail"].startswith(f"Did you mean {meant}?")
    assert meant in fault["allowed"]


@pytest.mark.parametrize(
    ("field", "word", "meant"),
    [
        ("positions", "sitting", "seated"),
        ("positions", "Side Lying", "side_lying"),
        ("positions", "lying", "supine, prone or side_lying"),
        ("available_equipment", "ball", "massage_ball"),
        ("available_equipment", "dumbells", "dumbbell"),
        ("conditions", "osteoporis", "osteoporosis"),
        ("conditions", "High blood pressure", "hypertension"),
        ("conditions", "shoulder", "shoulder_impingement, shoulder_instability or shoulder_replacement"),
        ("include", "Open_Book", "open-book"),
        ("include", "openbook", "open-book"),
        ("include", "dead hangs", "dead-hang"),
    ],
)
def test_a_word_that_is_almost_right_is_told_the_right_one(client: Client, field: str, word: str, meant: str) -> None:
    [fault] = post_or_get_errors(client, "/v1/sessions", json={**SESSION, field: [word]})
    assert f"Did you mean {meant}?" in fault["detail"]
    [first, *_] = meant.split(", ")
    assert fault["pointer"] == f"/{field}/0"
    assert field == "include" or first in fault["allowed"]


@pytest.mark.parametrize("word", ["canary-1234", "pain", "x", "", "%", "wrist pain " * 50])
def test_a_word_that_is_like_none_or_many_is_told_none(client: Client, word: str) -> None:
    [fault] = post_or_get_errors(client, "/v1/sessions", json={**SESSION, "goals": [{"goal": word}]})
    assert fault["detail"] == f"This is none of the allowed words: {', '.join(list_words(Goal))}."
    [many] = post_or_get_errors(client, "/v1/exercises/nothing%20at%20all")
    assert many["detail"].startswith("This is no slug")


def test_long_lists_are_in_allowed_alone(client: Client) -> None:
    [fault] = post_or_get_errors(client, "/v1/sessions", json={**SESSION, "conditions": ["canary"]})
    assert fault["allowed"] == list(list_words(Condition))
    assert fault["detail"] == f"This is none of the allowed words: see the {len(fault['allowed'])} in `allowed`."


def test_every_everyday_word_leads_to_words_of_the_api(client: Client) -> None:
    """A word or a name that is renamed would leave an entry that suggests nothing."""
    known: set[str] = set()

    def collect(node: Any) -> None:
        for name, value in node.items() if isinstance(node, dict) else ():
            known.update(value if name in ("enum", "properties") else ())
            known.update([value] if name == "name" and isinstance(value, str) else ())
        for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            collect(value)

    collect(client.get("/openapi.json").json())
    meant_words = load_texts(MeantWordTexts).meant_words
    assert {meant for words in meant_words.values() for meant in words} - known == set()
    assert [word for word in meant_words if word != "_".join(split_name(word))] == []


def test_of_very_many_wrong_values_the_first_are_named(client: Client) -> None:
    errors = post_or_get_errors(client, "/v1/sessions", json={**SESSION, **{f"x{i}": 1 for i in range(5000)}})
    assert [fault["pointer"] for fault in errors] == [f"/x{i}" for i in range(100)]


def test_a_name_that_is_like_no_other_is_told_none(client: Client) -> None:
    for name in ("zzz", "%E2%82%AC", "", "-"):
        [fault] = post_or_get_errors(client, f"/v1/exercises?{name}=1")
        assert fault["detail"].startswith("This name is none of those known here")
    [nothing] = post_or_get_errors(client, "/v1/vocabulary?x=1&x=2")
    assert (nothing["detail"], "allowed" in nothing) == ("Nothing is taken here.", False)


def test_a_field_that_is_almost_right_is_told_the_right_one(client: Client) -> None:
    [fault] = post_or_get_errors(client, "/v1/sessions", json={**SESSION, "equipment": ["chair"]})
    assert fault["detail"].startswith("Did you mean available_equipment?")


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("/v1/sessions", {"duration_s": 300, "goals": [{}]}, list_words(Goal)),
        ("/v1/self-tests/score", {"results": [{"value": 1}]}, list_words(SelfTestId)),
        ("/v1/partial/references", None, list(Reference.model_fields)),
    ],
)
def test_a_missing_word_lists_the_right_ones(client: Client, path: str, body: Any, words: Any) -> None:
    [fault] = post_or_get_errors(client, path, **({"json": body} if body else {}))
    assert fault["detail"].startswith("This is required; the allowed words are: ")
    assert fault["allowed"] == list(words)


def test_an_unknown_parameter_of_a_record_or_a_post_lists_the_known_ones(client: Client) -> None:
    partial = post_or_get_errors(client, "/v1/partial/exercises/open-book?x=1&fields=slug")
    assert [fault["allowed"] for fault in partial] == [["fields"]]
    assert [f["name"] for f in post_or_get_errors(client, "/v1/sessions?x=1", json=SESSION)] == ["x"]
    for path in ("/healthz", "/readyz", "/v1/vocabulary", "/", "/openapi.json", "/v1/sessions/example"):
        assert "x" in [fault["name"] for fault in post_or_get_errors(client, f"{path}?x=1")]


@pytest.mark.parametrize("name", ["q", "limit", "cursor", "fields", "level_max"])
def test_a_single_value_given_twice_is_refused(client: Client, name: str) -> None:
    value = {"q": "turn", "fields": "slug"}.get(name, "2")
    for query in (f"{name}={value}&{name}={value}", f"{name}={value}&goal=rotation&{name[:-1]}%{ord(name[-1]):x}=3"):
        assert [fault["name"] for fault in post_or_get_errors(client, f"/v1/exercises?{query}")] == [name]
    assert client.request("HEAD", f"/v1/exercises?{name}={value}&{name}={value}").status_code == 422


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"duration_s": 29}, "/duration_s"),
        ({"duration_s": 3601}, "/duration_s"),
        ({"duration_s": True}, "/duration_s"),
        ({"duration_s": 300.5}, "/duration_s"),
        ({"duration_s": None}, "/duration_s"),
        ({"duration_s": {"$gt": 1}}, "/duration_s"),
        ({"goals": []}, "/goals"),
        ({"goals": "rotation"}, "/goals"),
        ({"goals": [{"goal": "nonsense"}]}, "/goals/0/goal"),
        ({"goals": [{"goal": "rotation"}, {"goal": "strength", "weight": 0}]}, "/goals/1/weight"),
        ({"goals": [{"goal": "rotation", "much": 1}]}, "/goals/0/much"),
        ({"conditions": ["a broken heart"]}, "/conditions/0"),
        ({"positions": ["nowhere"]}, "/positions/0"),
        ({"a/b~c": 1}, "/a~1b~0c"),
    ],
)
def test_the_pointer_leads_to_the_wrong_value(client: Client, change: dict[str, Any], pointer: str) -> None:
    errors = post_or_get_errors(client, "/v1/sessions", json={**SESSION, **change})
    assert [(fault["in"], fault["pointer"]) for fault in errors] == [("body", pointer)]


def test_what_is_missing_and_what_is_unknown_are_all_told(client: Client) -> None:
    errors = post_or_get_errors(client, "/v1/sessions", json={"minutes": 5})
    assert sorted(fault["pointer"] for fault in errors) == ["/duration_s", "/goals", "/minutes"]
    known = next(fault for fault in errors if fault["pointer"] == "/minutes")["allowed"]
    assert {"duration_s", "goals", "available_equipment"} <= set(known)
    [inner] = post_or_get_errors(client, "/v1/sessions", json={**SESSION, "goals": [{"goal": "rotation", "x": 1}]})
    assert set(inner["allowed"]) == {"goal", "weight"}


def test_a_wrong_value_is_never_repeated(client: Client) -> None:
    """What a person sends may be a fact of health; an error page may be kept by anybody."""
    for change in ({"conditions": ["canary-1234"]}, {"age_band": "canary-1234"}, {"duration_s": "canary-1234"}):
        assert "canary-1234" not in client.post("/v1/sessions", json={**SESSION, **change}).text


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ["duration_s", "goals", "available_equipment", "positions", "level", "age_band", "conditions", "include"]


@hypothesis_settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(change=st.dictionaries(st.sampled_from([*FIELDS, "history", "seed", "x"]), anything, min_size=1, max_size=3))
def test_any_json_at_all_is_answered_201_or_422(client: Client, change: dict[str, Any]) -> None:
    body = json.dumps({**SESSION, **change})
    answer = client.post("/v1/sessions", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (201, 422)
    if answer.status_code == 422:
        assert_problem(answer, 422)


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
def test_any_bytes_at_all_are_answered_400_or_422(client: Client, body: bytes) -> None:
    answer = client.post("/v1/sessions", content=body, headers={"Content-Type": "application/json"})
    assert assert_problem(answer, answer.status_code)["status"] in (400, 422)


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(st.sampled_from(["q", "limit", "goal", "slug", "fields", "x"]), st.text()), max_size=3))
def test_any_query_at_all_is_answered_200_or_422(client: Client, pairs: list[tuple[str, str]]) -> None:
    assert client.get("/v1/exercises", params=pairs).status_code in (200, 422)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({**SESSION, "goals": []}, "Give at least 1, not 0."),
        ({**SESSION, "goals": ["rotation"]}, 'This should be a JSON object, such as {"goal": "rotation"}.'),
        ({**SESSION, "goals": "rotation"}, 'This should be a JSON array, such as [{"goal": "rotation"}].'),
        ({**SESSION, "goals": [{"goal": 3}]}, f"This is none of the allowed words: {', '.join(list_words(Goal))}."),
        ({**SESSION, "include": "open-book"}, 'This should be a JSON array, such as ["open-book"].'),
        ({**SESSION, "duration_s": "300"}, "This should be a whole number without quotes, such as 600."),
        ({**SESSION, "duration_s": None}, "This should be a whole number, such as 600."),
        ({**SESSION, "duration_s": 29}, "This should be 30 or more."),
        ({**SESSION, "level": 6}, "This should be 5 or less."),
        ({"goals": SESSION["goals"]}, "This is required, such as 600."),
        (
            {**SESSION, "history": [{"days_ago": 1, "items": [{"slug": "cat-cow", "completed": "yes"}]}]},
            "This should be true or false without quotes.",
        ),
        ([SESSION], f"This should be a JSON object, such as {EXAMPLE}."),
        (None, f"A body is required: a JSON object, such as {EXAMPLE}."),
    ],
    ids=str,
)
def test_a_wrong_form_is_shown_the_right_one(client: Client, body: Any, message: str) -> None:
    assert [fault["detail"] for fault in post_or_get_errors(client, "/v1/sessions", json=body)] == [message]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/v1/exercises/Open_Book", "small letters and digits"),
        ("/v1/reminders?timezone=UTC&start=9:00", "such as 09:30"),
        ("/v1/reminders?timezone=UTC&lunch=noon", "such as 12:30-13:00"),
        ("/v1/reminders?timezone=UTC&first_day=2026-13-01", "such as 2026-03-29"),
        ("/v1/exercises?limit=ten", "a whole number."),
    ],
)
def test_a_wrong_form_is_told_without_expressions(client: Client, path: str, message: str) -> None:
    [fault] = post_or_get_errors(client, path)
    assert message in fault["detail"]
    assert "^" not in fault["detail"]
    assert fault["detail"].endswith(".")


@pytest.mark.parametrize("body", [b"\xff", b"[" * 5000], ids=["not UTF-8", "nested without end"])
def test_a_body_beyond_reading_is_told_so(client: Client, body: bytes) -> None:
    answer = client.post("/v1/sessions", content=body, headers={"Content-Type": "application/json"})
    assert assert_problem(answer, 400)["detail"] == "The body cannot be read as JSON in UTF-8."


@pytest.mark.parametrize("path", ["/v1/sessions", "/v1/workstation/fit", "/v1/screening", "/v1/self-tests/score"])
@pytest.mark.parametrize("depth", [50, 480, 600, 900])
def test_lists_in_lists_are_refused_at_any_depth(client: Client, path: str, depth: int) -> None:
    body = '{"goals": ' + "[" * depth + "1.0" + "]" * depth + "}"
    answer = client.post(path, content=body.encode(), headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)


def test_a_slash_too_many_is_told(client: Client) -> None:
    message = assert_problem(client.get("/v1/exercises/"), 404)["detail"]
    assert message == "There is nothing at /v1/exercises/, but there is at /v1/exercises, without the slash."
    assert assert_problem(client.get("/v1/nothing/"), 404)["detail"] == "There is nothing at /v1/nothing/."


def test_a_misspelt_name_is_told_before_the_one_that_is_missing_for_it(client: Client) -> None:
    problem = assert_problem(client.get("/v1/partial/exercises?fields[]=slug"), 422)
    assert problem["detail"].startswith("fields[]: Repeat the parameter for each value, such as fields=slug.")
    assert [error["name"] for error in problem["errors"]] == ["fields[]", "fields"]
    goals = SESSION["goals"]
    problem = assert_problem(client.post("/v1/sessions", json={"goals": goals, "durations": 300}), 422)
    assert problem["detail"].startswith("/durations: Did you mean duration_s?")
    assert [error["pointer"] for error in problem["errors"]] == ["/durations", "/duration_s"]
