"""Health conditions: their verdict on an exercise, with advice, and which of them block a session.

The rules are in `seed/condition_rules.yaml`, the texts in `seed/texts/en/condition_advice.yaml`. Both are editorial,
drawn from the literature named in the references; no clinician has reviewed them yet.
"""

from collections.abc import Collection, Iterable
from typing import Annotated, Literal, NamedTuple

from pydantic import Field
from typing_extensions import TypeAliasType

from app.rules.condition_rules import load_condition_rules
from app.rules.strains import STRAINS, Strain, StrainDegrees
from app.rules.terms import load_terms
from app.rules.vocabulary import BlockingCondition, Condition, ConditionWithRules
from app.texts.loader import EveryKey, TextFile, load_texts
from app.texts.templates import Fields, Template, Text

Verdict = TypeAliasType(
    "Verdict",
    Annotated[
        Literal["avoid", "caution"],
        Field(description="`avoid`: the exercise is left out. `caution`: it is allowed, with advice."),
    ],
)


class Restriction(NamedTuple):
    """One condition's verdict on one exercise, and the strains that decide it."""

    condition: ConditionWithRules
    verdict: Verdict
    strains: tuple[Strain, ...]


class ConditionTexts(TextFile):
    """The advice for people who state a condition."""

    file_name = "condition_advice.yaml"
    blocking: Annotated[dict[BlockingCondition, Text], EveryKey(BlockingCondition)]
    """What to do instead of a session."""
    avoid: Annotated[Template, Fields("strains")]
    care: Annotated[dict[Strain, Text], EveryKey(Strain)]
    """How to take care with a strain of an exercise."""
    care_with_condition: dict[Condition, dict[Strain, Text]]
    """The care of people with a condition, where that of the strain does not fit their complaint."""

    decisive_care: dict[Condition, tuple[Strain, ...]]
    """Strains of which the care with a condition holds, whatever the other conditions of the person say."""

    def care_for(self, condition: Condition, strain: Strain, stated: Collection[Condition] = ()) -> str:
        """Return how people with the condition take care with the strain.

        Where one of the `stated` conditions decides for the strain, the care with that one is returned.
        """
        deciding = (other for other in stated if strain in self.decisive_care.get(other, ()))
        condition = next(deciding, condition)
        return self.care_with_condition.get(condition, {}).get(strain, self.care[strain])


def load_condition_texts() -> ConditionTexts:
    """Return the advice for conditions that block a session, and for strains that ask for care."""
    return load_texts(ConditionTexts)


def list_restrictions(degrees: StrainDegrees) -> list[Restriction]:
    """Return the verdicts on an exercise with these strains, one for each condition that has any.

    Where a condition bars the exercise, only the strains that bar it are named: care does not help then.
    """
    in_order = {strain: degrees[strain] for strain in STRAINS if strain in degrees}
    restrictions: list[Restriction] = []
    for condition, rule in load_condition_rules().items():
        avoided = rule.avoided_strains(in_order)
        cautioned = rule.cautioned_strains(in_order)
        if avoided:
            restrictions.append(Restriction(condition, "avoid", avoided))
        elif cautioned:
            restrictions.append(Restriction(condition, "caution", cautioned))
    return restrictions


def write_care(condition: Condition, strains: Iterable[Strain], stated: Collection[Condition] = ()) -> str:
    """Return how people with the condition take care with the strains: a sentence for each, each once.

    `stated` are all conditions of the person, where they are known.
    """
    texts = load_condition_texts()
    # A condition may ask for the same care with several strains.
    return " ".join(dict.fromkeys(texts.care_for(condition, strain, stated) for strain in strains))


def write_advice(restriction: Restriction) -> str:
    """Return what a person with the condition does about the exercise: a sentence for each strain, or to leave it."""
    if restriction.verdict == "caution":
        return write_care(restriction.condition, restriction.strains)
    terms = load_terms()["strains"]
    labels = [terms[strain].label_in_sentence for strain in restriction.strains]
    return load_condition_texts().avoid.fill(strains=", ".join(labels))
