"""The command `session`: builds a session from the seed files and prints it."""

import argparse
import sys

from app.kit.settings import PROJECT_ROOT, Settings


def add_options(command: argparse.ArgumentParser) -> None:
    """Add the fields of POST /v1/sessions; lists are options that may be repeated."""
    command.add_argument("--duration", type=int, default=600, metavar="SECONDS", help="default: 600")
    command.add_argument("--goal", action="append", metavar="GOAL[:WEIGHT]", help="such as rotation:2")
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

    files, _faults = read_seed(PROJECT_ROOT / "seed")
    try:
        request = SessionRequest.model_validate(_to_session_request(arguments))
        index = ExerciseIndex(derive_exercises(files.exercises, {}).values())
        print(format_session(build_session(request, index)), end="")
    except ValidationError as error:
        for details in error.errors():
            print(f"{'.'.join(map(str, details['loc']))}: {details['msg']}", file=sys.stderr)
        return 2
    except (SessionBlockedError, InfeasibleRequestError, UnknownExerciseError) as error:
        advice = [*getattr(error, "instead", ()), *getattr(error, "suggestions", ())]
        print("\n".join([str(error), *advice]), file=sys.stderr)
        return 1
    return 0


def _to_session_request(arguments: argparse.Namespace) -> dict[str, object]:
    """Return the options as the body of POST /v1/sessions."""
    goals = [goal.partition(":") for goal in arguments.goal or ["rotation", "extension"]]
    request: dict[str, object] = {
        "duration_s": arguments.duration,
        "goals": [{"goal": goal, "weight": int(weight) if weight.isdigit() else 1} for goal, _, weight in goals],
        "available_equipment": arguments.equipment,
        "level": arguments.level,
        "purpose": arguments.purpose,
        "conditions": arguments.condition,
        "include": arguments.include,
        "exclude": arguments.exclude,
        "seed": arguments.seed,
    }
    if arguments.position:
        request["positions"] = arguments.position
    if arguments.age_band:
        request["age_band"] = arguments.age_band
    return request
