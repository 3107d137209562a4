"""The round with openapi-python-client."""

import os

from client import Client
from client.api.exercises import get_exercise, get_partial_exercise, list_exercises
from client.api.illustrations import get_exercise_figure_png, get_exercise_figure_svg
from client.api.reminders import get_reminders_calendar
from client.api.routines import get_routine
from client.api.sessions import create_session, swap_exercise
from client.api.workstation import assess_workstation, fit_workstation
from client.models import (
    AvailableEquipment,
    DeskRange,
    ExerciseField,
    Goal,
    ObservedWorkstation,
    Position,
    Problem,
    RequestedGoal,
    SessionRequest,
    SwapReason,
    SwapRequest,
    WorkstationAssessment,
    WorkstationBody,
)

client = Client(base_url=os.environ["BASE_URL"])


def read_catalogue() -> None:
    page = list_exercises.sync(
        client=client,
        goal=[Goal.ROTATION, Goal.EXTENSION],
        position=[Position.SEATED],
        available_equipment=[AvailableEquipment.CHAIR],
        limit=2,
    )
    assert len(page.items) == 2
    assert get_exercise.sync("open-book", client=client).name == "Open book"
    few = get_partial_exercise.sync("open-book", client=client, fields=[ExerciseField.NAME])
    assert few.to_dict() == {"name": "Open book"}
    assert get_routine.sync("desk-break-1-min", client=client).session.timeline


def build_and_swap() -> None:
    goals = [RequestedGoal(goal=Goal.ROTATION, weight=2), RequestedGoal(goal=Goal.EXTENSION)]
    request = SessionRequest(duration_s=420, goals=goals, available_equipment=[AvailableEquipment.CHAIR])
    session = create_session.sync(client=client, body=request)
    first = session.phases[0].items[0].exercise.slug
    swap = SwapRequest(position_in_session=1, reason=SwapReason.DISLIKE)
    swapped = swap_exercise.sync(session.id, client=client, body=swap)
    assert first not in [item.exercise.slug for phase in swapped.phases for item in phase.items]


def read_error() -> None:
    answer = list_exercises.sync_detailed(client=client, limit=101)
    assert answer.status_code == 422
    assert isinstance(answer.parsed, Problem)
    assert answer.parsed.errors[0].name == "limit"


def read_files() -> None:
    assert get_exercise_figure_svg.sync("open-book", client=client).payload.read().startswith(b"<svg")
    assert get_exercise_figure_png.sync("open-book", client=client).payload.read().startswith(b"\x89PNG")
    assert get_reminders_calendar.sync(client=client, timezone="Europe/Berlin").startswith("BEGIN:VCALENDAR")


def fit() -> None:
    body = WorkstationBody(stature_cm=170, desk=DeskRange(fixed_cm=73))
    assert fit_workstation.sync(client=client, body=body).seat_height.unit == "cm"
    measured = ObservedWorkstation(desk_height_cm=80)
    report = WorkstationAssessment(body=WorkstationBody(stature_cm=170), measured=measured)
    assert assess_workstation.sync(client=client, body=report).findings


read_catalogue()
build_and_swap()
read_error()
read_files()
fit()
