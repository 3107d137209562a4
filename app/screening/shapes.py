"""Questions and answers of the screening, as they are sent."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.rules.notices import Disclaimer, load_disclaimer
from app.rules.vocabulary import BlockingCondition, Condition, Position
from app.screening.questions import QUESTIONS, Group
from app.screening.red_flags import SUMMARY, Outcome, Urgency, screen

IDS: tuple[str, ...] = tuple(one.id for one in QUESTIONS)
REVIEWED = "The clinician who has read the rules; null: nobody yet."


class Sent(BaseModel):
    """Base of what comes in and goes out: frozen, nothing beside what is declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ScreeningQuestion(Sent):
    """One question; yes always means that the sign is present."""

    id: str
    text: str
    group: Group


class ScreeningQuestions(Sent):
    """Every question of the screening, gravest groups first."""

    questions: tuple[ScreeningQuestion, ...]
    disclaimer: Disclaimer
    reviewed_by: str | None = Field(description=REVIEWED)


def _known(answers: dict[str, bool | None]) -> dict[str, bool | None]:
    if not answers.keys() <= set(IDS):
        raise ValueError("There are ids of no question here; GET /v1/screening lists the questions")
    return answers


class ScreeningAnswers(Sent):
    """Answers by question id: true, false, or null where not answered. Used and forgotten."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={
            "examples": [{"answers": {"chest_pain": False, "sore_wrist": True, "morning_stiffness": True}}]
        },
    )

    answers: Annotated[dict[str, Annotated[bool, Field(strict=True)] | None], AfterValidator(_known)] = Field(
        description="What is left out counts as no.", json_schema_extra={"propertyNames": {"enum": list(IDS)}}
    )


class ScreenedGroup(Sent):
    """What one group of signs calls for."""

    group: Group
    outcome: Outcome
    urgency: Urgency | None
    because: tuple[str, ...] = Field(description="Ids of the questions whose answers count here.")
    advice: str


class ScreeningResult(Sent):
    """What the answers call for, and what to pass on to `POST /v1/sessions`."""

    outcome: Outcome = Field(description="`clear` is no medical clearance: nothing that was asked speaks against it.")
    urgency: Urgency | None = Field(description="How soon to be seen; null where nobody needs to be asked.")
    summary: str
    groups: tuple[ScreenedGroup, ...] = Field(description="Gravest first; empty where nothing was found.")
    conditions: tuple[Condition | BlockingCondition, ...] = Field(
        description="Send them as `conditions` of a session request: after `stop` it is refused with the reason."
    )
    level_max: int | None = Field(description="Highest `level` to ask of a session; null: no limit from here.")
    positions: tuple[Position, ...] | None = Field(description="`positions` for a session request; null: any.")
    unanswered: tuple[str, ...] = Field(description="Ids of questions without an answer; they counted as no.")
    disclaimer: Disclaimer
    reviewed_by: str | None = Field(description=REVIEWED)


def questions() -> ScreeningQuestions:
    """The screening, to be asked."""
    asked = tuple(ScreeningQuestion(id=one.id, text=one.text, group=one.group) for one in QUESTIONS)
    return ScreeningQuestions(questions=asked, disclaimer=load_disclaimer(), reviewed_by=None)


def result(asked: ScreeningAnswers) -> ScreeningResult:
    """What the answers call for."""
    found = screen(asked.answers)
    unanswered = tuple(one for one in IDS if asked.answers.get(one) is None)
    return ScreeningResult(
        outcome=found.outcome,
        urgency=found.urgency,
        summary=_summary(found.outcome, len(unanswered)),
        groups=tuple(
            ScreenedGroup(
                group=one.group,
                outcome=one.outcome,
                urgency=one.urgency,
                because=one.because,
                advice=" ".join(one.advice),
            )
            for one in found.groups
        ),
        conditions=found.conditions,
        level_max=found.level_max,
        positions=found.positions,
        unanswered=unanswered,
        disclaimer=load_disclaimer(),
        reviewed_by=None,
    )


def _summary(outcome: Outcome, unanswered: int) -> str:
    """In a sentence or two. What was not answered is said beside `clear`: silence is no good news."""
    if outcome != "clear" or not unanswered:
        return SUMMARY[outcome]
    if unanswered == len(IDS):
        return "Nothing was answered, so this tells nothing yet. Please answer the questions before you start."
    questions = "1 question has" if unanswered == 1 else f"{unanswered} questions have"
    return f"{SUMMARY[outcome]} {questions} no answer yet."
