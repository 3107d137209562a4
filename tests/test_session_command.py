"""`python -m app session`: a session on paper."""

from pathlib import Path

import pytest

from app.__main__ import main


def test_a_session_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["session", "--duration", "300", "--goal", "rotation:2", "--equipment", "chair"]) == 0
    printed = capsys.readouterr().out
    assert "each side" in printed
    assert "It works on rotation" in printed
    assert "not medical advice" in printed


def test_with_an_introduction_the_steps_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--duration", "300", "--include", "chair-twist", "--equipment", "chair", "--stiffer-side", "left"]
    assert main(["session", *options, "--intro"]) == 0
    printed = capsys.readouterr().out
    assert "         1. " in printed
    assert "more on the left" in printed
    assert main(["session", *options]) == 0
    assert "         1. " not in capsys.readouterr().out


def test_what_was_done_lately_is_read_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "history.json"
    path.write_text('[{"days_ago": 1, "items": [{"slug": "chair-twist", "pain": 6}]}]')
    options = ["session", "--duration", "300", "--include", "chair-twist", "--equipment", "chair", "--history"]
    assert main([*options, str(path)]) in (0, 1)
    assert "hurt" in "".join(capsys.readouterr())
    path.write_text('[{"days_ago": "yesterday", "items": []}]')
    assert main([*options, str(path)]) == 2
    assert capsys.readouterr().err.startswith("--history: ")
    with pytest.raises(SystemExit, match="2"):
        main([*options, str(tmp_path / "none.json")])
    assert "cannot be read as JSON" in capsys.readouterr().err


def test_the_words_of_the_options_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["session", "--words"]) == 0
    printed = capsys.readouterr().out
    assert "--goal:\n  rotation: " in printed
    assert "  wrist_pain: " in printed


@pytest.mark.parametrize(
    ("options", "status", "lines"),
    [
        (
            ["--include", "dead-hang"],
            1,
            [
                "Dead hang needs a pull-up bar. You asked for it by name, so there is no such session.",
                "Or add pullup_bar to --equipment.",
                "Or remove dead-hang from --include.",
            ],
        ),
        (["--include", "deadhang"], 1, ["There is no exercise 'deadhang'. Did you mean dead-hang?"]),
        (["--goal", "rotatio:2"], 2, ["--goal: Did you mean rotation? This is none of the allowed words."]),
        (["--position", "sitting"], 2, ["--position: Did you mean seated? This is none of the allowed words."]),
        (
            ["--level=9", "--duration=5"],
            2,
            ["--duration: This should be 30 or more.", "--level: This should be 5 or less."],
        ),
        (["--goal", "rotation", "--goal", "rotation"], 2, ["--goal: rotation: given more than once."]),
    ],
)
def test_what_cannot_be_built_says_why(
    capsys: pytest.CaptureFixture[str], options: list[str], status: int, lines: list[str]
) -> None:
    assert main(["session", *options]) == status
    assert capsys.readouterr().err.splitlines() == lines


def test_a_slug_in_another_spelling_is_told_the_right_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["session", "--exclude", "Dead_Hang"]) == 2
    assert capsys.readouterr().err.startswith("--exclude: Did you mean dead-hang?")


def test_a_weight_is_a_whole_number(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["session", "--goal", "rotation:much"])
    assert "such as rotation:2" in capsys.readouterr().err


def test_a_condition_that_blocks_says_whom_to_ask(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["session", "--condition", "recent_surgery"]) == 1
    assert "surgical team" in capsys.readouterr().err
