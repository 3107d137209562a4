"""A session or routine as a PlanDefinition of FHIR R5: phases in order, and in each its exercises in order.

Everything that `$apply` needs for a CarePlan is in an action: the ActivityDefinition, how long it takes, how much of
it, and the dose in words for the person. Amounts of the session replace those of the ActivityDefinition.
"""

from datetime import datetime
from typing import NamedTuple

from app.exports.fhir.activity_definition import describe_quantity, exercise_definition_path
from app.exports.fhir.elements import (
    SYSTEM_PREFIX,
    Resource,
    describe_concept,
    describe_page,
    describe_publication,
    describe_seconds,
    keep_present,
    list_safety_notes,
    make_computer_name,
    make_id,
    write_markdown_list,
    write_narrative,
)
from app.exports.fhir.texts import fhir_texts
from app.kit.links import PublicAddress
from app.rules.terms import load_terms
from app.rules.vocabulary import Goal
from app.schemas.routine import Routine
from app.schemas.session import Session, SessionItem, SessionPhase
from app.sessions.printout import describe_dose_and_note

PLAN_TYPES = "http://terminology.hl7.org/CodeSystem/plan-definition-type"
FHIRPATH = "text/fhirpath"


class PlannedSession(NamedTuple):
    """What a plan is made of."""

    title: str
    session: Session
    routine: Routine | None
    """The routine that the session is of; None for a built session."""
    page_path: str
    """The path of its page, such as `/routines/morning-10-min`."""
    version: int
    updated_at: datetime

    @classmethod
    def of_routine(cls, routine: Routine) -> "PlannedSession":
        """Return what the plan of a routine is made of."""
        path = f"/routines/{routine.slug}"
        return cls(routine.name, routine.session, routine, path, routine.serial, routine.updated_at)


def describe_plan(planned: PlannedSession, address: PublicAddress) -> Resource:
    """Return a session as a PlanDefinition. Its canonical address begins with `address`."""
    list_name, name = planned.page_path.strip("/").split("/")
    session, path = planned.session, f"/v1{planned.page_path}/export"
    return {
        "resourceType": "PlanDefinition",
        "id": make_id(name),
        "text": write_narrative(_list_paragraphs(planned), _list_lines(session)),
        **describe_publication(path, planned.version, planned.updated_at, address),
        **keep_present(
            identifier=[{"system": f"{SYSTEM_PREFIX}:{list_name}", "value": name}],
            name=make_computer_name(list_name.removesuffix("s").capitalize(), name),
            title=planned.title,
            type={"coding": [{"system": PLAN_TYPES, "code": "order-set"}], "text": fhir_texts().plan_type},
            description="\n\n".join(_list_paragraphs(planned)[1:]) or planned.title,
            usage=write_markdown_list([fhir_texts().plan_usage, *session.notes, *list_safety_notes()]),
            topic=[describe_concept("goals", coverage.goal) for coverage in session.coverage],
            relatedArtifact=[describe_page(planned.title, planned.page_path, address)],
            goal=[_describe_goal(coverage.goal) for coverage in session.coverage],
            action=[_describe_phase(phase, session, address) for phase in session.phases],
        ),
    }


def _list_paragraphs(planned: PlannedSession) -> list[str]:
    routine = planned.routine
    told = [routine.summary, routine.when_to_use, routine.audience] if routine else []
    return [planned.title, *told]


def _list_lines(session: Session) -> list[str]:
    """Return each exercise with its dose, in order."""
    return [_describe_item(item) for phase in session.phases for item in phase.items]


def _describe_item(item: SessionItem) -> str:
    return fhir_texts().plan_item.fill(exercise=item.exercise.name, dose=describe_dose_and_note(item))


def _describe_goal(goal: Goal) -> Resource:
    return {"id": _goal_id(goal), "description": describe_concept("goals", goal)}


def _goal_id(goal: Goal) -> str:
    return f"goal-{goal.replace('_', '-')}"


def _describe_phase(phase: SessionPhase, session: Session, address: PublicAddress) -> Resource:
    """Return a phase as a group of actions, all of which belong to it."""
    goals = {coverage.goal for coverage in session.coverage}
    return {
        "id": phase.phase,
        "linkId": phase.phase,
        "title": load_terms()["phases"][phase.phase].label,
        "code": describe_concept("phases", phase.phase),
        "timingTiming": describe_seconds(phase.duration_s),
        "groupingBehavior": "logical-group",
        "selectionBehavior": "all",
        "action": [_describe_action(item, goals, address) for item in phase.items],
    }


def _describe_action(item: SessionItem, goals: set[Goal], address: PublicAddress) -> Resource:
    """Return an exercise as an action. It begins when the one before has ended."""
    number, card = item.position_in_session, item.exercise
    link_id = f"exercise-{number}"
    return keep_present(
        id=link_id,
        linkId=link_id,
        prefix=str(number),
        title=card.name,
        textEquivalent=_describe_item(item),
        code=describe_concept("exercises", card.slug, card.name),
        documentation=[describe_page(card.name, f"/exercises/{card.slug}", address)],
        goalId=_find_main_goal(item, goals),
        relatedAction=[{"targetId": f"exercise-{number - 1}", "relationship": "after-end"}] if number > 1 else [],
        timingTiming=describe_seconds(item.duration_s),
        participant=[{"type": "patient"}],
        definitionCanonical=address.absolute_link(exercise_definition_path(card.slug)),
        dynamicValue=_list_amounts(item),
    )


def _find_main_goal(item: SessionItem, goals: set[Goal]) -> list[str]:
    """Return the id of the goal that most seconds of an exercise count for.

    One at most: the rule pld-3 of FHIR cannot be evaluated where an action names several.
    """
    shares = [share for share in item.serves if share.goal in goals]
    return [_goal_id(max(shares, key=lambda share: share.seconds).goal)] if shares else []


def _list_amounts(item: SessionItem) -> list[Resource]:
    """Return how much of the exercise is done here, as values for elements of a ServiceRequest."""
    values = [_set_value("patientInstruction.instruction", _quote(describe_dose_and_note(item)))]
    quantity = describe_quantity(item.dose, item.extra_set)
    if quantity is not None:
        values.append(_set_value("quantity", f"{quantity['value']} '{quantity['code']}'"))
    return values


def _set_value(path: str, expression: str) -> Resource:
    return {"path": path, "expression": {"language": FHIRPATH, "expression": expression}}


def _quote(text: str) -> str:
    """Return a text as a literal of FHIRPath."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
