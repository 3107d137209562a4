"""`python -m app session`: a session on paper."""

import pytest

from app.__main__ import main


def test_a_session_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["session", "--duration", "300", "--goal", "rotation:2", "--equipment", "chair"]) == 0
    printed = capsys.readouterr().out
    assert "each side" in printed
    assert "It works on rotation" in printed
    assert "not medical advice" in printed


def test_what_cannot_be_built_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["session", "--include", "dead-hang"]) == 1
    assert "pullup_bar" in capsys.readouterr().err


def test_a_condition_that_blocks_says_whom_to_ask(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["session", "--condition", "recent_surgery"]) == 1
    assert "surgical team" in capsys.readouterr().err


def test_a_wrong_word_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["session", "--goal", "rotatio"]) == 2
    assert "goals.0.goal" in capsys.readouterr().err
