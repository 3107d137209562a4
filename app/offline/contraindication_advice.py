"""The advice of every contraindication, said once: by strain, and by condition where that asks for other words."""

from pydantic import Field

from app.kit.models import FrozenModel
from app.rules.conditions import load_condition_texts
from app.rules.strains import Strain
from app.rules.vocabulary import Condition


class StrainCare(FrozenModel):
    """How to take care with a strain."""

    strain: Strain
    condition: Condition | None = Field(description="With this condition only; null: with every one without a row.")
    advice: str


class ContraindicationAdvice(FrozenModel):
    """What the advice of a contraindication is made of.

    To take care (`caution`): the advice for each of its `strains`, each sentence once, with a space between. To leave
    the exercise out (`avoid`): the sentence `avoid`, in which the labels of the strains, joined by a comma and a space
    and with a small first letter, take the place of `{strains}`.
    """

    avoid: str
    care: tuple[StrainCare, ...]


def list_contraindication_advice() -> ContraindicationAdvice:
    """Return the advice as the texts have it: a row for each strain, then those for one condition."""
    texts = load_condition_texts()
    general = [StrainCare(strain=strain, condition=None, advice=advice) for strain, advice in texts.care.items()]
    special = [
        StrainCare(strain=strain, condition=condition, advice=advice)
        for condition, by_strain in texts.care_with_condition.items()
        for strain, advice in by_strain.items()
    ]
    return ContraindicationAdvice(avoid=texts.avoid, care=(*general, *special))
