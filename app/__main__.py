"""The command line: serve, migrate, seed, new, export, openapi, keys, session, compile."""

import argparse
import contextlib
import gc
import logging
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from app import session_command
from app.kit.settings import PROJECT_ROOT, Settings
from app.kit.start_faults import StartFault, read_settings
from app.partners import key_options

if TYPE_CHECKING:
    import socket

    from app.kit.database import Database
# Commands import what they need when they run: `python -m app --help` answers without loading the service.

MAX_INTERPRETER_HOLD_S = 0.001
"""Seconds after which a thread that builds a session lets the thread that answers go on.

With Python's own 0.005 a read beside a full queue of builds takes 300 ms at the 99th percentile, with this 30 ms.
"""
SIGNAL_STATUS = 128
"""Added to the number of the signal that ended a command before it was done, as shells do."""
MAX_SLUG_LENGTH = 80
PRIVATE_UMASK = 0o077
"""What the commands make in the data folder is for this user alone."""
Command = Callable[[argparse.Namespace, Settings], int]
"""A function that runs a command and returns its exit status."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Return its exit status. A fault of the start is one line, without a traceback."""
    arguments = _create_parser().parse_args(argv)
    # Process 1 of a container gets no signal that it has no handler for, and SIGTERM has none in Python.
    previous_handler = signal.signal(signal.SIGTERM, _stop)
    try:
        status: int = arguments.run(arguments, read_settings())
    except StartFault as fault:
        _report_fault(fault)
        status = fault.exit_code
    except KeyboardInterrupt:
        status = SIGNAL_STATUS + signal.SIGINT
    finally:
        signal.signal(signal.SIGTERM, previous_handler)
    return status


def _stop(signal_number: int, _frame: object) -> NoReturn:
    """End the process where it stands: the database takes an open transaction back, as after a kill.

    An exception would be raised in the middle of any line, where `finally` blocks or callbacks may replace or swallow
    it. `serve` has its own handler later on.
    """
    os._exit(SIGNAL_STATUS + signal_number)


def _report_fault(fault: StartFault) -> None:
    """Write a fault into the log where there is one, else on standard error."""
    if logging.getLogger().hasHandlers():
        logging.getLogger("thoracic.start").critical(str(fault))
    else:
        print(fault, file=sys.stderr)


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
    export_command = add_command("export", export, "write the catalogue of the database as seed files")
    export_command.add_argument("--folder", type=Path, default=PROJECT_ROOT / "seed", help="where the files go")
    export_command.add_argument("--partner", type=key_options.read_slug, help="only the own exercises of this partner")
    new_command = add_command("new", create_record, "begin the file of a new exercise, to be filled in")
    new_command.add_argument("kind", choices=["exercise"], help="what to begin")
    new_command.add_argument("slug", type=_read_exercise_slug, help="its slug; of an own exercise acme--wall-drill")
    new_command.add_argument("--folder", type=Path, help="the folder that has or gets exercises/ (default: seed)")
    openapi_command = add_command(
        "openapi",
        write_contract,
        "write openapi/openapi.json with examples of all answers, and the JSON Schema of the whole catalogue beside it",
    )
    openapi_command.add_argument("--stdout", action="store_true", help="print openapi.json instead")
    openapi_command.add_argument("--check", action="store_true", help="only check that the files are up to date")
    key_options.add_options(add_command("keys", manage_keys, "make, list, rotate and revoke the keys of partners"))
    add_command("compile", compile_search, "compile the search for a session, which `serve` then uses")
    session_command.add_options(
        add_command("session", session_command.print_session, "build a session from the seed files and print it")
    )
    return parser


def serve(_: argparse.Namespace, settings: Settings) -> int:
    """Migrate, load the seed files as the settings say, and serve until a signal."""
    from app.kit.compiled_modules import use_compiled_modules
    from app.kit.database_faults import check_secret
    from app.kit.logging import configure_logging
    from app.kit.memory_allocation import limit_memory
    from app.kit.server import allow_open_files, bound_sockets

    limit_memory()
    use_compiled_modules()
    gc.disable()  # until the server has started: while modules are loaded there is nothing to collect
    configure_logging(settings.log_level, settings.log_format)
    os.umask(PRIVATE_UMASK)
    allow_open_files(settings)
    with bound_sockets(settings) as sockets:
        check_secret(settings)
        with _open_database(settings) as database:
            status = _prepare_database(database, settings)
        return status or _serve_in_processes(settings, sockets)


def _serve_in_processes(settings: Settings, sockets: "list[socket.socket]") -> int:
    """Serve in this process, or in as many others as the settings say."""
    if settings.workers == 1:
        return _serve_application(settings, sockets)
    import app.main  # noqa: F401 - once, before the processes are forked: they share the memory
    from app.kit.metrics_exchange import exchange_folder
    from app.kit.serving_processes import ServingProcesses

    with exchange_folder() as folder:
        return ServingProcesses(settings.workers, lambda: _serve_application(settings, sockets, folder)).run()


def _serve_application(settings: Settings, sockets: "list[socket.socket]", metrics_folder: Path | None = None) -> int:
    from app.kit.metrics_exchange import exchange_metrics
    from app.kit.server import run_server
    from app.main import OPENAPI_PATH, create_app

    app = create_app(settings, OPENAPI_PATH)
    if metrics_folder is not None:
        exchange_metrics(app, metrics_folder)
    sys.setswitchinterval(MAX_INTERPRETER_HOLD_S)
    on_stop = partial(setattr, app.state, "is_stopping", True)
    return run_server(app, settings, sockets, app.find_ready_response, on_stop)


def _prepare_database(database: "Database", settings: Settings) -> int:
    """Bring the tables up to date, and load the seed files as the settings say. Return the status of the load."""
    from app.catalogue.mapping import is_empty
    from app.sessions.storage.secret_check import compare_secret

    database.wait_until_reachable(settings.database_wait_s)
    database.migrate()
    compare_secret(database, settings.secret_key())
    from app.seed_command import seed_database, seed_own_exercises

    if settings.seed == "never":
        return 0
    if settings.seed == "always" or is_empty(database):
        return seed_database(database, PROJECT_ROOT / "seed", settings.extra_seed_folders)
    return seed_own_exercises(database, settings.extra_seed_folders)


@contextlib.contextmanager
def _open_database(settings: Settings) -> Iterator["Database"]:
    """Yield the database of the settings. Raises `StartFault` for its faults, in the block as well."""
    from app.kit.database import Database
    from app.kit.database_faults import database_faults

    with database_faults(settings.database), contextlib.closing(Database(settings.database)) as database:
        yield database


def migrate(arguments: argparse.Namespace, settings: Settings) -> int:
    """Bring the tables to a revision. Status 1 when there is no such revision."""
    from alembic.util import CommandError

    os.umask(PRIVATE_UMASK)
    with _open_database(settings) as database:
        try:
            database.migrate(arguments.revision)
        except CommandError as error:
            if arguments.revision == "head":
                raise
            print(error, file=sys.stderr)
            return 1
    return 0


def manage_keys(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make, list, replace or revoke keys. Status 1 when a key or a partner is not there."""
    from app.partners.key_command import run

    os.umask(PRIVATE_UMASK)
    with _open_database(settings) as database:
        database.migrate()
        return run(arguments, database)


def seed(arguments: argparse.Namespace, settings: Settings) -> int:
    """Check the seed files, and load them unless only a check or a report is wanted. Status 1 when they hold faults."""
    from app.seed_command import check_seed, seed_database

    if arguments.check or arguments.report:
        return check_seed(arguments.folder, settings.extra_seed_folders, arguments.report)
    os.umask(PRIVATE_UMASK)
    with _open_database(settings) as database:
        return seed_database(database, arguments.folder, settings.extra_seed_folders)


def create_record(arguments: argparse.Namespace, settings: Settings) -> int:
    """Begin a file. Status 1 where there is one already."""
    from app.seed_command import create_exercise

    return create_exercise(arguments.slug, arguments.folder, settings.extra_seed_folders)


def _read_exercise_slug(text: str) -> str:
    from app.schemas.exercise import EXERCISE_SLUG_PATTERN

    if len(text) > MAX_SLUG_LENGTH or not re.fullmatch(EXERCISE_SLUG_PATTERN, text):
        raise argparse.ArgumentTypeError(
            f"a slug is lower-case letters, digits and single hyphens, at most {MAX_SLUG_LENGTH}, such as wall-drill; "
            "of an own exercise acme--wall-drill"
        )
    return text


def export(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write what is shared, or a partner's own, as seed files. Status 1 where another version has stored a record."""
    from app.editing.seed_export import report_export

    with _open_database(settings) as database:
        return report_export(database, arguments.folder, arguments.partner)


def compile_search(_: argparse.Namespace, __: Settings) -> int:
    """Compile the search from this very source, where there is a compiler."""
    from app.kit.compiled_modules import compile_modules

    print(f"native modules: {compile_modules()}")
    return 0


def write_contract(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the documents of the contract into the project, print the OpenAPI document, or check what is there.

    Status 1 when a file is to be checked and is not as it would be written.
    """
    from app.contract.documents import find_outdated_documents, write_documents, write_openapi

    if arguments.stdout:
        print(write_openapi(settings), end="")
    elif arguments.check:
        outdated = find_outdated_documents(settings)
        for path in outdated:
            print(f"{path.relative_to(PROJECT_ROOT)} is not up to date: run make openapi", file=sys.stderr)
        return 1 if outdated else 0
    else:
        write_documents(settings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
