"""What people with a condition take care with in a whole session, with the numbers of the exercises."""

from collections.abc import Sequence

from app.exports.handouts.texts import handout_texts
from app.kit.models import FrozenModel
from app.pages.exercise_parts import join_phrases
from app.rules.conditions import Verdict, write_care
from app.rules.strains import Strain
from app.rules.terms import load_terms
from app.rules.vocabulary import Condition
from app.schemas.exercise import Exercise


class CautionRow(FrozenModel):
    """What people with one of several conditions do."""

    conditions: str
    """As a phrase."""
    advice: str


class _Concern:
    """What the exercises of a session ask of people with one condition."""

    def __init__(self) -> None:
        self.numbers: dict[Verdict, list[int]] = {"avoid": [], "caution": []}
        self.strains: dict[Strain, None] = {}
        """Of the exercises that are done with care, each once."""

    def describe(self, condition: Condition, exercise_count: int) -> str:
        """Return what to do, in sentences: with numbers where it is not the same for all exercises."""
        texts = handout_texts().cautions
        avoided, careful = (join_phrases(map(str, self.numbers[verdict])) for verdict in ("avoid", "caution"))
        if len(self.numbers["avoid"]) == exercise_count:
            return texts.avoid_all
        advice = write_care(condition, self.strains)
        if len(self.numbers["caution"]) == exercise_count:
            return advice
        sentences = [texts.avoid.fill(exercises=avoided)] if avoided else []
        return " ".join([*sentences, *([texts.care.fill(exercises=careful, advice=advice)] if careful else [])])


def list_caution_rows(exercises: Sequence[Exercise]) -> tuple[CautionRow, ...]:
    """Return what each condition asks for that bars one of the exercises, or asks care with it.

    Conditions that ask for the same share a row. The numbers of the exercises begin with 1.
    """
    concerns: dict[Condition, _Concern] = {}
    for number, exercise in enumerate(exercises, start=1):
        for rule in exercise.contraindications:
            concern = concerns.setdefault(rule.condition, _Concern())
            concern.numbers[rule.verdict].append(number)
            if rule.verdict == "caution":
                concern.strains.update(dict.fromkeys(rule.strains))
    labels_by_advice: dict[str, list[str]] = {}
    for condition, term in load_terms()["conditions"].items():
        if condition in concerns:
            advice = concerns[condition].describe(condition, len(exercises))
            labels_by_advice.setdefault(advice, []).append(term.label)
    return tuple(
        CautionRow(conditions=join_labels(labels), advice=advice) for advice, labels in labels_by_advice.items()
    )


def join_labels(labels: Sequence[str]) -> str:
    """Return labels as one phrase that begins with a capital letter."""
    first, *others = labels
    return join_phrases([first, *(label[0].lower() + label[1:] for label in others)])
