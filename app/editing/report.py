"""What the seed files hold and where they are thin, as plain text for the people who write them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple, get_args

from app.editing.entries import ExerciseEntry
from app.editing.readability import grade
from app.editing.reading import Seed
from app.rules import vocabulary as words
from app.rules.conditions import CONDITION_RULES, list_restrictions
from app.rules.equipment import missing_equipment

LEVELS = range(1, 6)
KITS: dict[str, frozenset[str]] = {
    "no kit": frozenset(),
    "a chair": frozenset({"chair"}),
    "a band": frozenset({"resistance_band"}),
}
"""What most people have at hand."""
NEEDS_A_BAR = "Decompression is hanging by the hands, and nothing but a bar holds a person's weight."
ACCEPTED: dict[tuple[words.Goal, str], str] = {
    ("decompression", "no kit"): NEEDS_A_BAR,
    ("decompression", "a chair"): NEEDS_A_BAR,
    ("decompression", "a band"): NEEDS_A_BAR,
}
"""Goals that a common kit cannot serve, and why that is as it should be."""
FEW = 3
"""Fewer exercises than this leave a person little to choose from."""
GRADE_ON_AVERAGE, GRADE_AT_MOST = 7.0, 9.0
"""School years that the steps may ask of a reader (Flesch-Kincaid): who moves and reads at once reads little."""

Cell = str | int
Exercises = Sequence[ExerciseEntry]


class Pair(NamedTuple):
    """A goal, a kit, and how many exercises serve it with nothing else."""

    goal: words.Goal
    kit: str
    number: int


def report_of(files: Seed) -> str:
    """The whole report: counts, thin spots, reading, reviews, and what each condition leaves."""
    exercises = [files.exercises[slug] for slug in sorted(files.exercises)]
    parts = [
        _sizes(files),
        _goals(exercises),
        _counts("By position", words.Position, [one.position for one in exercises]),
        _levels(exercises),
        _counts("By phase", words.Phase, [phase for one in exercises for phase in one.phases]),
        _equipment(exercises),
        _kits(exercises),
        _thin(exercises),
        _reading(exercises),
        _reviews(exercises),
        _conditions(exercises),
    ]
    return "\n\n".join("\n".join(part) for part in parts)


def pairs(exercises: Exercises) -> list[Pair]:
    """Every goal with every common kit."""
    return [
        Pair(goal, kit, sum(goal in one.goals and not missing_equipment(one.equipment, at_hand) for one in exercises))
        for goal in get_args(words.Goal)
        for kit, at_hand in KITS.items()
    ]


def grades(exercises: Exercises) -> dict[str, float]:
    """The school year that the steps of each exercise ask for."""
    return {one.slug: grade(one.steps) for one in exercises}


def left(exercises: Exercises, condition: words.Condition) -> list[ExerciseEntry]:
    """The exercises that a condition does not bar."""
    return [
        one
        for one in exercises
        if not any(
            found.condition == condition and found.verdict == "avoid"
            for found in list_restrictions(frozenset(one.features))
        )
    ]


def _table(title: str, heads: Sequence[str], rows: Iterable[tuple[str, Sequence[Cell]]], wide: int = 6) -> list[str]:
    """A title, and rows of a name and right-aligned figures; 0 is a dot, so that gaps are seen at a glance."""
    rows = list(rows)
    first = max((len(name) for name, _ in rows), default=0) + 2
    lines = [f"{title:<{first}}" + "".join(f"{head:>{wide}}" for head in heads)] if heads else [title]
    for name, cells in rows:
        said = ("." if cell == 0 else str(cell) for cell in cells)
        lines.append(f"  {name:<{first - 2}}" + "".join(f"{cell:>{wide}}" for cell in said))
    return lines


def _sizes(files: Seed) -> list[str]:
    kinds = ("exercises", "guidelines", "routines", "references", "synonyms")
    return _table("The catalogue", (), ((kind, [len(getattr(files, kind))]) for kind in kinds))


def _goals(exercises: Exercises) -> list[str]:
    """Goals by weight, and by what the exercise needs."""
    rows = []
    for goal in get_args(words.Goal):
        weights = Counter(one.goals[goal] for one in exercises if goal in one.goals)
        rows.append((goal, [weights.total(), weights[3], weights[2], weights[1]]))
    return _table("By goal, and how much it is for it", ("all", "most", "well", "some"), rows)


def _counts(title: str, allowed: object, said: Iterable[str]) -> list[str]:
    found = Counter(said)
    return _table(title, (), ((word, [found[word]]) for word in get_args(allowed)))


def _levels(exercises: Exercises) -> list[str]:
    found = Counter(one.level for one in exercises)
    return _table("By level", (), ((f"level {level}", [found[level]]) for level in LEVELS))


def _equipment(exercises: Exercises) -> list[str]:
    """Where a kit is the only way, and where it is one of several."""
    rows = []
    for kit in get_args(words.Equipment):
        groups = [group for one in exercises for group in one.equipment if kit in group]
        rows.append((kit, [len(groups), sum(len(group) == 1 for group in groups)]))
    bare = sum(not missing_equipment(one.equipment, frozenset()) for one in exercises)
    return _table("By equipment", ("used", "only"), [*rows, ("nothing at all", [bare, bare])])


def _kits(exercises: Exercises) -> list[str]:
    counted = pairs(exercises)
    rows = [(goal, [one.number for one in counted if one.goal == goal]) for goal in get_args(words.Goal)]
    return _table("What each goal has with nothing but", tuple(KITS), rows, wide=9)


def _thin(exercises: Exercises) -> list[str]:
    """Where there is little or nothing, with the reason where that is accepted."""
    lines = ["Thin spots"]
    for one in pairs(exercises):
        if one.number == 0:
            reason = ACCEPTED.get((one.goal, one.kit), "NO REASON IS WRITTEN")
            lines.append(f"  {one.goal} with {one.kit}: none. {reason}")
        elif one.number < FEW:
            lines.append(f"  {one.goal} with {one.kit}: {one.number}")
    for position, count in _few(words.Position, Counter(one.position for one in exercises)):
        lines.append(f"  position {position}: {count}")
    for goal in get_args(words.Goal):
        without = [phase for phase in words.PHASES if not any(goal in e.goals and phase in e.phases for e in exercises)]
        if without:
            lines.append(f"  {goal}: nothing to {', to '.join(without)} with")
    return lines if len(lines) > 1 else ["Thin spots: none"]


def _few(allowed: object, found: Counter[words.Position]) -> list[tuple[str, int]]:
    return [(word, found[word]) for word in get_args(allowed) if found[word] < FEW]


def _reading(exercises: Exercises) -> list[str]:
    found = grades(exercises)
    average = sum(found.values()) / len(found) if found else 0.0
    hardest = sorted(found, key=lambda slug: (-found[slug], slug))[:5]
    return [
        "Reading grade of the steps (Flesch-Kincaid, anatomical terms left out)",
        f"  average {average:.1f} (at most {GRADE_ON_AVERAGE:.0f}), none above {GRADE_AT_MOST:.0f}; the hardest:",
        *(f"  {found[slug]:5.1f}  {slug}" for slug in hardest),
    ]


def _reviews(exercises: Exercises) -> list[str]:
    without = [one.slug for one in exercises if one.reviewed_by is None]
    said = f"Not yet read by a clinician: {len(without)} of {len(exercises)} exercises"
    return [said if len(without) in (0, len(exercises)) else f"{said} ({', '.join(without)})"]


def _conditions(exercises: Exercises) -> list[str]:
    """For each condition, exercises by position and level that it does not bar; 0 where it bars all there are."""
    there = Counter((one.position, one.level) for one in exercises)
    lines = ["What each condition leaves, by position and level (0: it bars all; a dot: there are none)"]
    for condition in CONDITION_RULES:
        kept = left(exercises, condition)
        found = Counter((one.position, one.level) for one in kept)
        places = [place for place in get_args(words.Position) if any(one.position == place for one in exercises)]
        rows = [(place, [_kept(found[place, level], there[place, level]) for level in LEVELS]) for place in places]
        title = f"{condition}: {len(kept)} of {len(exercises)}"
        lines += ["", f"  {title}", *_table("    level", [str(level) for level in LEVELS], rows, wide=4)]
    return lines


def _kept(found: int, there: int) -> Cell:
    return "0" if there and not found else found
