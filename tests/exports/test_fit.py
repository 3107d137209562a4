"""Workouts for watches, read by a decoder that is not ours (fitdecode), step by step against the timeline."""

import io
from itertools import groupby
from typing import Any

import fitdecode
import fitdecode.profile
import pytest

from app.exports.fit.encoding import STRING, UINT16, Field, Message, compute_crc, cut_text, write_fit_file
from app.exports.fit.exercise_numbers import find_exercise_numbers
from tests.app_client import Client

ROUTINES = "/v1/routines"
MAX_STEPS = 50
"""What watches take."""


def read_messages(content: bytes) -> list[Any]:
    """Return the data messages of a file whose checksums are right."""
    with fitdecode.FitReader(io.BytesIO(content), check_crc=fitdecode.CrcCheck.RAISE) as reader:
        return [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]


def read_value(message: Any, name: str) -> Any:
    return message.get_value(name, fallback=None)


def read_exercise(step: Any) -> str | None:
    """Return category and name of the exercise of a step, as the profile of the decoder names them."""
    category, number = read_value(step, "exercise_category"), read_value(step, "exercise_name")
    if category is None:
        return None
    names = fitdecode.profile.FIELD_TYPES[f"{category}_exercise_name"].enum
    return f"{category}:{names[number] if isinstance(number, int) else number}"


def list_expected_steps(session: dict[str, Any]) -> list[tuple[float, str, str | None]]:
    """Return seconds, kind and exercise of each step: a set each, or all that is between two sets."""
    steps: list[tuple[float, str, str | None]] = []
    lasting = [event for event in session["timeline"] if event["duration_s"]]
    for is_work, group in groupby(lasting, key=lambda event: event["kind"] == "work"):
        events = list(group)
        if is_work:
            steps += [
                (event["duration_s"], "work", session["exercises"][event["slug"]]["platform"]["garmin"])
                for event in events
            ]
        else:
            steps.append((sum(event["duration_s"] for event in events), "rest", None))
    return steps


def test_every_routine_is_read_step_by_step(client: Client) -> None:
    for routine in client.get(f"{ROUTINES}?limit=100").json()["items"]:
        answer = client.get(f"{ROUTINES}/{routine['slug']}/export?format=fit")
        file_id, workout, *steps = read_messages(answer.content)
        assert (read_value(file_id, "type"), read_value(workout, "sport")) == ("workout", "training")
        assert read_value(workout, "wkt_name") == routine["name"]
        assert read_value(workout, "num_valid_steps") == len(steps) <= MAX_STEPS
        assert [read_value(step, "message_index") for step in steps] == list(range(len(steps)))
        assert {read_value(step, "duration_type") for step in steps} == {"time"}
        session = routine["session"]
        read_steps = [
            (
                read_value(step, "duration_time"),
                "rest" if read_value(step, "intensity") == "rest" else "work",
                read_exercise(step),
            )
            for step in steps
        ]
        assert read_steps == list_expected_steps(session)
        assert sum(seconds for seconds, *_ in read_steps) == session["duration_s"]


def test_steps_name_the_exercise_and_the_side(client: Client) -> None:
    path = f"{ROUTINES}/desk-turn-1-min"
    *_, first_pause, first, switch, second = read_messages(client.get(f"{path}/export?format=fit").content)
    events = client.get(path).json()["session"]["timeline"]
    for step, event in zip((first_pause, first, switch, second), events[:4], strict=True):
        is_work = event["kind"] == "work"
        name = f"{event['name']}, {event['side']} side" if is_work else event["say"][0]["text"]
        assert (read_value(step, "wkt_step_name"), read_value(step, "notes")) == (name, event["text"])
    assert (read_value(first, "intensity"), read_value(switch, "intensity")) == ("active", "rest")


def test_every_exercise_has_the_numbers_of_its_name(client: Client) -> None:
    types = fitdecode.profile.FIELD_TYPES
    for record in client.get("/v1/exercises?limit=100").json()["items"]:
        name = record["platform"]["garmin"]
        category, _, exercise = name.partition(":")
        numbers = find_exercise_numbers(name)
        assert numbers, name
        assert types["exercise_category"].enum[numbers.category] == category
        assert types[f"{category}_exercise_name"].enum[numbers.exercise] == exercise
    assert find_exercise_numbers("warm_up:no_such") is None
    assert find_exercise_numbers("") is None


@pytest.mark.parametrize(
    ("slug", "sub_sport"),
    [
        ("upper-back-strength-20-min", "strength_training"),
        ("seated-10-min", "flexibility_training"),
        ("breathing-and-ribs-5-min", "breathing"),
    ],
)
def test_a_workout_is_logged_as_most_of_its_work(client: Client, slug: str, sub_sport: str) -> None:
    _, workout, *_ = read_messages(client.get(f"{ROUTINES}/{slug}/export?format=fit").content)
    assert read_value(workout, "sub_sport") == sub_sport


def test_files_of_other_sessions_are_told_apart(client: Client) -> None:
    def read_identity(path: str) -> tuple[Any, ...]:
        file_id, *_ = read_messages(client.get(f"{path}/export?format=fit").content)
        return tuple(read_value(file_id, name) for name in ("manufacturer", "serial_number", "time_created"))

    first, again = (read_identity(f"{ROUTINES}/desk-turn-1-min") for _ in range(2))
    assert first == again != read_identity(f"{ROUTINES}/desk-reach-1-min")
    assert first[0] == "development"


def test_the_checksum_is_that_of_the_protocol() -> None:
    assert compute_crc(b"123456789") == 0xBB3D  # the check value of CRC-16/ARC


def test_texts_of_any_length_and_script_and_absent_values_are_kept() -> None:
    message = Message(27, {"wkt_step_name": Field(0, STRING), "exercise_category": Field(10, UINT16)})
    texts = ["", "Öffnen – 開く", "x" * 300, "nul\0l"]
    rows = [{"wkt_step_name": text, "exercise_category": None} for text in texts]
    steps = read_messages(write_fit_file([(message, rows)]))
    assert [read_value(step, "wkt_step_name") or "" for step in steps] == ["", "Öffnen – 開く", "x" * 254, "null"]
    assert {read_value(step, "exercise_category") for step in steps} == {None}
    assert cut_text("aé", 2) == "a"
