"""The command that checks the seed files and those of partners' own exercises, and loads what differs."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from app.changes.ownership import owner_of
from app.editing.checks_between_records import check_shared_records
from app.editing.entry_template import SEED, TemplateRefused, create_exercise_file
from app.editing.overlay_files import Overlay, check_overlay, read_overlay
from app.editing.overlay_load import load_overlay
from app.editing.report import format_report
from app.editing.seed import InvalidSeed, load_seed
from app.editing.seed_files import read_seed
from app.kit.database import Database
from app.kit.progress_line import progress_line
from app.rules.condition_rules import RULES_PATH, read_condition_rules
from app.texts.loader import check_texts


def check_seed(folder: Path, extra_folders: Sequence[Path], report: bool) -> int:
    """Print every fault of the files, or with `report` what they hold. Return the status of the command."""
    from app.main import TEXT_FILES  # slow to import, and not needed to load

    files, faults = read_seed(folder)
    faults = sorted(faults or check_shared_records(files, datetime.now(UTC).year, frozenset()))
    overlay, overlay_faults = read_overlay(extra_folders)
    faults += sorted(overlay_faults or (check_overlay(files, overlay, datetime.now(UTC).year) if not faults else []))
    for language in sorted((folder / "texts").glob("*/")):
        faults += check_texts(TEXT_FILES, language)
    faults += read_condition_rules(RULES_PATH)[1]
    for fault in faults:
        print(fault, file=sys.stderr)
    if report and not faults:
        print(format_report(files))
    return 1 if faults else 0


def seed_database(database: Database, folder: Path, extra_folders: Sequence[Path]) -> int:
    """Load the shared records, and then own exercises of partners. Nothing is written where a file has faults."""
    try:
        with progress_line() as report_progress:
            overlay = _read_own_exercises(extra_folders)
            result = load_seed(database, folder, report_progress)
    except InvalidSeed as error:
        return _report_faults(error)
    for kind, slug in result.api_edited:
        print(f"{kind} {slug} was edited over the API: left as it is", file=sys.stderr)
    written = result.written
    print(
        f"catalogue at serial {written.serial}: {len(written.added)} added, {len(written.changed)} changed, "
        f"{len(written.deleted)} deleted",
        file=sys.stderr,
    )
    return _load_own_exercises(database, overlay) if overlay is not None else 0


def seed_own_exercises(database: Database, extra_folders: Sequence[Path]) -> int:
    """Load own exercises of partners alone, where there are folders of them."""
    try:
        overlay = _read_own_exercises(extra_folders)
    except InvalidSeed as error:
        return _report_faults(error)
    return _load_own_exercises(database, overlay) if overlay is not None else 0


def _read_own_exercises(extra_folders: Sequence[Path]) -> Overlay | None:
    """Return what the folders of own exercises hold; None without folders. Raises `InvalidSeed`."""
    if not extra_folders:
        return None
    overlay, faults = read_overlay(extra_folders)
    if faults:
        raise InvalidSeed(faults)
    return overlay


def _load_own_exercises(database: Database, overlay: Overlay) -> int:
    try:
        result = load_overlay(database, overlay, lambda _: None)
    except InvalidSeed as error:
        return _report_faults(error, "the own exercises of this partner are as they were")
    for kind, slug in result.api_edited:
        print(f"{kind} {slug} was edited over the API: left as it is", file=sys.stderr)
    added, changed, deleted = (
        sum(len(getattr(written, name)) for written in result.written) for name in ("added", "changed", "deleted")
    )
    print(f"own exercises: {added} added, {changed} changed, {deleted} deleted", file=sys.stderr)
    return 0


def create_exercise(slug: str, folder: Path | None, extra_folders: Sequence[Path]) -> int:
    """Begin the file of a new exercise, by default in `seed/` or in the first folder of own exercises."""
    if folder is None:
        folder = next(iter(extra_folders), SEED) if owner_of(slug) else SEED
    try:
        path = create_exercise_file(slug, folder)
    except TemplateRefused as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{path} written: put your words where TODO stands, then run python -m app seed --check", file=sys.stderr)
    return 0


def _report_faults(error: InvalidSeed, outcome: str = "nothing was changed") -> int:
    for fault in error.faults:
        print(fault, file=sys.stderr)
    print(f"{len(error.faults)} faults; {outcome}", file=sys.stderr)
    return 1
