"""The shapes of the lines that a player speaks; the lines themselves are in `seed/texts/en/session_cues.yaml`."""

from typing import Annotated

from app.kit.models import FrozenModel
from app.rules.vocabulary import BodySide, Side
from app.texts.loader import EveryKey, TextFile
from app.texts.templates import Fields, Template, Text


class AmountTexts(FrozenModel):
    """How much a set is, as it is spoken."""

    breaths: Annotated[Template, Fields("count")]
    repetitions: Annotated[Template, Fields("count")]
    hold: Annotated[Template, Fields("seconds")]
    holds: Annotated[Template, Fields("count", "seconds")]


class CueTexts(TextFile):
    """Short lines that a player speaks during a session."""

    file_name = "session_cues.yaml"
    transition: Annotated[Template, Fields("exercise")]
    get_ready: Annotated[Template, Fields("exercise")]
    introduction: Annotated[Template, Fields("exercise")]
    name_before_note: Annotated[Template, Fields("exercise")]
    get_ready_again: Text
    """After a transition or an introduction, which has said the name."""
    switch: Text
    rest_before_extra_set: Text
    switch_before_extra_set: Text
    extra_set: Text
    rest_before_set_of_exercise: Annotated[dict[Side, Annotated[Template, Fields("set", "exercise")]], EveryKey(Side)]
    """By the side on which the next set begins."""
    rest_before_set: Annotated[dict[Side, Annotated[Template, Fields("set")]], EveryKey(Side)]
    """The same without the name, for a long name or a short rest."""
    rest: Text
    """For a rest that is too short to say more."""
    sides: Annotated[dict[BodySide, Text], EveryKey(BodySide)]
    """For an exercise that has no line of its own."""
    half_way: Text
    last_repetition: Text
    last_breath: Text
    countdown: Text
    amounts: AmountTexts
    then_other_side: Text
    done: Text
