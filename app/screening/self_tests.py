"""Eleven tests that one can do with a phone or a tape: how, what the numbers mean, and how sure they are.

Limits without a published source are this project's own working figures, and say so. No clinician has reviewed them.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.rules.vocabulary import Goal

TestId = Literal[
    "lumbar_locked_rotation",
    "seated_rotation",
    "wall_angel",
    "occiput_to_wall",
    "c7_to_wall",
    "tragus_to_wall",
    "combined_elevation",
    "kyphosis_inclinometer",
    "craniovertebral_angle",
    "chest_expansion",
    "trunk_extensor_hold",
]
Label = Literal["good", "fair", "limited", "marked"]
SCORES: dict[Label, int] = {"good": 3, "fair": 2, "limited": 1, "marked": 0}


class Band(BaseModel):
    """A stretch of the scale, from the end of the band before it up to `max`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Label
    score: int = Field(ge=0, le=3, description="3 is best.")
    max: float | None = Field(description="Upper end; null: no end.")
    max_included: bool = Field(description="Whether `max` itself still belongs here, or to the next band.")


class SelfTest(BaseModel):
    """One test."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: TestId
    name: str
    tool: str = Field(description="What is needed.")
    setup: str
    steps: tuple[str, ...]
    unit: Literal["deg", "cm", "s", "points"]
    sides: Literal["each", "mean", "one"] = Field(
        description="`each`: left and right count on their own; `mean`: both are sent and averaged; `one`: one value."
    )
    lowest: float = Field(0, description="Lowest value that is taken, in `unit`.")
    highest: float = Field(description="Highest value that is taken, in `unit`.")
    better: Literal["higher", "lower"]
    per_arm_span: bool = Field(False, description="True where the bands hold for the value divided by arm span.")
    bands: tuple[Band, ...] = Field(description="In the order of the scale, lowest values first.")
    goals: tuple[Goal, ...] = Field(description="What to train where it is low.")
    smallest_real_change: float = Field(description="A smaller change is noise, in `unit`.")
    smallest_real_change_source: str = Field(
        "editorial", description="Reference slug, or `editorial` for a working figure of ours."
    )
    reliability: str
    sources: tuple[str, ...] = Field(description="Slugs under `/v1/references`.")
    note: str


GENERAL = (
    "Warm up for two minutes, try three times and take the mean. Test at the same time of day, about every four weeks. "
    "Stop if pain goes above 3 of 10. This is no diagnosis."
)


def _bands(*rows: tuple[Label, float | None, bool]) -> tuple[Band, ...]:
    return tuple(Band(label=label, score=SCORES[label], max=top, max_included=closed) for label, top, closed in rows)


def _high(limited: float, fair: float, good: float) -> tuple[Band, ...]:
    """Bands of a test where more is better; each limit belongs to the better side."""
    return _bands(("marked", limited, False), ("limited", fair, False), ("fair", good, False), ("good", None, False))


SELF_TESTS: tuple[SelfTest, ...] = (
    SelfTest(
        id="lumbar_locked_rotation",
        name="Rotation on hands and knees",
        tool="A phone with an inclinometer, held or strapped between the shoulder blades; a helper reads it.",
        setup="Kneel, sit back on the heels and rest one forearm on the floor in front of the knees.",
        steps=(
            "Put the free hand behind the head.",
            "Turn that elbow towards the ceiling without lifting the hips from the heels.",
            "Read how far the phone has turned from level; then do the other side.",
        ),
        unit="deg",
        sides="each",
        highest=110,
        better="higher",
        bands=_high(30, 40, 50),
        goals=("rotation",),
        smallest_real_change=6,
        smallest_real_change_source="johnson-2012",
        reliability="46 adults, five ways of measuring: ICC 0.85-0.94, smallest real change 2.8 to 6.3 degrees.",
        sources=("johnson-2012", "furness-2016", "matsel", "phone-inclinometer-2023"),
        note="Healthy young adults reach about 45 degrees and elite surfers about 64; the limits between are ours.",
    ),
    SelfTest(
        id="seated_rotation",
        name="Rotation sitting",
        tool="A stick across the chest and a phone with a compass lying on it.",
        setup="Sit on a firm chair, knees together and feet flat, arms crossed over the stick.",
        steps=(
            "Keep knees and hips facing forward.",
            "Turn as far as is comfortable and read the compass; subtract the reading at the start.",
            "Do the other side.",
        ),
        unit="deg",
        sides="each",
        highest=110,
        better="higher",
        bands=_high(25, 35, 45),
        goals=("rotation",),
        smallest_real_change=6,
        smallest_real_change_source="johnson-2012",
        reliability="A phone's compass was reliable in 30 people.",
        sources=("ama-guides", "furness-2018-compass", "johnson-2012"),
        note="45 degrees is the usual figure for trunk rotation to one side; the limits below it are ours.",
    ),
    SelfTest(
        id="wall_angel",
        name="Wall angel",
        tool="A wall.",
        setup="Stand with back, head and hips at the wall, feet a few centimetres in front of it.",
        steps=(
            "Bring the arms to the wall, elbows at shoulder height and bent to a right angle.",
            "Slide both arms up without losing the wall.",
            "3 points if head, spine and hands stay on the wall, 2 if nearly, 1 with effort, 0 if not or with pain.",
        ),
        unit="points",
        sides="one",
        highest=3,
        better="higher",
        bands=_bands(("marked", 0, True), ("limited", 1, True), ("fair", 2, True), ("good", None, False)),
        goals=("posture", "extension", "overhead"),
        smallest_real_change=1,
        reliability="Seated form, scored 0-3 for each side: ICC 0.87-0.89 in people with unstable shoulders.",
        sources=("kofoed-2024",),
        note="The scored test is the seated one, in hurt shoulders; the standing form is common practice.",
    ),
    SelfTest(
        id="occiput_to_wall",
        name="Head to wall",
        tool="A ruler or tape and a helper.",
        setup="Stand with heels and back against a wall, eyes level, without tipping the head.",
        steps=(
            "Bring the head back as far as it goes.",
            "Measure from the back of the head to the wall; 0 if it touches.",
        ),
        unit="cm",
        sides="one",
        highest=40,
        better="lower",
        bands=_bands(("good", 2, True), ("fair", 5, True), ("limited", 8, True), ("marked", None, False)),
        goals=("extension", "posture"),
        smallest_real_change=1,
        reliability="Agrees closely with a flexible curve (r about 0.9).",
        sources=("occiput-wall-sources",),
        note="From the age of 50, 5 cm or more is a reason to have the bones looked at.",
    ),
    SelfTest(
        id="c7_to_wall",
        name="Neck base to wall",
        tool="A ruler or tape and a helper.",
        setup="Stand as for head to wall, and find the bone that stands out most at the base of the neck.",
        steps=("Stand tall, eyes level.", "Measure from that bone to the wall."),
        unit="cm",
        sides="one",
        highest=40,
        better="lower",
        bands=_bands(("good", 7.5, False), ("limited", 9.5, True), ("marked", None, False)),
        goals=("extension",),
        smallest_real_change=1,
        reliability="ICC 0.85-0.99; r about 0.87 with the angle on an X-ray.",
        sources=("c7-wall-sources",),
        note="From the age of 60, 9.5 cm or more is a reason to have the bones looked at.",
    ),
    SelfTest(
        id="tragus_to_wall",
        name="Ear to wall",
        tool="A ruler or tape and a helper.",
        setup="Stand with heels, hips and shoulders at a wall, chin drawn in.",
        steps=("Measure from the small flap in front of the ear to the wall.", "Do both sides; the mean counts."),
        unit="cm",
        sides="mean",
        lowest=5,
        highest=60,
        better="lower",
        bands=_bands(("good", 13, False), ("fair", 15, False), ("limited", 30, True), ("marked", None, False)),
        goals=("posture", "extension"),
        smallest_real_change=1.5,
        reliability="Good in a review of 2019.",
        sources=("basmi", "bohannon-2019"),
        note="15 and 30 cm come from an index for spinal inflammation; healthy adults measure about 10 to 13 cm.",
    ),
    SelfTest(
        id="combined_elevation",
        name="Arms lifted lying on the front",
        tool="A ruler or tape, a helper, and your arm span.",
        setup="Lie on the front, forehead on the floor, arms straight overhead with the thumbs linked.",
        steps=("Lift the arms as high as they go, forehead down.", "Measure from the floor to the thumbs."),
        unit="cm",
        sides="one",
        highest=90,
        better="higher",
        per_arm_span=True,
        bands=_bands(("limited", 0.13, False), ("fair", 0.20, False), ("good", None, False)),
        goals=("overhead", "extension"),
        smallest_real_change=3,
        reliability="Shoulder flexion decides most of it; the upper back's part showed in women only.",
        sources=("allen-2017", "furness-2018-cet"),
        note="Divided by arm span, because long arms reach higher. The limits are weak and ours.",
    ),
    SelfTest(
        id="kyphosis_inclinometer",
        name="Curve of the upper back",
        tool="A phone with an inclinometer and a helper.",
        setup="Stand at ease, as you usually stand.",
        steps=(
            "Lay the phone flat on the spine at the base of the neck and read its tilt from vertical.",
            "Do the same where the lowest ribs meet the spine.",
            "Add the two.",
        ),
        unit="deg",
        sides="one",
        highest=120,
        better="lower",
        bands=_bands(("good", 40, False), ("fair", 50, False), ("limited", 60, True), ("marked", None, False)),
        goals=("extension", "strength"),
        smallest_real_change=7,
        reliability="Depends on the helper finding the same points again.",
        sources=("kyphosis-age-norms", "koele-2020", "zappala-2021"),
        note="It grows with age, from about 41 degrees in the twenties to 60 after 70; over 40 is common in health.",
    ),
    SelfTest(
        id="craniovertebral_angle",
        name="Head in front of the shoulders",
        tool="A photo from the side, and any app that measures angles.",
        setup="Sit or stand at ease, looking straight ahead, with a mark on the bone at the base of the neck.",
        steps=(
            "Take the photo level with the shoulder.",
            "Measure the angle between the line mark-to-ear and the horizontal.",
        ),
        unit="deg",
        sides="one",
        lowest=15,
        highest=80,
        better="higher",
        bands=_bands(("limited", 45, False), ("fair", 50, False), ("good", None, False)),
        goals=("posture",),
        smallest_real_change=4,
        reliability="High ICC between examiners.",
        sources=("lau-2009",),
        note="Adults with neck pain measured 44 degrees on average, those without 51; a link, not a cause.",
    ),
    SelfTest(
        id="chest_expansion",
        name="Chest expansion",
        tool="A tape.",
        setup="Lay the tape round the chest at the height of the nipples.",
        steps=("Breathe out fully and read.", "Breathe in fully and read; the difference counts."),
        unit="cm",
        sides="one",
        highest=15,
        better="higher",
        bands=_bands(("marked", 2.5, False), ("fair", 5, False), ("good", None, False)),
        goals=("breathing",),
        smallest_real_change=1.5,
        reliability="Falls with age.",
        sources=("chest-expansion-norms",),
        note="Under 2.5 cm together with long morning stiffness is a reason to see a doctor.",
    ),
    SelfTest(
        id="trunk_extensor_hold",
        name="Prone trunk hold",
        tool="A watch.",
        setup="Lie on the front, arms at the sides, a cushion under the belly if that is kinder.",
        steps=("Lift head and chest a hand's breadth, looking at the floor, and keep breathing.", "Count the seconds."),
        unit="s",
        sides="one",
        highest=600,
        better="higher",
        bands=_bands(("limited", 30, False), ("fair", 60, False), ("good", None, False)),
        goals=("strength",),
        smallest_real_change=15,
        reliability="Varies with effort from day to day.",
        sources=("sorensen-test",),
        note="The published norms belong to a harder, supervised test; the limits here are ours.",
    ),
)
BY_ID: dict[TestId, SelfTest] = {one.id: one for one in SELF_TESTS}
