"""The command line: serve, migrate, seed, openapi, session."""

import argparse
import contextlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from app.kit.settings import PROJECT_ROOT, Settings

MAX_INTERPRETER_HOLD_S = 0.001
"""Seconds after which a thread that builds a session lets the thread that answers go on.

With Python's own 0.005 a read beside a full queue of builds takes 300 ms at the 99th percentile, with this 30 ms.
"""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    asked = _parser().parse_args(words)
    status: int = asked.run(asked, Settings())
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, said: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=said, description=said)
        made.set_defaults(run=run)
        return made

    command("serve", serve, "migrate, load the catalogue where it is empty, and serve")
    migrate = command("migrate", migrate_to, "bring the tables to a revision")
    migrate.add_argument("revision", nargs="?", default="head", help="a revision, head or base (default: head)")
    seed = command("seed", load_seed, "check the seed files and load what differs")
    seed.add_argument("--folder", type=Path, default=PROJECT_ROOT / "seed", help="where the files are")
    seed.add_argument("--check", action="store_true", help="only check them")
    seed.add_argument("--report", action="store_true", help="print what the catalogue holds and where it is thin")
    openapi = command("openapi", write_openapi, "write openapi/openapi.json")
    openapi.add_argument("--stdout", action="store_true", help="print it instead")
    _session_options(command("session", print_session, "build a session from the seed files and print it"))
    return parser


def _session_options(session: argparse.ArgumentParser) -> None:
    """Words as in POST /v1/sessions; what may be said several times is repeated. Nothing is stored."""
    session.add_argument("--duration", type=int, default=600, metavar="SECONDS", help="default: 600")
    session.add_argument("--goal", action="append", metavar="GOAL[:WEIGHT]", help="such as rotation:2")
    for name, said in (
        ("equipment", "kit at hand"),
        ("position", "a position that is possible; none named: all"),
        ("condition", "a health condition"),
        ("include", "slug of an exercise that must be in it"),
        ("exclude", "slug of an exercise to leave out"),
    ):
        session.add_argument(f"--{name}", action="append", default=[], help=said)
    session.add_argument("--level", type=int, default=2, help="1 to 5 (default: 2)")
    session.add_argument("--purpose", default="standalone", help="standalone, desk_break, pre_training or recovery")
    session.add_argument("--age-band", help="18-39, 40-64 or 65+")
    session.add_argument("--seed", type=int, default=0, help="another number, another choice among equals")


def serve(_: argparse.Namespace, settings: Settings) -> int:
    import uvicorn

    from app.editing.seed import is_empty
    from app.kit import logging as logs
    from app.kit.database import Database
    from app.kit.http_protocol import limited_protocol
    from app.main import create_app

    logs.configure_logging(settings.log_level)
    with contextlib.closing(Database(settings.database)) as database:
        database.migrate()
        if settings.seed == "always" or (settings.seed == "if-empty" and is_empty(database)):
            status = _load(database, PROJECT_ROOT / "seed")
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
    )
    return 0


def migrate_to(asked: argparse.Namespace, settings: Settings) -> int:
    from alembic.util import CommandError

    from app.kit.database import Database

    with contextlib.closing(Database(settings.database)) as database:
        try:
            database.migrate(asked.revision)
        except CommandError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


def load_seed(asked: argparse.Namespace, settings: Settings) -> int:
    from app.kit.database import Database

    if asked.check or asked.report:
        return _check(asked.folder, asked.report)
    with contextlib.closing(Database(settings.database)) as database:
        return _load(database, asked.folder)


def _check(folder: Path, report: bool) -> int:
    from datetime import UTC, datetime

    from app.editing.checks import check_records
    from app.editing.seed_files import read_seed
    from app.main import TEXT_FILES
    from app.texts.loader import LANGUAGE, check_texts

    files, faults = read_seed(folder)
    faults = sorted(faults or check_records(files, datetime.now(UTC).year, frozenset()))
    if (folder / "texts").is_dir():
        faults += check_texts(TEXT_FILES, folder / "texts" / LANGUAGE)
    for fault in faults:
        print(fault, file=sys.stderr)
    if report and not faults:
        from app.editing.report import format_report

        print(format_report(files))
    return 1 if faults else 0


def _load(database: object, folder: Path) -> int:
    from app.editing.seed import InvalidSeed, load_seed
    from app.kit.database import Database

    assert isinstance(database, Database)
    try:
        with _progress() as say:
            loaded = load_seed(database, folder, say)
    except InvalidSeed as refused:
        for fault in refused.faults:
            print(fault, file=sys.stderr)
        print(f"{len(refused.faults)} faults; nothing was changed", file=sys.stderr)
        return 1
    done = loaded.written
    for kind, slug in loaded.api_edited:
        print(f"{kind} {slug} was edited over the API: left as it is", file=sys.stderr)
    print(
        f"catalogue at serial {done.serial}: {len(done.added)} added, {len(done.changed)} changed, "
        f"{len(done.deleted)} deleted",
        file=sys.stderr,
    )
    return 0


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """On a terminal, one line that rewrites itself; elsewhere nothing."""
    shows = sys.stderr.isatty()

    def say(text: str) -> None:
        if shows:
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)

    yield say
    if shows:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def write_openapi(asked: argparse.Namespace, settings: Settings) -> int:
    from app.main import create_app

    text = json.dumps(create_app(settings).openapi(), indent=2, ensure_ascii=False) + "\n"
    if asked.stdout:
        print(text, end="")
        return 0
    target = PROJECT_ROOT / "openapi" / "openapi.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return 0


def print_session(asked: argparse.Namespace, _: Settings) -> int:
    from pydantic import ValidationError

    from app.editing.derive import derive_exercises
    from app.editing.seed_files import read_seed
    from app.schemas.session_request import SessionRequest
    from app.sessions.build import build
    from app.sessions.errors import Blocked, CannotBuild, UnknownExercise
    from app.sessions.printout import printout

    files, _faults = read_seed(PROJECT_ROOT / "seed")
    try:
        request = SessionRequest.model_validate(_wish(asked))
        print(printout(build(request, tuple(derive_exercises(files.exercises, {}).values()))), end="")
    except ValidationError as error:
        for one in error.errors():
            print(f"{'.'.join(map(str, one['loc']))}: {one['msg']}", file=sys.stderr)
        return 2
    except (Blocked, CannotBuild, UnknownExercise) as refusal:
        more = [*getattr(refusal, "instead", ()), *getattr(refusal, "suggestions", ())]
        print("\n".join([str(refusal), *more]), file=sys.stderr)
        return 1
    return 0


def _wish(asked: argparse.Namespace) -> dict[str, object]:
    """The words of the command line as a session request."""
    goals = [goal.partition(":") for goal in asked.goal or ["rotation", "extension"]]
    wish: dict[str, object] = {
        "duration_s": asked.duration,
        "goals": [{"goal": goal, "weight": int(weight) if weight.isdigit() else 1} for goal, _, weight in goals],
        "available_equipment": asked.equipment,
        "level": asked.level,
        "purpose": asked.purpose,
        "conditions": asked.condition,
        "include": asked.include,
        "exclude": asked.exclude,
        "seed": asked.seed,
    }
    return (
        wish
        | ({"positions": asked.position} if asked.position else {})
        | ({"age_band": asked.age_band} if asked.age_band else {})
    )


if __name__ == "__main__":
    sys.exit(main())
