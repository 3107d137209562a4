"""Rules and exercises as their YAML files state them, read without the code that is judged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

SEED = Path(__file__).parents[2] / "seed"
DEGREES = ("none", "mild", "full")
POSITION_STRAINS = frozenset(
    {
        *("supine", "prone", "side_lying", "kneeling", "floor_transfer", "standing", "balance"),
        *("leg_support", "sitting_balance", "resistance", "isometric_hold"),
    }
)
"""Strains of a posture or of effort in general, which are seldom what hurts."""
FLOOR = frozenset(["quadruped", "heel_sit", "prone", "supine", "side_lying", "side_plank", "prone_plank"])
LOW = frozenset({"half_kneeling", "kneeling"})
LYING_OR_SITTING = frozenset(["prone", "supine", "side_lying", "heel_sit", "seated"])


@dataclass(frozen=True)
class ExerciseFacts:
    """What the file of an exercise says of it."""

    slug: str
    position: str
    pattern: str
    level: int
    family: str
    load_group: str
    unilateral: bool
    phases: tuple[str, ...]
    goals: Mapping[str, int]
    equipment: tuple[frozenset[str], ...]
    strains: Mapping[str, str]
    cue_strains: Mapping[str, str]
    """The strain that a cue asks for, by the words of the cue."""
    dose: Mapping[str, Any] = field(hash=False)

    def reaches(self, strain: str, degree: str | None) -> bool:
        """Return whether the exercise asks for the strain in this degree or a harder one."""
        return degree is not None and DEGREES.index(self.strains.get(strain, "none")) >= DEGREES.index(degree)

    def shares_strain(self, other: "ExerciseFacts") -> bool:
        """Return whether both strain something that may be what hurt in one of them."""
        alike = set(self.strains) & set(other.strains) - POSITION_STRAINS
        return bool(alike) or self.family == other.family or self.load_group == other.load_group != "none"


@dataclass(frozen=True)
class Facts:
    """All exercises by slug, the rule of each condition, and how the note on named positions begins."""

    exercises: Mapping[str, ExerciseFacts]
    rules: Mapping[str, Any]
    named_positions_note: str = ""

    def barring_strains(self, condition: str, exercise: ExerciseFacts) -> list[str]:
        """Return the strains with which the condition bars the exercise."""
        rule = self.rules.get(condition, {"strains": {}})
        found = [strain for strain, limit in rule["strains"].items() if exercise.reaches(strain, limit.get("avoid"))]
        found += [
            "+".join(together)
            for together in rule.get("avoid_together", ())
            if all(exercise.reaches(strain, degree) for strain, degree in together.items())
        ]
        return found

    def careful_strains(self, condition: str, exercise: ExerciseFacts) -> list[str]:
        """Return the strains with which the condition asks for care in the exercise."""
        strains = self.rules.get(condition, {"strains": {}})["strains"]
        return [strain for strain, limit in strains.items() if exercise.reaches(strain, limit.get("caution"))]

    def default_positions(self, conditions: Iterable[str]) -> frozenset[str] | None:
        """Return the positions that all conditions have where none is named; None where none of them limits any.

        Where they have none in common, those that leave the smallest choice count.
        """
        limited = [frozenset(self.rules[one]["positions"]) for one in conditions if "positions" in self.rules[one]]
        limited.sort(key=len)
        if not limited:
            return None
        common = limited[0]
        for positions in limited[1:]:
            common = common & positions or common
        return common

    def first_level(self, conditions: Iterable[str]) -> int:
        """Return the highest level of a first session."""
        return min((self.rules[condition].get("first_level", 5) for condition in conditions), default=5)


def read_facts() -> Facts:
    """Return what the seed files say."""
    documents = [_read(path) for path in sorted((SEED / "exercises").glob("*.yaml"))]
    note = _read(SEED / "texts" / "en" / "session_notes.yaml")["conditions"]["named_positions"].partition("{")[0]
    return Facts({one["slug"]: _read_exercise(one) for one in documents}, _read(SEED / "condition_rules.yaml"), note)


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _read_exercise(document: dict[str, Any]) -> ExerciseFacts:
    names = ("slug", "position", "pattern", "level", "family", "load_group", "unilateral", "goals", "strains", "dose")
    return ExerciseFacts(
        **{name: document.get(name) or _empty(name) for name in names},
        phases=tuple(document["phases"]),
        equipment=tuple(frozenset(group["any_of"]) for group in document.get("equipment") or ()),
        cue_strains={cue["text"]: cue["strain"] for cue in document["cues"] if isinstance(cue, dict)},
    )


def _empty(name: str) -> Any:
    return {"goals": {}, "strains": {}, "unilateral": False, "load_group": "none"}[name]
