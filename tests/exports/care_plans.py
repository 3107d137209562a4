"""A plan given to a person: what software of a clinic does with a PlanDefinition, as far as these tests need it."""

import json
import re
from collections.abc import Mapping
from typing import Any

from app.kit.settings import PROJECT_ROOT

Resource = dict[str, Any]


def list_actions(plan: Resource) -> list[Resource]:
    """Return the exercises of a plan in order."""
    return [action for group in plan["action"] for action in group["action"]]


def apply_plan(plan: Resource, definitions: Mapping[str, Resource], subject: str) -> Resource:
    """Return a CarePlan with a ServiceRequest for each exercise, by the rules of `PlanDefinition/$apply`."""
    person = {"reference": subject}
    requests = [
        _apply_action(action, definitions[action["definitionCanonical"]], person) for action in list_actions(plan)
    ]
    return {
        "resourceType": "CarePlan",
        "text": plan["text"],
        "contained": requests,
        "instantiatesCanonical": [plan["url"]],
        "status": "draft",
        "intent": "plan",
        "title": plan["title"],
        "subject": person,
        "activity": [{"plannedActivityReference": {"reference": f"#{request['id']}"}} for request in requests],
    }


def _apply_action(action: Resource, definition: Resource, person: Resource) -> Resource:
    """Return the request that a definition describes, with the timing and the values of the action."""
    request = {
        "resourceType": definition["kind"],
        "id": action["linkId"],
        "instantiatesCanonical": [definition["url"]],
        "status": "draft",
        "intent": definition["intent"],
        "code": {"concept": definition["code"]},
        "subject": person,
        "occurrenceTiming": action["timingTiming"],
        "bodySite": definition["bodySite"],
    }
    for value in action["dynamicValue"]:
        expression = value["expression"]["expression"]
        if value["path"] == "quantity":
            matched = re.fullmatch(r"([0-9]+) '(\{[a-z]+\})'", expression)
            assert matched, expression
            number, unit = int(matched[1]), matched[2]
            request["quantityQuantity"] = {"value": number, "system": "http://unitsofmeasure.org", "code": unit}
        else:
            assert value["path"] == "patientInstruction.instruction"
            text = re.sub(r"\\\\(.)", r"\1", expression[1:-1])
            request["patientInstruction"] = [{"instructionMarkdown": text}]
    return request


def read_documented_care_plan() -> Resource:
    """Return the CarePlan that the documentation shows."""
    page = (PROJECT_ROOT / "docs" / "exports.md").read_text()
    shown: Resource = json.loads(page.split("```json\n")[1].split("```")[0])
    return shown
