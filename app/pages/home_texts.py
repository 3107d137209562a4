"""Texts of the start page, in the shape of `seed/texts/en/home.yaml`."""

from typing import Annotated, Literal

from app.kit.models import FrozenModel
from app.rules.vocabulary import Condition, Goal
from app.texts.loader import EveryKey, TextFile
from app.texts.templates import Fields, PluralTemplate, Template, Text

Place = Literal["desk", "standing", "floor", "gym"]
SampleLanguage = Literal["curl", "typescript", "python", "swift", "kotlin"]
LinkedPage = Literal["gallery", "routines", "docs", "readme"]


class LinkText(FrozenModel):
    """A way on from the page."""

    title: Text
    text: Text


class HomeTexts(TextFile):
    """The words of the page; its HTML is in `templates`."""

    file_name = "home.yaml"
    title: Text
    summary: Text
    sentence: Annotated[Template, Fields("minutes", "place", "goal", "condition")]
    minutes_label: Text
    place_label: Text
    goal_label: Text
    condition_label: Text
    minutes: Annotated[PluralTemplate, Fields()]
    places: Annotated[dict[Place, Text], EveryKey(Place)]
    goals: dict[Goal, Text]
    no_condition: Text
    conditions: dict[Condition, Text]
    build: Text
    building: Text
    privacy: Text
    without_script: Text
    routines_link: Text
    failed: Text
    instead: Annotated[Template, Fields("suggestions")]
    shorter: Annotated[Template, Fields("minutes", "reason")]
    page_link: Text
    cautions: Text
    excluded: Text
    request_title: Text
    request_summary: Text
    samples: Annotated[dict[SampleLanguage, Text], EveryKey(SampleLanguage)]
    ways_on: Text
    links: Annotated[dict[LinkedPage, LinkText], EveryKey(LinkedPage)]
