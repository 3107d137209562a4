"""FHIR definitions, read by models of R5 that are not ours (fhir.resources), and held against the records."""

import json
from typing import Any

import pytest
from fhir.resources.activitydefinition import ActivityDefinition
from fhir.resources.bundle import Bundle
from fhir.resources.careplan import CarePlan
from fhir.resources.plandefinition import PlanDefinition

from app.exports.fhir.elements import make_computer_name, make_id
from app.kit.settings import Settings
from tests.app_client import Client
from tests.exports.care_plans import apply_plan, list_actions, read_documented_care_plan

EXERCISE = "/v1/exercises/open-book"
ROUTINE = "/v1/routines/desk-break-5-min-chair"


def test_the_definition_of_an_exercise_says_what_its_record_says(client: Client) -> None:
    answer = client.get(f"{EXERCISE}/export?format=fhir")
    assert answer.headers["content-type"] == "application/fhir+json"
    record = client.get(EXERCISE).json()
    definition: Any = ActivityDefinition.model_validate_json(answer.content)
    assert definition.url == f"http://testserver{EXERCISE}/export"
    assert client.get(definition.url).content == answer.content
    assert (definition.version, definition.title) == (str(record["serial"]), record["name"])
    assert (definition.status, definition.kind, definition.intent) == ("active", "ServiceRequest", "plan")
    assert definition.timingTiming.repeat.duration == record["est_duration_s"]
    # 2 sets of 8 on each of two sides
    assert (definition.quantity.value, definition.quantity.unit) == (32, "repetitions")
    assert [site.coding[0].code for site in definition.bodySite] == record["regions"]
    assert all(step in definition.description for step in record["steps"])
    assert all(rule in definition.usage for rule in [*record["stop_rules"], record["disclaimer"]["text"]])
    assert record["license"]["url"] in definition.copyright
    _check_contraindications(definition, record)
    _check_related(client, definition, record)


def _check_contraindications(definition: Any, record: dict[str, Any]) -> None:
    told = []
    for contained in definition.contained:
        assert contained.subject[0].reference == "#"
        if contained.type == "contraindication":
            told.append((contained.contraindication.diseaseSymptomProcedure.concept.coding[0].code, "avoid"))
        else:
            told.append((contained.warning.code.coding[0].code, "caution"))
            assert f"{contained.warning.code.text} (Take care): {contained.warning.description}" in definition.usage
    assert told == [(rule["condition"], rule["verdict"]) for rule in record["contraindications"]]
    assert {verdict for _, verdict in told} == {"avoid", "caution"}


def _check_related(client: Client, definition: Any, record: dict[str, Any]) -> None:
    related = definition.relatedArtifact
    assert [one.label for one in related if one.type == "citation"] == [one["reference"] for one in record["evidence"]]
    assert all(one.citation and one.display for one in related if one.type == "citation")
    neighbours = [one.resource for one in related if one.type == "similar-to"]
    assert neighbours == [
        f"http://testserver/v1/exercises/{slug}/export" for slug in record["easier"] + record["harder"]
    ]
    ours = [one.document.url for one in related if one.type == "documentation"]
    for url in [*neighbours, *ours]:
        assert client.request("HEAD", url).status_code == 200


def test_accept_may_ask_for_it_and_406_says_what_there_is(client: Client) -> None:
    path = f"{EXERCISE}/export"
    answer = client.get(path, headers={"Accept": "application/fhir+json; fhirVersion=5.0"})
    assert answer.json()["resourceType"] == "ActivityDefinition"
    assert "Accept" in answer.headers["vary"].split(", ")
    refused = client.get(path, headers={"Accept": "text/csv"})
    assert (refused.status_code, refused.json()["available"]) == (406, ["application/fhir+json"])


def test_canonical_addresses_begin_with_the_public_address(settings: Settings, start_client: Any) -> None:
    public_client = start_client(settings.model_copy(update={"public_url": "https://thoracic.example/api"}))
    answer = public_client.get(f"{EXERCISE}/export")
    assert answer.json()["url"] == f"https://thoracic.example/api{EXERCISE}/export"
    assert answer.headers["cache-control"].startswith("public")


@pytest.mark.parametrize("name", ["open-book", "a" * 64, "a" * 80, "a" * 79 + "b", "2-minutes"])
def test_ids_and_names_keep_to_what_fhir_allows(name: str) -> None:
    definition: Any = ActivityDefinition(id=make_id(name), name=make_computer_name("Exercise", name), status="active")
    assert len(definition.id) <= 64
    assert make_id(name + "-x") != definition.id
    assert definition.name[0].isupper()
    assert definition.name.isalnum()


@pytest.mark.parametrize("path", [ROUTINE, "/v1/sessions/example"])
def test_a_plan_has_the_exercises_of_the_session_in_order(client: Client, path: str) -> None:
    answer = client.get(f"{path}/export?format=fhir")
    PlanDefinition.model_validate_json(answer.content)
    plan, record = answer.json(), client.get(path).json()
    session = record.get("session", record)
    assert plan["url"] == f"http://testserver{path}/export"
    assert client.get(plan["url"], headers={"Accept": "application/fhir+json"}).json() == plan
    assert [goal["description"]["coding"][0]["code"] for goal in plan["goal"]] == [
        coverage["goal"] for coverage in session["coverage"]
    ]
    assert [group["code"]["coding"][0]["code"] for group in plan["action"]] == [
        phase["phase"] for phase in session["phases"]
    ]
    items = [item for phase in session["phases"] for item in phase["items"]]
    known_ids: set[str] = set()
    goal_ids = {goal["id"] for goal in plan["goal"]}
    for action, item in zip(list_actions(plan), items, strict=True):
        slug = item["exercise"]["slug"]
        assert action["definitionCanonical"] == f"http://testserver/v1/exercises/{slug}/export"
        assert action["timingTiming"]["repeat"] == {"duration": item["duration_s"], "durationUnit": "s"}
        assert action["prefix"] == str(item["position_in_session"])
        main_goal = max(item["serves"], key=lambda share: share["seconds"])["goal"]
        assert action["goalId"] == [f"goal-{main_goal.replace('_', '-')}"]
        assert set(action["goalId"]) <= goal_ids
        # What an action follows is an action before it.
        assert {related["targetId"] for related in action.get("relatedAction", [])} <= known_ids
        known_ids.add(action["linkId"])
    assert sum(group["timingTiming"]["repeat"]["duration"] for group in plan["action"]) == session["duration_s"]


def make_care_plan(client: Client, path: str) -> dict[str, Any]:
    plan = client.get(f"{path}/export?format=fhir").json()
    urls = [action["definitionCanonical"] for action in list_actions(plan)]
    return apply_plan(plan, {url: client.get(url).json() for url in urls}, "Patient/example")


def test_a_care_plan_is_made_from_a_plan_and_its_definitions_alone(client: Client) -> None:
    path = "/v1/routines/upper-back-strength-20-min"
    care_plan: Any = CarePlan.model_validate(make_care_plan(client, path))
    assert care_plan.instantiatesCanonical == [f"http://testserver{path}/export"]
    items = [item for phase in client.get(path).json()["session"]["phases"] for item in phase["items"]]
    for activity, request, item in zip(care_plan.activity, care_plan.contained, items, strict=True):
        assert activity.plannedActivityReference.reference == f"#{request.id}"
        assert request.code.concept.text == item["exercise"]["name"]
        dose = item["dose"]
        if dose["reps"]:
            assert request.quantityQuantity.value == dose["sets"] * dose["reps"] * (2 if dose["per_side"] else 1)
            assert str(dose["reps"]) in request.patientInstruction[0].instructionMarkdown


def test_the_documentation_shows_the_care_plan_of_a_routine(client: Client) -> None:
    shown = read_documented_care_plan()
    CarePlan.model_validate(shown)
    made = json.dumps(make_care_plan(client, "/v1/routines/desk-turn-1-min"))
    assert shown == json.loads(made.replace("http://testserver", "https://api.example.org"))


def test_the_bundles_hold_every_definition_once_and_all_that_plans_name(client: Client) -> None:
    bundles = {kind: client.get(f"/v1/{kind}.fhir.json").json() for kind in ("exercises", "routines")}
    for bundle in bundles.values():
        Bundle.model_validate(bundle)
        resources = [entry["resource"] for entry in bundle["entry"]]
        assert [entry["fullUrl"] for entry in bundle["entry"]] == [resource["url"] for resource in resources]
        ids = [f"{resource['resourceType']}/{resource['id']}" for resource in resources]
        assert [entry["request"] for entry in bundle["entry"]] == [{"method": "PUT", "url": url} for url in ids]
        assert len(set(ids)) == len(ids)
    definitions, plans = (
        {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]} for bundle in bundles.values()
    )
    assert len(definitions) == client.get("/v1/exercises").json()["total"]
    assert definitions[f"http://testserver{EXERCISE}/export"] == client.get(f"{EXERCISE}/export").json()
    assert plans[f"http://testserver{ROUTINE}/export"] == client.get(f"{ROUTINE}/export?format=fhir").json()
    assert {action["definitionCanonical"] for plan in plans.values() for action in list_actions(plan)} <= {*definitions}
