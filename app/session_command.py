"""The command `session`: builds a session from the seed files and prints it."""

import argparse
import json
import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, Final

from app.kit.settings import PROJECT_ROOT, Settings

OPTION_BY_FIELD: Final = {
    "duration_s": "--duration",
    "goals": "--goal",
    "available_equipment": "--equipment",
    "positions": "--position",
    "conditions": "--condition",
    "include": "--include",
    "exclude": "--exclude",
    "level": "--level",
    "purpose": "--purpose",
    "age_band": "--age-band",
    "stiffer_side": "--stiffer-side",
    "intro": "--intro",
    "history": "--history",
    "seed": "--seed",
}
"""The option for each field of a request."""
TERMS_BY_OPTION: Final = {
    "--goal": "goals",
    "--equipment": "equipment",
    "--position": "positions",
    "--condition": "conditions",
    "--purpose": "purposes",
}
"""The kind of terms that each option takes."""


def add_options(command: argparse.ArgumentParser) -> None:
    """Add the fields of POST /v1/sessions; lists are options that may be repeated."""
    command.add_argument("--duration", type=int, default=600, metavar="SECONDS", help="default: 600")
    command.add_argument("--goal", action="append", type=_read_goal, metavar="GOAL[:WEIGHT]", help="such as rotation:2")
    for name, help_text in (
        ("equipment", "equipment at hand"),
        ("position", "a position that is possible; none given: all"),
        ("condition", "a health condition"),
        ("include", "slug of an exercise that must be in it"),
        ("exclude", "slug of an exercise to leave out"),
    ):
        command.add_argument(f"--{name}", action="append", default=[], help=help_text)
    command.add_argument("--level", type=int, default=2, help="1 to 5 (default: 2)")
    command.add_argument("--purpose", default="standalone", help="standalone, desk_break, pre_training or recovery")
    command.add_argument("--age-band", help="18-39, 40-64 or 65+")
    command.add_argument("--stiffer-side", help="left or right: the side to which you turn less far")
    command.add_argument("--intro", action="store_true", help="tell the steps of each exercise before it")
    command.add_argument(
        "--history",
        type=_read_history,
        metavar="FILE",
        help="JSON file with what was done lately, as `history` of POST /v1/sessions",
    )
    command.add_argument("--words", action="store_true", help="print the words of all options, and build nothing")
    command.add_argument("--seed", type=int, default=0, help="another number, another choice among equals")


def print_session(arguments: argparse.Namespace, _: Settings) -> int:
    """Build a session from the seed files and print it; nothing is stored.

    Status 2 when the request is invalid, 1 when no session can be built.
    """
    from pydantic import ValidationError

    from app.editing.derive import derive_exercises
    from app.editing.seed_files import read_seed
    from app.schemas.session_request import SessionRequest
    from app.sessions.build import build_session
    from app.sessions.errors import InfeasibleRequestError, SessionBlockedError, UnknownExerciseError
    from app.sessions.printout import format_session
    from app.sessions.problem.exercise_index import ExerciseIndex

    if arguments.words:
        print("\n".join(_list_words()))
        return 0
    files, _faults = read_seed(PROJECT_ROOT / "seed")
    try:
        request = SessionRequest.model_validate(_to_session_request(arguments))
        index = ExerciseIndex(derive_exercises(files.exercises, {}).values())
        print(format_session(build_session(request, index), arguments.intro), end="")
    except ValidationError as error:
        print("\n".join(_describe_errors(error.errors(), files.exercises)), file=sys.stderr)
        return 2
    except (SessionBlockedError, InfeasibleRequestError, UnknownExerciseError) as error:
        print("\n".join([str(error), *_list_advice(error)]), file=sys.stderr)
        return 1
    return 0


def _list_words() -> Iterable[str]:
    """Yield the words of each option with what they mean."""
    from app.rules.terms import load_terms

    for option, kind in TERMS_BY_OPTION.items():
        yield f"{option}:"
        yield from (f"  {word}: {term.label}" for word, term in load_terms()[kind].items())


def _read_history(text: str) -> object:
    """Return the sessions of a JSON file. Raises `ArgumentTypeError` for a file that cannot be read as JSON."""
    try:
        return json.loads(Path(text).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{text} cannot be read as JSON: {error}") from error


def _read_goal(text: str) -> dict[str, object]:
    """Return `rotation` or `rotation:2` as a goal of a request. Raises `ArgumentTypeError` for another weight."""
    goal, _, weight = text.partition(":")
    if weight and not weight.isdecimal():
        raise argparse.ArgumentTypeError("give a goal, or a goal and its weight 1 to 10, such as rotation:2")
    return {"goal": goal, "weight": int(weight or 1)}


def _describe_errors(errors: list[Any], slugs: Collection[str]) -> Iterable[str]:
    """Yield what is wrong with each option, in the words of the API."""
    from app.kit.field_errors import finish_detail, hint_for_value, list_relevant_errors, to_field_error
    from app.rules.meant_words import MeantWordTexts
    from app.texts.loader import load_texts

    meant_words = load_texts(MeantWordTexts).meant_words
    for details in list_relevant_errors(errors):
        field = details["loc"][0]
        details["loc"] = ("body", *details["loc"])
        hint = hint_for_value(details, meant_words, lambda: slugs)
        yield f"{OPTION_BY_FIELD[field]}: {finish_detail(to_field_error(details), hint)['detail']}"


def _list_advice(error: Exception) -> list[str]:
    """Return what to do instead: whom to ask, or how to change the options."""
    changes = (change.split() for change in getattr(error, "suggestions", ()))
    options = [" ".join(OPTION_BY_FIELD.get(word, word) for word in words) for words in changes]
    return [*getattr(error, "instead", ()), *(f"Or {change}." for change in options)]


def _to_session_request(arguments: argparse.Namespace) -> dict[str, object]:
    """Return the options as the body of POST /v1/sessions."""
    request: dict[str, object] = {
        "duration_s": arguments.duration,
        "goals": arguments.goal or [{"goal": "rotation"}, {"goal": "extension"}],
        "available_equipment": arguments.equipment,
        "level": arguments.level,
        "purpose": arguments.purpose,
        "conditions": arguments.condition,
        "include": arguments.include,
        "exclude": arguments.exclude,
        "intro": arguments.intro,
        "seed": arguments.seed,
    }
    if arguments.position:
        request["positions"] = arguments.position
    given = {"age_band": arguments.age_band, "stiffer_side": arguments.stiffer_side, "history": arguments.history}
    request |= {field: value for field, value in given.items() if value is not None}
    return request
