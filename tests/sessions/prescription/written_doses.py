"""What a timeline must hold, worked out from a prescription and the records alone."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from app.schemas.exercise import Exercise
from app.schemas.session import TimelineEvent

LONGEST_PAUSE_OF_A_REPETITION_S = 20
TURNING_ROUND_S = {"side_lying": 10, "side_plank": 10, "half_kneeling": 8, "split_stance": 8}
OTHER_SWITCH_S = 5
BEGINNINGS = [[*moved, *told, "get_ready"] for moved in ([], ["transition"]) for told in ([], ["introduction"])]
"""The kinds of event before the first set."""
Work = tuple[int, str, int, int | None]
"""Set, side, seconds, and repetitions, holds or breaths."""


class WrittenDose(NamedTuple):
    """The work of an item in order, and the rest after each of its sets but the last."""

    work: list[Work]
    rest_s: int
    switch_s: int

    @property
    def seconds(self) -> int:
        """Seconds from the first set to the end of the last one."""
        switches = sum(1 for before, after in pairwise(self.work) if before[0] == after[0])
        sets = self.work[-1][0]
        return sum(work[2] for work in self.work) + switches * self.switch_s + (sets - 1) * self.rest_s


def write_dose(item: Mapping[str, Any], exercise: Exercise) -> WrittenDose:
    """Return what an item asks for; what it leaves out is as in the record, which has a rest where it has sets."""
    dose, record = dict(item.get("dose") or {}), exercise.dose
    sets = dose.get("sets", record.sets)
    assert "rest_s" in dose or sets == 1 or record.sets > 1, "the record of a single set has no rest"
    seconds, count = _seconds_of_a_set(dose, exercise)
    work = [(number, side, seconds, count) for number in range(1, sets + 1) for side in _sides(number, item, exercise)]
    return WrittenDose(work, dose.get("rest_s", record.rest_s), TURNING_ROUND_S.get(exercise.position, OTHER_SWITCH_S))


def _sides(number: int, item: Mapping[str, Any], exercise: Exercise) -> tuple[str, ...]:
    """Both sides in turn: nobody turns round between sets."""
    if not exercise.unilateral:
        return ("both",)
    if item.get("side"):
        return (item["side"],)
    return ("left", "right") if number % 2 else ("right", "left")


def _seconds_of_a_set(dose: Mapping[str, Any], exercise: Exercise) -> tuple[int, int | None]:
    record = exercise.dose
    tempo = dose.get("tempo") or (record.tempo.model_dump() if record.tempo else None)
    hold_s = dose.get("hold_s")
    if "breaths" in dose or record.breaths:
        assert tempo
        breaths = dose.get("breaths", record.breaths)
        return breaths * sum(tempo.values()), breaths
    reps = dose.get("reps", record.reps)
    if tempo and (hold_s or 0) <= LONGEST_PAUSE_OF_A_REPETITION_S:
        pace = {**tempo, "hold_s": hold_s} if hold_s else tempo
        return reps * sum(pace.values()), reps
    hold_s = hold_s or record.hold_s
    assert hold_s
    # Several holds of a set are let go of for 2 s each; a single one is the set.
    return (hold_s if (reps or 1) == 1 else reps * (hold_s + 2)), reps


def read_events(timeline: tuple[TimelineEvent, ...], position: int) -> Iterator[TimelineEvent]:
    """Yield the events of the exercise at a position, but for the end."""
    return (event for event in timeline if event.position_in_session == position and event.kind != "done")


def broken_doses(
    item: Mapping[str, Any], exercise: Exercise, events: list[TimelineEvent], *, is_fitted: bool
) -> list[str]:
    """Return a sentence for everything in which the events of an item differ from what is written."""
    written, broken = write_dose(item, exercise), []
    work = [(event.set, event.side, event.duration_s, event.reps) for event in events if event.kind == "work"]
    if work != written.work:
        broken.append(f"{exercise.slug}: {work} for {written.work}")
    between = [event for event in events if event.kind in ("rest", "switch")]
    rests = [event.duration_s for event in between if event.kind == "rest"]
    wanted = [written.rest_s] * (written.work[-1][0] - 1) if written.rest_s else []
    if len(rests) != len(wanted) or any(
        not own <= given <= (2 * own if is_fitted else own) for own, given in zip(wanted, rests, strict=True)
    ):
        broken.append(f"{exercise.slug}: rests of {rests} for {wanted}")
    if any(event.duration_s != written.switch_s for event in between if event.kind == "switch"):
        broken.append(f"{exercise.slug}: changes of side")
    kinds = [event.kind for event in events]
    begins = kinds.index("work")
    if kinds[begins:] != _kinds_of(written):
        broken.append(f"{exercise.slug}: {kinds}")
    if kinds[:begins] not in BEGINNINGS:
        broken.append(f"{exercise.slug}: begins with {kinds[:begins]}")
    note = item.get("note")
    told = [event for event in events if event.kind == "introduction"]
    if note and not (told and told[0].text == note and told[0].say[-1].text == note):
        broken.append(f"{exercise.slug}: its note is not told")
    return broken


def _kinds_of(written: WrittenDose) -> list[str]:
    kinds = ["work"]
    for before, after in pairwise(written.work):
        if before[0] == after[0]:
            kinds.append("switch")
        elif written.rest_s:
            kinds.append("rest")
        kinds.append("work")
    return kinds
