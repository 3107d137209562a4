"""The terms of the closed lists: for each word a label for a screen, and a sentence that says what it means.

The texts are in `seed/texts/en/labels.yaml`, in the order in which a screen lists them.
"""

from collections.abc import Mapping
from functools import cache
from typing import Annotated

from pydantic import Field

from app.kit.models import FrozenModel
from app.rules.muscles import Muscle, MuscleRole
from app.rules.strains import Strain
from app.rules.vocabulary import (
    AgeBand,
    AppliesTo,
    Category,
    Certainty,
    Condition,
    ContentSource,
    Equipment,
    Goal,
    LoadGroup,
    Movement,
    Occasion,
    Pattern,
    Phase,
    Position,
    Purpose,
    Region,
    Topic,
)
from app.texts.loader import EveryKey, TextFile, load_texts
from app.texts.templates import Text


class TermText(FrozenModel):
    """One word of a list: what a screen shows for it, and what it means in a sentence."""

    label: Text
    description: Text

    @property
    def label_in_sentence(self) -> str:
        """The label as it stands inside a sentence."""
        return self.label[0].lower() + self.label[1:]


class StrainText(TermText):
    """A strain, with what its two degrees mean."""

    mild: Text
    full: Text


class MuscleText(TermText):
    """A muscle, with what it is called in a gym or by lay people; several muscles may share such a name."""

    common_names: tuple[Text, ...]


class VocabularyTexts(TextFile):
    """The labels and descriptions of every list."""

    file_name = "labels.yaml"
    goals: Annotated[dict[Goal, TermText], EveryKey(Goal)]
    suits: Annotated[dict[Occasion, TermText], EveryKey(Occasion)]
    movements: Annotated[dict[Movement, TermText], EveryKey(Movement)]
    categories: Annotated[dict[Category, TermText], EveryKey(Category)]
    patterns: Annotated[dict[Pattern, TermText], EveryKey(Pattern)]
    phases: Annotated[dict[Phase, TermText], EveryKey(Phase)]
    equipment: Annotated[dict[Equipment, TermText], EveryKey(Equipment)]
    positions: Annotated[dict[Position, TermText], EveryKey(Position)]
    regions: Annotated[dict[Region, TermText], EveryKey(Region)]
    muscles: Annotated[dict[Muscle, MuscleText], EveryKey(Muscle)]
    muscle_roles: Annotated[dict[MuscleRole, TermText], EveryKey(MuscleRole)]
    load_groups: Annotated[dict[LoadGroup, TermText], EveryKey(LoadGroup)]
    strains: Annotated[dict[Strain, StrainText], EveryKey(Strain)]
    conditions: Annotated[dict[Condition, TermText], EveryKey(Condition)]
    purposes: Annotated[dict[Purpose, TermText], EveryKey(Purpose)]
    age_bands: Annotated[dict[AgeBand, TermText], EveryKey(AgeBand)]
    topics: Annotated[dict[Topic, TermText], EveryKey(Topic)]
    applies_to: Annotated[dict[AppliesTo, TermText], EveryKey(AppliesTo)]
    sources: Annotated[dict[ContentSource, TermText], EveryKey(ContentSource)]
    certainties: Annotated[dict[Certainty, TermText], EveryKey(Certainty)]


@cache
def load_terms() -> Mapping[str, Mapping[str, TermText]]:
    """Return the terms of every list, by the name of the list and the word."""
    texts = load_texts(VocabularyTexts)
    return {name: getattr(texts, name) for name in VocabularyTexts.model_fields}


class ContractTerms(TextFile):
    """The terms of the lists that other packages define: screening, workstation, reminders, sessions, pictures.

    This package knows none of their types. A test compares the words with those of the OpenAPI document.
    """

    file_name = "contract_labels.yaml"
    lists: dict[str, Annotated[dict[Text, TermText], Field(min_length=1)]]
    no_equipment: TermText


def load_contract_terms() -> Mapping[str, Mapping[str, TermText]]:
    """Return the terms of every list of the contract that `load_terms` has not."""
    return load_texts(ContractTerms).lists


def load_no_equipment() -> TermText:
    """Return the term for no equipment at all, which stands beside the pieces of equipment."""
    return load_texts(ContractTerms).no_equipment
