"""Each worked case gets its outcome and its urgency, and one more sign never makes it milder."""

from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from app.screening.questions import QUESTION_IDS
from app.screening.red_flags import OUTCOMES, URGENCIES, evaluate_answers


class WorkedCase(NamedTuple):
    """A person in a sentence, the answers, and what is right."""

    case: str
    answers: str
    outcome: str
    urgency: str | None
    source: str


CASES = [
    WorkedCase(**values)
    for values in yaml.safe_load(Path(__file__).with_name("worked_cases.yaml").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES, ids=[case.case for case in CASES])
def test_a_worked_case_gets_its_outcome_and_urgency(case: WorkedCase) -> None:
    result = evaluate_answers(dict.fromkeys(case.answers.split(), True))
    assert (result.outcome, result.urgency) == (case.outcome, case.urgency)


def test_no_worked_case_becomes_milder_with_any_further_answer() -> None:
    for case in CASES:
        for further in QUESTION_IDS:
            result = evaluate_answers(dict.fromkeys([*case.answers.split(), further], True))
            assert OUTCOMES.index(result.outcome) >= [*OUTCOMES].index(case.outcome)  # type: ignore[arg-type]
            assert URGENCIES.index(result.urgency) >= [*URGENCIES].index(case.urgency)  # type: ignore[arg-type]


def test_there_are_fifty_cases_of_different_answers_and_every_case_names_a_source() -> None:
    assert len({case.answers for case in CASES}) == len(CASES) > 50
    assert all(case.source for case in CASES)
    assert {sign for case in CASES for sign in case.answers.split()} <= set(QUESTION_IDS)
