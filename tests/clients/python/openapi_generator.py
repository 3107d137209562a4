"""The round with openapi-generator's Python client."""

import os

import client
import pytest

connection = client.ApiClient(client.Configuration(host=os.environ["BASE_URL"]))


def read_catalogue() -> None:
    exercises = client.ExercisesApi(connection)
    page = exercises.list_exercises(
        goal=[client.Goal.ROTATION, client.Goal.EXTENSION],
        position=[client.Position.SEATED],
        available_equipment=[client.AvailableEquipment.CHAIR],
        limit=2,
    )
    assert len(page.items) == 2
    assert exercises.get_exercise("open-book").name == "Open book"
    few = exercises.get_partial_exercise("open-book", fields=[client.ExerciseField.NAME])
    assert (few.name, few.steps) == ("Open book", None)
    assert client.RoutinesApi(connection).get_routine("desk-break-1-min").session.timeline


def build_and_swap() -> None:
    sessions = client.SessionsApi(connection)
    goals = [
        client.RequestedGoal(goal=client.Goal.ROTATION, weight=2),
        client.RequestedGoal(goal=client.Goal.EXTENSION),
    ]
    session = sessions.create_session(client.SessionRequest(duration_s=420, goals=goals, available_equipment=["chair"]))
    first = session.phases[0].items[0].exercise.slug
    swap = client.SwapRequest(position_in_session=1, reason="dislike")
    swapped = sessions.swap_exercise(session.id, swap)
    assert first not in [item.exercise.slug for phase in swapped.phases for item in phase.items]


def prescribe() -> None:
    dose = client.PrescribedDose(sets=3, hold_s=30, rest_s=30)
    items = [
        client.PrescribedItem(slug="doorway-pec-stretch", side="left", dose=dose, note="Never into pain."),
        client.PrescribedItem(slug="cat-cow"),
    ]
    session = client.SessionsApi(connection).create_session(client.SessionRequest(items=items))
    first = next(item for phase in session.phases for item in phase.items)
    assert (first.side, first.note, first.dose.hold_s) == ("left", "Never into pain.", 30)


def read_error() -> None:
    with pytest.raises(client.exceptions.NotFoundException) as missing:
        client.SessionsApi(connection).get_session("aaaaaaaaaaaaaaaaaaaaaaaaaa")
    assert isinstance(missing.value.data, client.Problem)
    assert missing.value.data.status == 404
    with pytest.raises(client.exceptions.UnprocessableEntityException) as invalid:
        client.ExercisesApi(connection).list_exercises(cursor="nonsense")
    assert invalid.value.data.errors[0].name == "cursor"


def read_files() -> None:
    figures = client.IllustrationsApi(connection)
    assert figures.get_exercise_figure_svg("open-book").startswith(b"<svg")
    assert figures.get_exercise_figure_png("open-book").startswith(b"\x89PNG")
    calendar = client.RemindersApi(connection).get_reminders_calendar("Europe/Berlin")
    assert calendar.startswith("BEGIN:VCALENDAR")


def fit() -> None:
    workstation = client.WorkstationApi(connection)
    body = client.WorkstationBody(stature_cm=170, desk=client.DeskRange(fixed_cm=73))
    assert workstation.fit_workstation(body).seat_height.unit == "cm"
    measured = client.ObservedWorkstation(desk_height_cm=80)
    assert workstation.assess_workstation(client.WorkstationAssessment(body=body, measured=measured)).findings


read_catalogue()
build_and_swap()
prescribe()
read_error()
read_files()
fit()
