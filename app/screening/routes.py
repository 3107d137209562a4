"""Screening and self-tests: questions, outcomes, tests, scores. Bodies are read, answered and forgotten."""

from fastapi import APIRouter, Response

from app.kit import caching
from app.kit.errors import InvalidRequest
from app.screening import schemas, self_test_schemas
from app.screening.schemas import ScreeningAnswers, ScreeningQuestions, ScreeningResult
from app.screening.self_test_schemas import SelfTestList, SelfTestResults, SelfTestScores

router = APIRouter(prefix="/v1")
ERROR_RESPONSES = InvalidRequest.openapi_responses()


@router.get("/screening", tags=["Screening"], responses=ERROR_RESPONSES, summary="List screening questions")
def list_screening_questions(response: Response) -> ScreeningQuestions:
    """What to ask before a first session, in groups from emergency signs to plain conditions.

    Yes always means that a sign is present. This is general education and finds nothing out for certain.
    """
    response.headers["Cache-Control"] = caching.CATALOGUE
    return schemas.list_questions()


@router.post("/screening", tags=["Screening"], responses=ERROR_RESPONSES, summary="Evaluate screening answers")
def evaluate_screening_answers(answers: ScreeningAnswers, response: Response) -> ScreeningResult:
    """Stop, go carefully or go on; how soon to see whom; and the conditions to pass on to a session request.

    Combinations count and a weak sign alone does not alarm; emergency signs always stop. Answers are not stored.
    """
    response.headers["Cache-Control"] = caching.NO_STORE
    return schemas.evaluate_screening(answers)


@router.get("/self-tests", tags=["Screening"], responses=ERROR_RESPONSES, summary="List self-tests")
def list_self_tests(response: Response) -> SelfTestList:
    """Tests to do with a phone or a tape: how, what the numbers mean, how sure they are, and what change is real."""
    response.headers["Cache-Control"] = caching.CATALOGUE
    return self_test_schemas.list_self_tests()


@router.post("/self-tests/score", tags=["Screening"], responses=ERROR_RESPONSES, summary="Score self-tests")
def score_self_tests(results: SelfTestResults, response: Response) -> SelfTestScores:
    """Bands, goals for a session request, clear differences between the sides, and real changes since an earlier day.

    A change below the minimal detectable change is called neither progress nor loss. Results are not stored.
    """
    response.headers["Cache-Control"] = caching.NO_STORE
    return self_test_schemas.score_self_tests(results)
