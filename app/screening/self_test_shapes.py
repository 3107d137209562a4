"""Self-tests and their results, as they are sent."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from app.kit.quantity import Quantity
from app.rules.notices import Disclaimer, load_disclaimer
from app.rules.vocabulary import BlockingCondition
from app.screening import self_test_scoring as scoring
from app.screening.self_test_scoring import Person, Side, Verdict
from app.screening.self_tests import GENERAL, SELF_TESTS, Label, SelfTest, TestId
from app.screening.shapes import REVIEWED, Sent
from app.sessions.request import GoalWish

Value = Annotated[float, Quantity(0, 600, "the test's unit", "What was measured.")]
OLDER_FROM = 60


class SelfTestList(Sent):
    """The self-tests."""

    items: tuple[SelfTest, ...]
    next_cursor: str | None
    total: int
    general: str = Field(description="What holds for every test.")
    disclaimer: Disclaimer
    reviewed_by: str | None = Field(description=REVIEWED)


class SelfTestResult(Sent):
    """One test's result: `left` and `right`, or `value`, as its `sides` says."""

    test: TestId
    left: Value | None = None
    right: Value | None = None
    value: Value | None = None
    arm_span_cm: (
        Annotated[float, Quantity(120, 230, "cm", "Finger tip to finger tip; combined_elevation only.")] | None
    ) = None

    @model_validator(mode="after")
    def _as_the_test_wants_it(self) -> Self:
        fault = scoring.fault_of(self.plain)
        if fault is not None:
            raise ValueError(fault)
        return self

    @property
    def plain(self) -> scoring.Result:
        return scoring.Result(self.test, self.left, self.right, self.value, self.arm_span_cm)


class SelfTestResults(Sent):
    """Results to score. Used and forgotten."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "results": [
                        {"test": "lumbar_locked_rotation", "left": 34, "right": 47},
                        {"test": "occiput_to_wall", "value": 3},
                    ],
                    "earlier": [{"test": "lumbar_locked_rotation", "left": 27, "right": 44}],
                }
            ]
        },
    )

    results: tuple[SelfTestResult, ...] = Field(min_length=1, max_length=11, description="Each test once.")
    earlier: tuple[SelfTestResult, ...] = Field((), max_length=11, description="Results of an earlier day, to compare.")
    age_years: Annotated[int, Field(strict=True, ge=18, le=110)] | None = Field(
        None, description="Some results weigh more with age. Adults only: there are no figures for children here."
    )
    morning_stiffness: Annotated[bool, Field(strict=True)] = Field(
        False, description="The back is stiff for more than half an hour after waking."
    )

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for given in (self.results, self.earlier):
            if len({one.test for one in given}) < len(given):
                raise ValueError("Give each test once")
        return self


class BandedValue(Sent):
    """Where a value lies."""

    test: TestId
    side: Side
    value: float
    judged: float = Field(description="The value that the bands are read with; per arm span where the test says so.")
    band: Label
    score: int = Field(ge=0, le=3, description="3 is best.")


class GapBetweenSides(Sent):
    """A clear difference between the sides."""

    test: TestId
    gap: float
    stiffer: Side
    left_share: int = Field(description="Parts in a hundred of the one-sided work.")
    right_share: int


class ChangeSince(Sent):
    """What changed since the earlier result."""

    test: TestId
    side: Side
    earlier: float
    now: float
    change: float
    beyond_mdc: bool = Field(description="False: smaller than the smallest real change, neither progress nor loss.")
    verdict: Verdict


class Referral(Sent):
    """A result to be seen by a clinician before any training."""

    test: TestId
    because: str
    advice: str


class SelfTestScores(Sent):
    """Bands, what to train, what changed, and whom to ask first."""

    bands: tuple[BandedValue, ...]
    side_gaps: tuple[GapBetweenSides, ...]
    goals: tuple[GoalWish, ...] = Field(
        description="`goals` for a session request; empty where a clinician comes first."
    )
    changes: tuple[ChangeSince, ...]
    refer: tuple[Referral, ...]
    conditions: tuple[BlockingCondition, ...] = Field(
        description="Send them as `conditions` of a session request: it is refused until a clinician was asked."
    )
    notes: tuple[str, ...]
    disclaimer: Disclaimer
    reviewed_by: str | None = Field(description=REVIEWED)


def listed() -> SelfTestList:
    """All self-tests."""
    return SelfTestList(
        items=SELF_TESTS,
        next_cursor=None,
        total=len(SELF_TESTS),
        general=GENERAL,
        disclaimer=load_disclaimer(),
        reviewed_by=None,
    )


def scored(asked: SelfTestResults) -> SelfTestScores:
    """Score the results of one day, beside those of an earlier one."""
    results = [one.plain for one in asked.results]
    bands = scoring.score(results)
    refer = list(scoring.referrals(bands, Person(asked.age_years, asked.morning_stiffness)))
    wishes = () if refer else scoring.goals(bands)
    return SelfTestScores(
        bands=tuple(
            BandedValue(
                test=one.test,
                side=one.side,
                value=one.value,
                judged=one.judged,
                band=one.band.label,
                score=one.band.score,
            )
            for one in bands
        ),
        side_gaps=tuple(GapBetweenSides(**one._asdict()) for one in scoring.side_gaps(results)),
        goals=tuple(GoalWish(goal=goal, weight=weight) for goal, weight in wishes),
        changes=tuple(
            ChangeSince(**one._asdict()) for one in scoring.changes(results, [one.plain for one in asked.earlier])
        ),
        refer=tuple(Referral(**one._asdict()) for one in refer),
        conditions=("warning_signs",) if refer else (),
        notes=_notes(asked),
        disclaimer=load_disclaimer(),
        reviewed_by=None,
    )


def _notes(asked: SelfTestResults) -> tuple[str, ...]:
    found = [GENERAL]
    if (asked.age_years or 0) >= OLDER_FROM:
        found.append("The bands compare with young adults: at your age lower values are usual.")
    return tuple(found)
