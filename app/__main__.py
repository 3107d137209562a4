"""The command line: serve, migrate, seed, openapi, session."""

import argparse
import contextlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.kit.settings import PROJECT_ROOT, Settings

if TYPE_CHECKING:
    from app.kit.database import Database
# Commands import what they need when they run: `python -m app --help` answers without loading the service.

MAX_INTERPRETER_HOLD_S = 0.001
"""Seconds after which a thread that builds a session lets the thread that answers go on.

With Python's own 0.005 a read beside a full queue of builds takes 300 ms at the 99th percentile, with this 30 ms.
"""


CLEAR_LINE = "\r\x1b[K"
"""What makes a terminal go back to the start of the line and clear it."""
Command = Callable[[argparse.Namespace, Settings], int]
"""A function that runs a command and returns its exit status."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Return its exit status."""
    arguments = _create_parser().parse_args(argv)
    status: int = arguments.run(arguments, Settings())
    return status


def _create_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add_command(name: str, run: Command, help_text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help_text, description=help_text)
        command.set_defaults(run=run)
        return command

    add_command("serve", serve, "migrate, load the catalogue where it is empty, and serve")
    migrate_command = add_command("migrate", migrate, "bring the tables to a revision")
    migrate_command.add_argument("revision", nargs="?", default="head", help="a revision, head or base (default: head)")
    seed_command = add_command("seed", seed, "check the seed files and load what differs")
    seed_command.add_argument("--folder", type=Path, default=PROJECT_ROOT / "seed", help="where the files are")
    seed_command.add_argument("--check", action="store_true", help="only check them")
    seed_command.add_argument(
        "--report", action="store_true", help="print what the catalogue holds and where it is thin"
    )
    openapi_command = add_command("openapi", write_openapi, "write openapi/openapi.json")
    openapi_command.add_argument("--stdout", action="store_true", help="print it instead")
    _add_session_options(add_command("session", print_session, "build a session from the seed files and print it"))
    return parser


def _add_session_options(command: argparse.ArgumentParser) -> None:
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


def serve(_: argparse.Namespace, settings: Settings) -> int:
    """Migrate, load the seed files as the settings say, and serve until a signal."""
    import uvicorn

    from app.editing.seed import is_empty
    from app.kit.database import Database
    from app.kit.http_protocol import limited_protocol
    from app.kit.logging import configure_logging
    from app.main import create_app

    configure_logging(settings.log_level)
    with contextlib.closing(Database(settings.database)) as database:
        database.migrate()
        if settings.seed == "always" or (settings.seed == "if-empty" and is_empty(database)):
            status = _seed_database(database, PROJECT_ROOT / "seed")
            if status:
                return status
    app = create_app(settings)
    sys.setswitchinterval(MAX_INTERPRETER_HOLD_S)
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        http=limited_protocol(settings),
        ws="none",
        timeout_graceful_shutdown=settings.shutdown_timeout_s,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # the application reads them itself: it must know which proxy speaks
    )
    return 0


def migrate(arguments: argparse.Namespace, settings: Settings) -> int:
    """Bring the tables to a revision. Status 1 when there is no such revision."""
    from alembic.util import CommandError

    from app.kit.database import Database

    with contextlib.closing(Database(settings.database)) as database:
        try:
            database.migrate(arguments.revision)
        except CommandError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


def seed(arguments: argparse.Namespace, settings: Settings) -> int:
    """Check the seed files, and load them unless only a check or a report is wanted. Status 1 when they hold faults."""
    from app.kit.database import Database

    if arguments.check or arguments.report:
        return _check_seed(arguments.folder, arguments.report)
    with contextlib.closing(Database(settings.database)) as database:
        return _seed_database(database, arguments.folder)


def _check_seed(folder: Path, report: bool) -> int:
    from datetime import UTC, datetime

    from app.editing.checks_between_records import check_records
    from app.editing.seed_files import read_seed
    from app.main import TEXT_FILES
    from app.rules.condition_rules import RULES_PATH, read_condition_rules
    from app.texts.loader import check_texts

    files, faults = read_seed(folder)
    faults = sorted(faults or check_records(files, datetime.now(UTC).year, frozenset()))
    for language in sorted((folder / "texts").glob("*/")):
        faults += check_texts(TEXT_FILES, language)
    faults += read_condition_rules(RULES_PATH)[1]
    for fault in faults:
        print(fault, file=sys.stderr)
    if report and not faults:
        from app.editing.report import format_report

        print(format_report(files))
    return 1 if faults else 0


def _seed_database(database: "Database", folder: Path) -> int:
    from app.editing.seed import InvalidSeed, load_seed

    try:
        with _progress_line() as report_progress:
            result = load_seed(database, folder, report_progress)
    except InvalidSeed as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        print(f"{len(error.faults)} faults; nothing was changed", file=sys.stderr)
        return 1
    for kind, slug in result.api_edited:
        print(f"{kind} {slug} was edited over the API: left as it is", file=sys.stderr)
    written = result.written
    print(
        f"catalogue at serial {written.serial}: {len(written.added)} added, {len(written.changed)} changed, "
        f"{len(written.deleted)} deleted",
        file=sys.stderr,
    )
    return 0


@contextlib.contextmanager
def _progress_line() -> Iterator[Callable[[str], None]]:
    """Yield a function that shows a text in one line, which it rewrites. Without a terminal it shows nothing."""
    is_terminal = sys.stderr.isatty()

    def show(text: str) -> None:
        if is_terminal:
            print(f"{CLEAR_LINE}{text}", end="", file=sys.stderr, flush=True)

    yield show
    show("")


def write_openapi(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the OpenAPI document into the project, or print it."""
    from app.main import create_app

    text = json.dumps(create_app(settings).openapi(), indent=2, ensure_ascii=False) + "\n"
    if arguments.stdout:
        print(text, end="")
        return 0
    path = PROJECT_ROOT / "openapi" / "openapi.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return 0


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


if __name__ == "__main__":
    sys.exit(main())
