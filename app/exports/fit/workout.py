"""A session as a workout file: a step for each set, and one for each pause between sets, all of them by time."""

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from app.exports.fit.encoding import (
    ENUM,
    STRING,
    UINT16,
    UINT32,
    UINT32Z,
    Field,
    Message,
    Values,
    cut_text,
    write_fit_file,
)
from app.exports.fit.exercise_numbers import find_exercise_numbers
from app.exports.fit.texts import FitTexts
from app.rules.vocabulary import Category, Phase
from app.schemas.session import Session, TimelineEvent
from app.texts.loader import load_texts

FILE_ID: Final = Message(
    0,
    {
        "type": Field(0, ENUM),
        "manufacturer": Field(1, UINT16),
        "product": Field(2, UINT16),
        "serial_number": Field(3, UINT32Z),
        "time_created": Field(4, UINT32),
    },
)
WORKOUT: Final = Message(
    26,
    {
        "sport": Field(4, ENUM),
        "num_valid_steps": Field(6, UINT16),
        "wkt_name": Field(8, STRING),
        "sub_sport": Field(11, ENUM),
    },
)
WORKOUT_STEP: Final = Message(
    27,
    {
        "message_index": Field(254, UINT16),
        "wkt_step_name": Field(0, STRING),
        "duration_type": Field(1, ENUM),
        "duration_value": Field(2, UINT32),
        "target_type": Field(3, ENUM),
        "target_value": Field(4, UINT32),
        "intensity": Field(7, ENUM),
        "notes": Field(8, STRING),
        "exercise_category": Field(10, UINT16),
        "exercise_name": Field(11, UINT16),
    },
)
WORKOUT_FILE: Final = 5
DEVELOPMENT: Final = 255
"""The manufacturer of files of programs that have no number of their own."""
TIME, OPEN_TARGET, TRAINING = 0, 2, 10
FLEXIBILITY_TRAINING, STRENGTH_TRAINING, BREATHING = 19, 20, 62
SUB_SPORTS: Final[dict[Category, int]] = {
    "strength": STRENGTH_TRAINING,
    "stability": STRENGTH_TRAINING,
    "breathing": BREATHING,
}
"""What a category of exercises is logged as, where it is not flexibility training."""
ACTIVE, REST, WARM_UP, COOL_DOWN = 0, 1, 2, 3
INTENSITIES: Final[dict[Phase, int]] = {"prepare": WARM_UP, "restore": COOL_DOWN}
EPOCH: Final = datetime(1989, 12, 31, tzinfo=UTC)
MAX_NAME_BYTES: Final = 64
MAX_NOTES_BYTES: Final = 200


def write_workout(title: str, session: Session, page_path: str, updated_at: datetime) -> bytes:
    """Return a session as a FIT workout file. The steps take as long as the timeline, to the second.

    Pauses that follow each other are one step: many watches take 50 steps at most. `page_path` and `updated_at` tell
    the file from others.
    """
    steps = list_steps(session)
    file_id: Values = {
        "type": WORKOUT_FILE,
        "manufacturer": DEVELOPMENT,
        "product": 0,
        # Zero means none.
        "serial_number": zlib.crc32(page_path.encode()) or 1,
        "time_created": int((updated_at - EPOCH).total_seconds()),
    }
    workout: Values = {
        "sport": TRAINING,
        "sub_sport": _choose_sub_sport(session),
        "num_valid_steps": len(steps),
        "wkt_name": cut_text(title, MAX_NAME_BYTES),
    }
    return write_fit_file([(FILE_ID, [file_id]), (WORKOUT, [workout]), (WORKOUT_STEP, steps)])


def list_steps(session: Session) -> list[Values]:
    """Return the steps of a workout: a set each, or all that is between two sets."""
    steps: list[Values] = []
    pause: list[TimelineEvent] = []
    notes = {item.position_in_session: item.note for phase in session.phases for item in phase.items}
    for event in session.timeline:
        if event.kind != "work":
            pause.append(event)
            continue
        if pause:
            # What a prescription says of an exercise is told once, before it.
            note = notes[event.position_in_session] if pause[-1].kind == "get_ready" else None
            steps.append(_describe_pause(pause, note))
        steps.append(_describe_work(event, session))
        pause = []
    # What is left is the end, which lasts 0 seconds.
    return [{"message_index": number, **step} for number, step in enumerate(steps)]


def _describe_work(event: TimelineEvent, session: Session) -> Values:
    name = load_texts(FitTexts).work[event.side].fill(exercise=event.name)
    numbers = find_exercise_numbers(session.exercises[event.slug].platform.garmin)
    step = _describe_step(name, event.text, event.duration_s, INTENSITIES.get(event.phase, ACTIVE))
    if numbers is None:
        return step
    return {**step, "exercise_category": numbers.category, "exercise_name": numbers.exercise}


def _describe_pause(events: Sequence[TimelineEvent], prescribed_note: str | None) -> Values:
    """Return a pause: its name is what is spoken first, and its note what comes next."""
    duration_s, notes = sum(event.duration_s for event in events), events[-1].text
    if prescribed_note is not None:
        notes = load_texts(FitTexts).with_note.fill(text=notes, note=prescribed_note)
    return _describe_step(events[0].say[0].text, notes, duration_s, REST)


def _describe_step(name: str, notes: str, duration_s: int, intensity: int) -> Values:
    return {
        "wkt_step_name": cut_text(name, MAX_NAME_BYTES),
        "notes": cut_text(notes, MAX_NOTES_BYTES),
        "duration_type": TIME,
        "duration_value": duration_s * 1000,
        "target_type": OPEN_TARGET,
        "target_value": 0,
        "intensity": intensity,
    }


def _choose_sub_sport(session: Session) -> int:
    """Return what most of the seconds of work are logged as."""
    seconds: Counter[int] = Counter()
    for event in _list_work(session.timeline):
        seconds[SUB_SPORTS.get(session.exercises[event.slug].category, FLEXIBILITY_TRAINING)] += event.duration_s
    return max(seconds, key=lambda sub_sport: (seconds[sub_sport], -sub_sport), default=FLEXIBILITY_TRAINING)


def _list_work(timeline: Iterable[TimelineEvent]) -> Iterable[TimelineEvent]:
    return (event for event in timeline if event.kind == "work")
