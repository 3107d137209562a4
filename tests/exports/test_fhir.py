"""FHIR definitions, read by models of R5 that are not ours (fhir.resources), and held against the records."""

from typing import Any

import pytest
from fhir.resources.activitydefinition import ActivityDefinition

from app.exports.fhir.elements import make_computer_name, make_id
from app.kit.settings import Settings
from tests.app_client import Client

EXERCISE = "/v1/exercises/open-book"


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
