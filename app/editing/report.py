"""What the seed files hold and where they are thin, as plain text for the people who write them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import NamedTuple

from app.editing.entry_fields import ExerciseEntry
from app.editing.readability import flesch_kincaid_grade
from app.editing.seed_files import SeedFiles
from app.kit.closed_lists import list_words
from app.rules import vocabulary
from app.rules.condition_rules import load_condition_rules
from app.rules.conditions import list_restrictions
from app.rules.equipment import missing_equipment

LEVELS = range(1, 6)
COMMON_EQUIPMENT: dict[str, frozenset[str]] = {
    "no kit": frozenset(),
    "a chair": frozenset({"chair"}),
    "a band": frozenset({"resistance_band"}),
}
"""What most people have at hand."""
THIN_BELOW = 3
"""Fewer exercises than this leave a person little to choose from."""
MAX_AVERAGE_GRADE = 7.0
"""Average school grade (Flesch-Kincaid) of the steps: who moves while reading reads little."""
MAX_GRADE = 9.0
"""School grade of the steps of any one exercise."""
MAX_HARDEST_SHOWN = 5
REPORT_WIDTH = 100
"""Characters of a line of the report."""

Cell = str | int
"""A figure, or a text that is shown as it is."""
Exercises = Sequence[ExerciseEntry]


class GoalEquipmentCount(NamedTuple):
    """How many exercises serve a goal with this equipment and nothing else."""

    goal: vocabulary.Goal
    equipment: str
    exercise_count: int


def format_report(files: SeedFiles) -> str:
    """Return the whole report: counts, thin spots, reading grades, reviews, what each condition leaves."""
    exercises = [files.exercises[slug] for slug in sorted(files.exercises)]
    phases = [phase for exercise in exercises for phase in exercise.phases]
    sections = [
        _format_sizes(files),
        _format_goals(exercises),
        _format_counts("By position", vocabulary.Position, [exercise.position for exercise in exercises]),
        _format_levels(exercises),
        _format_counts("By phase", vocabulary.Phase, phases),
        _format_equipment(exercises),
        _format_common_equipment(exercises),
        _format_thin_spots(exercises),
        _format_reading(exercises),
        _format_reviews(exercises),
        _format_strains(exercises),
        _format_conditions(exercises),
    ]
    return "\n\n".join("\n".join(lines) for lines in sections)


def count_by_goal_and_equipment(exercises: Exercises) -> list[GoalEquipmentCount]:
    """Return the number of exercises for every goal with every common equipment."""
    return [
        GoalEquipmentCount(goal, name, sum(_can_serve(exercise, goal, available) for exercise in exercises))
        for goal in list_words(vocabulary.Goal)
        for name, available in COMMON_EQUIPMENT.items()
    ]


def _can_serve(exercise: ExerciseEntry, goal: vocabulary.Goal, available: frozenset[str]) -> bool:
    return goal in exercise.goals and not missing_equipment(exercise.equipment, available)


def reading_grades(exercises: Exercises) -> dict[str, float]:
    """Return the school grade that the steps of each exercise ask for, by slug."""
    return {exercise.slug: flesch_kincaid_grade(exercise.steps) for exercise in exercises}


def not_contraindicated(exercises: Exercises, condition: vocabulary.Condition) -> list[ExerciseEntry]:
    """Return the exercises that people with this condition need not avoid."""
    return [exercise for exercise in exercises if not _is_avoided(exercise, condition)]


def _is_avoided(exercise: ExerciseEntry, condition: vocabulary.Condition) -> bool:
    restrictions = list_restrictions(exercise.strains)
    return any(item.condition == condition and item.verdict == "avoid" for item in restrictions)


def _format_table(
    title: str, column_titles: Sequence[str], rows: Iterable[tuple[str, Sequence[Cell]]], width: int = 6
) -> list[str]:
    """Return the lines of a table: names, and right-aligned cells of `width`. A 0 is shown as a dot, to be seen."""
    rows = list(rows)
    name_width = max((len(name) for name, _ in rows), default=0) + 2
    lines = [title]
    if column_titles:
        lines = [f"{title:<{name_width}}" + "".join(f"{column:>{width}}" for column in column_titles)]
    for name, cells in rows:
        texts = ("." if cell == 0 else str(cell) for cell in cells)
        lines.append(f"  {name:<{name_width - 2}}" + "".join(f"{text:>{width}}" for text in texts))
    return lines


def _format_sizes(files: SeedFiles) -> list[str]:
    kinds = ("exercises", "guidelines", "routines", "references", "synonyms")
    return _format_table("The catalogue", (), ((kind, [len(getattr(files, kind))]) for kind in kinds))


def _format_goals(exercises: Exercises) -> list[str]:
    """Return the number of exercises for each goal, in all and by weight."""
    rows = []
    for goal in list_words(vocabulary.Goal):
        weights = Counter(exercise.goals[goal] for exercise in exercises if goal in exercise.goals)
        rows.append((goal, [weights.total(), weights[3], weights[2], weights[1]]))
    return _format_table("By goal, and how much it is for it", ("all", "most", "well", "some"), rows)


def _format_counts(title: str, terms: object, values: Iterable[str]) -> list[str]:
    counts = Counter(values)
    return _format_table(title, (), ((term, [counts[term]]) for term in list_words(terms)))


def _format_levels(exercises: Exercises) -> list[str]:
    counts = Counter(exercise.level for exercise in exercises)
    return _format_table("By level", (), ((f"level {level}", [counts[level]]) for level in LEVELS))


def _format_equipment(exercises: Exercises) -> list[str]:
    """Return how often each piece of equipment is used, and how often no other will do."""
    rows = []
    for equipment in list_words(vocabulary.Equipment):
        groups = [group for exercise in exercises for group in exercise.equipment if equipment in group.any_of]
        rows.append((equipment, [len(groups), sum(len(group.any_of) == 1 for group in groups)]))
    without_equipment = sum(not missing_equipment(exercise.equipment, frozenset()) for exercise in exercises)
    rows.append(("nothing at all", [without_equipment, without_equipment]))
    return _format_table("By equipment", ("used", "only"), rows)


def _format_common_equipment(exercises: Exercises) -> list[str]:
    counts = count_by_goal_and_equipment(exercises)
    rows = [
        (goal, [count.exercise_count for count in counts if count.goal == goal]) for goal in list_words(vocabulary.Goal)
    ]
    return _format_table("What each goal has with nothing but", tuple(COMMON_EQUIPMENT), rows, width=9)


def _format_thin_spots(exercises: Exercises) -> list[str]:
    """Return where there is little or nothing."""
    lines = [*_thin_equipment(exercises), *_thin_positions(exercises), *_missing_phases(exercises)]
    return ["Thin spots", *lines] if lines else ["Thin spots: none"]


def _thin_equipment(exercises: Exercises) -> Iterator[str]:
    for goal, equipment, count in count_by_goal_and_equipment(exercises):
        if count == 0:
            yield f"  {goal} with {equipment}: none"
        elif count < THIN_BELOW:
            yield f"  {goal} with {equipment}: {count}"


def _thin_positions(exercises: Exercises) -> Iterator[str]:
    counts = Counter(exercise.position for exercise in exercises)
    for position in list_words(vocabulary.Position):
        if counts[position] < THIN_BELOW:
            yield f"  position {position}: {counts[position]}"


def _missing_phases(exercises: Exercises) -> Iterator[str]:
    for goal in list_words(vocabulary.Goal):
        served = {phase for exercise in exercises if goal in exercise.goals for phase in exercise.phases}
        missing = [phase for phase in vocabulary.PHASES if phase not in served]
        if missing:
            yield f"  {goal}: nothing to {', to '.join(missing)} with"


def _format_reading(exercises: Exercises) -> list[str]:
    grades = reading_grades(exercises)
    average = sum(grades.values()) / len(grades) if grades else 0.0
    hardest = sorted(grades, key=lambda slug: (-grades[slug], slug))[:MAX_HARDEST_SHOWN]
    return [
        "Reading grade of the steps (Flesch-Kincaid, anatomical terms left out)",
        f"  average {average:.1f} (at most {MAX_AVERAGE_GRADE:.0f}), none above {MAX_GRADE:.0f}; the hardest:",
        *(f"  {grades[slug]:5.1f}  {slug}" for slug in hardest),
    ]


def _format_reviews(exercises: Exercises) -> list[str]:
    unreviewed = [exercise.slug for exercise in exercises if exercise.reviewed_by is None]
    line = f"Not yet read by a clinician: {len(unreviewed)} of {len(exercises)} exercises"
    return [line if len(unreviewed) in (0, len(exercises)) else f"{line} ({', '.join(unreviewed)})"]


def _format_strains(exercises: Exercises) -> list[str]:
    """Return the strains of each exercise, for those who audit them: `full` by name, `mild` in brackets."""
    lines = ["Strains of each exercise (mild ones in brackets)"]
    for exercise in exercises:
        names = [name if degree == "full" else f"({name})" for name, degree in exercise.strains.items()]
        text = f"{exercise.slug}: {', '.join(names) or 'none'}"
        lines += wrap(text, REPORT_WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
    return lines


def _format_conditions(exercises: Exercises) -> list[str]:
    """Return for each condition the exercises, by position and level, that it leaves."""
    all_counts = Counter((exercise.position, exercise.level) for exercise in exercises)
    used_positions = {exercise.position for exercise in exercises}
    positions = [position for position in list_words(vocabulary.Position) if position in used_positions]
    lines = ["What each condition leaves, by position and level (0: it bars all; a dot: there are none)"]
    for condition in load_condition_rules():
        remaining = not_contraindicated(exercises, condition)
        counts = Counter((exercise.position, exercise.level) for exercise in remaining)
        rows = [
            (position, [_remaining_cell(counts[position, level], all_counts[position, level]) for level in LEVELS])
            for position in positions
        ]
        title = f"{condition}: {len(remaining)} of {len(exercises)}"
        lines += ["", f"  {title}", *_format_table("    level", [str(level) for level in LEVELS], rows, width=4)]
    return lines


def _remaining_cell(remaining: int, total: int) -> Cell:
    """Return the cell of a condition: the text 0 where it bars all, unlike the number 0, which is shown as a dot."""
    return "0" if total and not remaining else remaining
