"""The contraindications of an exercise as resources that its definition contains.

R5 has no element for them in ActivityDefinition, but a resource whose subject may be one: ClinicalUseDefinition. A
condition with which the exercise is left out is a `contraindication`, one that asks for care a `warning`.
"""

from collections.abc import Iterable

from app.exports.fhir.elements import Resource, describe_concept
from app.exports.fhir.texts import fhir_texts
from app.schemas.exercise import Contraindication


def describe_contraindications(rules: Iterable[Contraindication]) -> list[Resource]:
    """Return a ClinicalUseDefinition for each condition. Its subject is the resource that contains it."""
    return [_describe_rule(rule) for rule in rules]


def _describe_rule(rule: Contraindication) -> Resource:
    concept = describe_concept("conditions", rule.condition)
    resource = {
        "resourceType": "ClinicalUseDefinition",
        "id": rule.condition.replace("_", "-"),
        "category": [describe_concept("verdicts", rule.verdict, fhir_texts().verdicts[rule.verdict])],
        "subject": [{"reference": "#"}],
    }
    if rule.verdict == "avoid":
        told = {"diseaseSymptomProcedure": {"concept": concept}}
        return resource | {"type": "contraindication", "contraindication": told}
    return resource | {"type": "warning", "warning": {"description": rule.advice, "code": concept}}
