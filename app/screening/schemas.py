"""Questions and answers of the screening, as they are sent."""

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, WithJsonSchema
from typing_extensions import TypeAliasType

from app.kit.models import FrozenModel, RequestModel
from app.rules.notices import Disclaimer, load_disclaimer
from app.rules.vocabulary import Condition, Position
from app.screening.questions import QUESTION_IDS, QUESTIONS, ScreeningOutcome, SignGroup, load_screening_texts
from app.screening.red_flag_rules import Urgency
from app.screening.red_flags import GroupResult, evaluate_answers

REVIEWED_BY_DESCRIPTION = "The clinician who has read the rules; null: nobody yet."


QuestionId = TypeAliasType(
    "QuestionId",
    Annotated[
        str,
        # The ids are those of the table of questions, which no `Literal` can be made from.
        WithJsonSchema({"type": "string", "enum": list(QUESTION_IDS), "description": "Stable name of a question."}),
    ],
)


class ScreeningQuestion(FrozenModel):
    """One question; yes always means that the sign is present."""

    id: QuestionId
    text: str
    group: SignGroup


class ScreeningQuestions(FrozenModel):
    """Every question of the screening, gravest groups first."""

    questions: tuple[ScreeningQuestion, ...]
    disclaimer: Disclaimer
    reviewed_by: str | None = Field(description=REVIEWED_BY_DESCRIPTION)


def _check_ids(answers: dict[str, bool | None]) -> dict[str, bool | None]:
    if not answers.keys() <= set(QUESTION_IDS):
        raise ValueError("There are ids of no question here; GET /v1/screening lists the questions")
    return answers


class ScreeningAnswers(RequestModel):
    """Answers by question id: true, false, or null where not answered. Used and forgotten."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"answers": {"chest_pain": False, "sore_wrist": True, "morning_stiffness": True}}]
        },
    )

    answers: Annotated[dict[QuestionId, bool | None], AfterValidator(_check_ids)] = Field(
        description="What is left out counts as no."
    )


class ScreenedGroup(FrozenModel):
    """What one group of signs calls for."""

    group: SignGroup
    outcome: ScreeningOutcome
    urgency: Urgency | None
    reasons: tuple[QuestionId, ...] = Field(description="Ids of the questions whose answers count here.")
    advice: str


class ScreeningResult(FrozenModel):
    """What the answers call for, and what to pass on to `POST /v1/sessions`."""

    outcome: ScreeningOutcome = Field(
        description="`clear` is no medical clearance: nothing that was asked speaks against it."
    )
    urgency: Urgency | None = Field(description="How soon to be seen; null where nobody needs to be asked.")
    summary: str
    groups: tuple[ScreenedGroup, ...] = Field(description="Most urgent first; empty where nothing was found.")
    conditions: tuple[Condition, ...] = Field(
        description="Send them as `conditions` of a session request: after `stop` it is refused with the reason."
    )
    level_max: int | None = Field(description="Highest `level` to ask of a session; null: no limit from here.")
    positions: tuple[Position, ...] | None = Field(description="`positions` for a session request; null: any.")
    unanswered: tuple[str, ...] = Field(description="Ids of questions without an answer; they counted as no.")
    disclaimer: Disclaimer
    reviewed_by: str | None = Field(description=REVIEWED_BY_DESCRIPTION)


def list_questions() -> ScreeningQuestions:
    """Return the questions of the screening with their texts."""
    texts = load_screening_texts().questions
    questions = tuple(ScreeningQuestion(id=spec.id, text=texts[spec.id], group=spec.group) for spec in QUESTIONS)
    return ScreeningQuestions(questions=questions, disclaimer=load_disclaimer(), reviewed_by=None)


def evaluate_screening(request: ScreeningAnswers) -> ScreeningResult:
    """Return what the answers call for, in words."""
    result = evaluate_answers(request.answers)
    unanswered = tuple(question_id for question_id in QUESTION_IDS if request.answers.get(question_id) is None)
    return ScreeningResult(
        outcome=result.outcome,
        urgency=result.urgency,
        summary=_summarise(result.outcome, len(unanswered)),
        groups=tuple(_describe_group(group, result.outcome) for group in result.groups),
        conditions=result.conditions,
        level_max=result.level_max,
        positions=result.positions,
        unanswered=unanswered,
        disclaimer=load_disclaimer(),
        reviewed_by=None,
    )


def _describe_group(result: GroupResult, outcome: ScreeningOutcome) -> ScreenedGroup:
    # Beside a stop, a milder group does not encourage to move in the meantime: another answer speaks against it.
    encourages = outcome != "stop" or result.outcome == "stop"
    advice = [load_screening_texts().advice[key] for key in result.advice]
    sentences = [text for part in advice for text in (part.action, part.meanwhile if encourages else None) if text]
    return ScreenedGroup(
        group=result.group,
        outcome=result.outcome,
        urgency=result.urgency,
        reasons=result.reasons,
        advice=" ".join(sentences),
    )


def _summarise(outcome: ScreeningOutcome, unanswered: int) -> str:
    """Return a sentence or two. Beside `clear` it counts the questions without an answer, which may hide a sign."""
    texts = load_screening_texts()
    if outcome != "clear" or not unanswered:
        return texts.summaries[outcome]
    if unanswered == len(QUESTION_IDS):
        return texts.nothing_answered
    return f"{texts.summaries[outcome]} {texts.unanswered.fill(unanswered)}"
