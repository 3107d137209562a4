"""Eleven tests that one can do with a phone or a tape: their scales, bands, goals and sources.

What they say is in `seed/texts/en/self_tests.yaml`. Limits without a published source are this project's own working
figures, and say so. No clinician has reviewed them.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Annotated, NamedTuple

from pydantic import Field

from app.kit.models import FrozenModel
from app.rules.vocabulary import Goal
from app.screening.self_test_vocabulary import (
    BandLabel,
    BetterDirection,
    ReferredTest,
    SelfTestId,
    SelfTestUnit,
    SideScoring,
)
from app.texts.loader import EveryKey, TextFile, load_texts
from app.texts.templates import Text

SCORES: dict[BandLabel, int] = {"good": 3, "fair": 2, "limited": 1, "marked": 0}


class ScoreBand(FrozenModel):
    """A stretch of the scale, from the end of the band before it up to `max`."""

    label: BandLabel
    score: int = Field(ge=0, le=3, description="3 is best.")
    max: float | None = Field(description="Upper end; null: no end.")
    max_included: bool = Field(description="Whether `max` itself still belongs here, or to the next band.")


class SelfTest(FrozenModel):
    """One test."""

    id: SelfTestId
    name: str
    tool: str = Field(description="What is needed.")
    setup: str
    steps: tuple[str, ...]
    unit: SelfTestUnit
    sides: SideScoring = Field(
        description="`each`: left and right count on their own; `mean`: both are sent and averaged; `one`: one value."
    )
    min_value: float = Field(description="Lowest value that is taken, in `unit`.")
    max_value: float = Field(description="Highest value that is taken, in `unit`.")
    better: BetterDirection
    per_arm_span: bool = Field(description="True where the bands hold for the value divided by arm span.")
    bands: tuple[ScoreBand, ...] = Field(description="In the order of the scale, lowest values first.")
    goals: tuple[Goal, ...] = Field(description="What to train where it is low.")
    minimal_detectable_change: float = Field(description="A smaller change is noise, in `unit`.")
    minimal_detectable_change_source: str = Field(
        description="Reference slug, or `editorial` for a working figure of ours."
    )
    reliability: str
    sources: tuple[str, ...] = Field(description="Slugs under `/v1/references`.")
    note: str


class SelfTestSpec(NamedTuple):
    """One test without its texts: how it is measured, scored and sourced."""

    id: SelfTestId
    unit: SelfTestUnit
    sides: SideScoring
    max_value: float
    better: BetterDirection
    bands: tuple[ScoreBand, ...]
    goals: tuple[Goal, ...]
    minimal_detectable_change: float
    sources: tuple[str, ...]
    minimal_detectable_change_source: str = "editorial"
    min_value: float = 0
    per_arm_span: bool = False


class SelfTestText(FrozenModel):
    """What one test says."""

    name: Text
    tool: Text
    setup: Text
    steps: tuple[Text, ...]
    reliability: Text
    note: Text


class ReferralText(FrozenModel):
    """Why a result should be seen by a clinician, and what to do."""

    reason: Text
    advice: Text


class SelfTestTexts(TextFile):
    """Everything that the self-tests say."""

    file_name = "self_tests.yaml"
    general: Text
    older_adults: Text
    age_needed: Text
    marked: Text
    ask_for_pain: Text
    stopped_by_pain: Text
    shares: Text
    sides_disagree: Text
    tests: Annotated[dict[SelfTestId, SelfTestText], EveryKey(SelfTestId)]
    referrals: Annotated[dict[ReferredTest, ReferralText], EveryKey(ReferredTest)]


def load_self_test_texts() -> SelfTestTexts:
    """Return the texts of the self-tests."""
    return load_texts(SelfTestTexts)


def _make_bands(*rows: tuple[BandLabel, float | None, bool]) -> tuple[ScoreBand, ...]:
    """Return bands from rows of label, upper end and whether the end belongs to the band."""
    return tuple(
        ScoreBand(label=label, score=SCORES[label], max=end, max_included=included) for label, end, included in rows
    )


def _higher_is_better(limited: float, fair: float, good: float) -> tuple[ScoreBand, ...]:
    """Return bands of a test where more is better; each limit belongs to the better side."""
    rows: tuple[tuple[BandLabel, float | None, bool], ...] = (
        ("marked", limited, False),
        ("limited", fair, False),
        ("fair", good, False),
        ("good", None, False),
    )
    return _make_bands(*rows)


def make_kyphosis_bands(age_years: int) -> tuple[ScoreBand, ...]:
    """Return the bands of the curve of the upper back at an age: up to 1, 1.5 and 2 standard deviations above its mean.

    The means are 41 degrees (9) in the twenties and 60 (10) at 70 and over, in women; between them in proportion. The
    number of standard deviations is a working figure.
    """
    share = min(max((age_years - 25) / (75 - 25), 0.0), 1.0)
    mean, deviation = 41 + share * (60 - 41), 9 + share * (10 - 9)
    good, fair, limited = (round(mean + count * deviation, 1) for count in (1, 1.5, 2))
    return _make_bands(("good", good, True), ("fair", fair, True), ("limited", limited, True), ("marked", None, False))


SELF_TEST_SPECS: tuple[SelfTestSpec, ...] = (
    SelfTestSpec(
        id="lumbar_locked_rotation",
        unit="deg",
        sides="each",
        max_value=110,
        better="higher",
        bands=_higher_is_better(30, 40, 50),
        goals=("rotation",),
        minimal_detectable_change=6,
        minimal_detectable_change_source="johnson-2012",
        sources=("johnson-2012", "furness-2016", "matsel", "phone-inclinometer-2023"),
    ),
    SelfTestSpec(
        id="seated_rotation",
        unit="deg",
        sides="each",
        max_value=110,
        better="higher",
        bands=_higher_is_better(25, 35, 45),
        goals=("rotation",),
        minimal_detectable_change=6,
        minimal_detectable_change_source="johnson-2012",
        sources=("ama-guides", "furness-2018-compass", "johnson-2012"),
    ),
    SelfTestSpec(
        id="wall_angel",
        unit="points",
        sides="one",
        max_value=3,
        better="higher",
        bands=_make_bands(("marked", 0, True), ("limited", 1, True), ("fair", 2, True), ("good", None, False)),
        goals=("posture", "extension", "overhead"),
        minimal_detectable_change=1,
        sources=("kofoed-2024",),
    ),
    SelfTestSpec(
        id="occiput_to_wall",
        unit="cm",
        sides="one",
        max_value=40,
        better="lower",
        bands=_make_bands(("good", 2, True), ("fair", 5, True), ("limited", 8, True), ("marked", None, False)),
        goals=("extension", "posture"),
        minimal_detectable_change=1,
        sources=("occiput-wall-sources",),
    ),
    SelfTestSpec(
        id="c7_to_wall",
        unit="cm",
        sides="one",
        max_value=40,
        better="lower",
        bands=_make_bands(("good", 7.5, False), ("limited", 9.5, True), ("marked", None, False)),
        goals=("extension",),
        minimal_detectable_change=1,
        sources=("c7-wall-sources",),
    ),
    SelfTestSpec(
        id="tragus_to_wall",
        unit="cm",
        sides="mean",
        min_value=5,
        max_value=60,
        better="lower",
        bands=_make_bands(("good", 13, False), ("fair", 15, False), ("limited", 30, True), ("marked", None, False)),
        goals=("posture", "extension"),
        minimal_detectable_change=1.5,
        sources=("basmi", "bohannon-2019"),
    ),
    SelfTestSpec(
        id="combined_elevation",
        unit="cm",
        sides="one",
        max_value=90,
        better="higher",
        per_arm_span=True,
        bands=_make_bands(("limited", 0.13, False), ("fair", 0.20, False), ("good", None, False)),
        goals=("overhead", "extension"),
        minimal_detectable_change=3,
        sources=("allen-2017", "furness-2018-cet"),
    ),
    SelfTestSpec(
        id="kyphosis_inclinometer",
        unit="deg",
        sides="one",
        max_value=120,
        better="lower",
        bands=_make_bands(("good", 40, False), ("fair", 50, False), ("limited", 60, True), ("marked", None, False)),
        goals=("extension", "strength"),
        minimal_detectable_change=7,
        sources=("kyphosis-age-norms", "koele-2020", "zappala-2021"),
    ),
    SelfTestSpec(
        id="craniovertebral_angle",
        unit="deg",
        sides="one",
        min_value=15,
        max_value=80,
        better="higher",
        bands=_make_bands(("limited", 45, False), ("fair", 50, False), ("good", None, False)),
        goals=("posture",),
        minimal_detectable_change=4,
        sources=("lau-2009",),
    ),
    SelfTestSpec(
        id="chest_expansion",
        unit="cm",
        sides="one",
        max_value=15,
        better="higher",
        bands=_make_bands(("marked", 2.5, False), ("fair", 5, False), ("good", None, False)),
        goals=("breathing",),
        minimal_detectable_change=1.5,
        sources=("chest-expansion-norms",),
    ),
    SelfTestSpec(
        id="trunk_extensor_hold",
        unit="s",
        sides="one",
        max_value=600,
        better="higher",
        bands=_make_bands(("limited", 30, False), ("fair", 60, False), ("good", None, False)),
        goals=("strength",),
        minimal_detectable_change=15,
        sources=("sorensen-test",),
    ),
)
SPEC_BY_ID: Mapping[SelfTestId, SelfTestSpec] = MappingProxyType({spec.id: spec for spec in SELF_TEST_SPECS})


@cache
def list_tests() -> tuple[SelfTest, ...]:
    """Return every test with its texts."""
    texts = load_self_test_texts().tests
    return tuple(SelfTest(**spec._asdict(), **texts[spec.id].model_dump()) for spec in SELF_TEST_SPECS)
