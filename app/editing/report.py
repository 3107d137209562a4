"""What the seed files hold and where they are thin, as plain text for the people who write them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple, get_args

from app.editing.entries import ExerciseEntry
from app.editing.readability import flesch_kincaid_grade
from app.editing.seed_files import SeedFiles
from app.rules import vocabulary as words
from app.rules.conditions import CONDITION_RULES, list_restrictions
from app.rules.equipment import missing_equipment

LEVELS = range(1, 6)
COMMON_EQUIPMENT: dict[str, frozenset[str]] = {
    "no kit": frozenset(),
    "a chair": frozenset({"chair"}),
    "a band": frozenset({"resistance_band"}),
}
"""What most people have at hand."""
NEEDS_A_BAR = "Decompression is hanging by the hands, and nothing but a bar holds a person's weight."
ACCEPTED_GAPS: dict[tuple[words.Goal, str], str] = {
    ("decompression", "no kit"): NEEDS_A_BAR,
    ("decompression", "a chair"): NEEDS_A_BAR,
    ("decompression", "a band"): NEEDS_A_BAR,
}
"""Goals that a common kit cannot serve, and why that is as it should be."""
THIN_BELOW = 3
"""Fewer exercises than this leave a person little to choose from."""
GRADE_ON_AVERAGE, GRADE_AT_MOST = 7.0, 9.0
"""School years that the steps may ask of a reader (Flesch-Kincaid): who moves and reads at once reads little."""

Cell = str | int
Exercises = Sequence[ExerciseEntry]


class GoalEquipmentCount(NamedTuple):
    """A goal, a kit, and how many exercises serve it with nothing else."""

    goal: words.Goal
    equipment: str
    exercise_count: int


def format_report(files: SeedFiles) -> str:
    """The whole report: counts, thin spots, reading, reviews, and what each condition leaves."""
    exercises = [files.exercises[slug] for slug in sorted(files.exercises)]
    parts = [
        _format_sizes(files),
        _format_goals(exercises),
        _format_counts("By position", words.Position, [one.position for one in exercises]),
        _format_levels(exercises),
        _format_counts("By phase", words.Phase, [phase for one in exercises for phase in one.phases]),
        _format_equipment(exercises),
        _format_common_equipment(exercises),
        _format_thin_spots(exercises),
        _format_reading(exercises),
        _format_reviews(exercises),
        _format_conditions(exercises),
    ]
    return "\n\n".join("\n".join(part) for part in parts)


def count_by_goal_and_equipment(exercises: Exercises) -> list[GoalEquipmentCount]:
    """Every goal with every common kit."""
    return [
        GoalEquipmentCount(
            goal, kit, sum(goal in one.goals and not missing_equipment(one.equipment, at_hand) for one in exercises)
        )
        for goal in get_args(words.Goal)
        for kit, at_hand in COMMON_EQUIPMENT.items()
    ]


def reading_grades(exercises: Exercises) -> dict[str, float]:
    """The school year that the steps of each exercise ask for."""
    return {one.slug: flesch_kincaid_grade(one.steps) for one in exercises}


def not_contraindicated(exercises: Exercises, condition: words.Condition) -> list[ExerciseEntry]:
    """The exercises that a condition does not bar."""
    return [
        one
        for one in exercises
        if not any(
            found.condition == condition and found.verdict == "avoid"
            for found in list_restrictions(frozenset(one.features))
        )
    ]


def _format_table(
    title: str, heads: Sequence[str], rows: Iterable[tuple[str, Sequence[Cell]]], wide: int = 6
) -> list[str]:
    """A title, and rows of a name and right-aligned figures; 0 is a dot, so that gaps are seen at a glance."""
    rows = list(rows)
    first = max((len(name) for name, _ in rows), default=0) + 2
    lines = [f"{title:<{first}}" + "".join(f"{head:>{wide}}" for head in heads)] if heads else [title]
    for name, cells in rows:
        said = ("." if cell == 0 else str(cell) for cell in cells)
        lines.append(f"  {name:<{first - 2}}" + "".join(f"{cell:>{wide}}" for cell in said))
    return lines


def _format_sizes(files: SeedFiles) -> list[str]:
    kinds = ("exercises", "guidelines", "routines", "references", "synonyms")
    return _format_table("The catalogue", (), ((kind, [len(getattr(files, kind))]) for kind in kinds))


def _format_goals(exercises: Exercises) -> list[str]:
    """Goals by weight, and by what the exercise needs."""
    rows = []
    for goal in get_args(words.Goal):
        weights = Counter(one.goals[goal] for one in exercises if goal in one.goals)
        rows.append((goal, [weights.total(), weights[3], weights[2], weights[1]]))
    return _format_table("By goal, and how much it is for it", ("all", "most", "well", "some"), rows)


def _format_counts(title: str, allowed: object, said: Iterable[str]) -> list[str]:
    found = Counter(said)
    return _format_table(title, (), ((word, [found[word]]) for word in get_args(allowed)))


def _format_levels(exercises: Exercises) -> list[str]:
    found = Counter(one.level for one in exercises)
    return _format_table("By level", (), ((f"level {level}", [found[level]]) for level in LEVELS))


def _format_equipment(exercises: Exercises) -> list[str]:
    """Where a kit is the only way, and where it is one of several."""
    rows = []
    for kit in get_args(words.Equipment):
        groups = [group for one in exercises for group in one.equipment if kit in group]
        rows.append((kit, [len(groups), sum(len(group) == 1 for group in groups)]))
    bare = sum(not missing_equipment(one.equipment, frozenset()) for one in exercises)
    return _format_table("By equipment", ("used", "only"), [*rows, ("nothing at all", [bare, bare])])


def _format_common_equipment(exercises: Exercises) -> list[str]:
    counted = count_by_goal_and_equipment(exercises)
    rows = [(goal, [one.exercise_count for one in counted if one.goal == goal]) for goal in get_args(words.Goal)]
    return _format_table("What each goal has with nothing but", tuple(COMMON_EQUIPMENT), rows, wide=9)


def _format_thin_spots(exercises: Exercises) -> list[str]:
    """Where there is little or nothing, with the reason where that is accepted."""
    lines = ["Thin spots"]
    for one in count_by_goal_and_equipment(exercises):
        if one.exercise_count == 0:
            reason = ACCEPTED_GAPS.get((one.goal, one.equipment), "NO REASON IS WRITTEN")
            lines.append(f"  {one.goal} with {one.equipment}: none. {reason}")
        elif one.exercise_count < THIN_BELOW:
            lines.append(f"  {one.goal} with {one.equipment}: {one.exercise_count}")
    for position, count in _thin_terms(words.Position, Counter(one.position for one in exercises)):
        lines.append(f"  position {position}: {count}")
    for goal in get_args(words.Goal):
        without = [phase for phase in words.PHASES if not any(goal in e.goals and phase in e.phases for e in exercises)]
        if without:
            lines.append(f"  {goal}: nothing to {', to '.join(without)} with")
    return lines if len(lines) > 1 else ["Thin spots: none"]


def _thin_terms(allowed: object, found: Counter[words.Position]) -> list[tuple[str, int]]:
    return [(word, found[word]) for word in get_args(allowed) if found[word] < THIN_BELOW]


def _format_reading(exercises: Exercises) -> list[str]:
    found = reading_grades(exercises)
    average = sum(found.values()) / len(found) if found else 0.0
    hardest = sorted(found, key=lambda slug: (-found[slug], slug))[:5]
    return [
        "Reading grade of the steps (Flesch-Kincaid, anatomical terms left out)",
        f"  average {average:.1f} (at most {GRADE_ON_AVERAGE:.0f}), none above {GRADE_AT_MOST:.0f}; the hardest:",
        *(f"  {found[slug]:5.1f}  {slug}" for slug in hardest),
    ]


def _format_reviews(exercises: Exercises) -> list[str]:
    without = [one.slug for one in exercises if one.reviewed_by is None]
    said = f"Not yet read by a clinician: {len(without)} of {len(exercises)} exercises"
    return [said if len(without) in (0, len(exercises)) else f"{said} ({', '.join(without)})"]


def _format_conditions(exercises: Exercises) -> list[str]:
    """For each condition, exercises by position and level that it does not bar; 0 where it bars all there are."""
    there = Counter((one.position, one.level) for one in exercises)
    lines = ["What each condition leaves, by position and level (0: it bars all; a dot: there are none)"]
    for condition in CONDITION_RULES:
        kept = not_contraindicated(exercises, condition)
        found = Counter((one.position, one.level) for one in kept)
        places = [place for place in get_args(words.Position) if any(one.position == place for one in exercises)]
        rows = [
            (place, [_remaining_cell(found[place, level], there[place, level]) for level in LEVELS]) for place in places
        ]
        title = f"{condition}: {len(kept)} of {len(exercises)}"
        lines += ["", f"  {title}", *_format_table("    level", [str(level) for level in LEVELS], rows, wide=4)]
    return lines


def _remaining_cell(found: int, there: int) -> Cell:
    return "0" if there and not found else found
