"""Writes the stored catalogue as seed files, always in one form: an edit can be reviewed as a difference of text."""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from sqlmodel import col, select

from app.catalogue.mapping import load_catalogue
from app.changes.owned_rows import is_visible_to
from app.changes.ownership import OWNER_SEPARATOR, owner_of
from app.changes.record_kind import RecordKind
from app.changes.tables import Tombstone
from app.editing.entry_fields import SYNONYM, Entry, GuidelineEntry
from app.editing.overlay_pictures import export_pictures
from app.editing.seed_files import FILE_BY_KIND, FOLDER_BY_KIND, read_seed
from app.editing.written_entries import OutdatedRecord, list_entries
from app.kit.database import Database

LINE_WIDTH = 118
"""Characters of a line of a file."""
MULTI_LINE_FIELDS = frozenset(
    {
        "steps",
        "cues",
        "mistakes",
        "notes",
        "evidence",
        "measures",
        "strains",
        "muscles",
        "provenance",
        "recipe",
        "sides",
    }
)
"""Fields whose parts stand in lines of their own, so that a change of one part changes one line."""
MULTI_LINE_ITEMS = frozenset({"cues", "mistakes", "evidence"})
"""Lists whose items are mappings of sentences, a sentence in a line."""
OPTIONAL_FIELDS = frozenset({"formerly", "easier", "sides"})
"""Fields that a file leaves out where they are empty."""


def report_export(database: Database, folder: Path, partner: str | None = None) -> int:
    """Export what is shared, or the own exercises of a partner, and say on standard error how that went.

    Return the status of the command.
    """
    try:
        paths = export_seed(database, folder) if partner is None else export_own(database, folder, partner)
    except OutdatedRecord as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(paths)} files written to {folder}", file=sys.stderr)
    return 0


def export_seed(database: Database, folder: Path) -> list[Path]:
    """Write the shared records of the catalogue below `folder` as seed files. Return the paths of the files.

    Raises `OutdatedRecord` where a record was stored by another version; nothing is written then.

    Lists keep the order that they have there. Files of exercises and guidelines that hold no record any more are
    deleted, so that loading the folder gives the same catalogue. Texts, poses and rules are no part of the catalogue,
    and stay as they are.
    """
    contents = format_seed(order_like_files(_list_stored_entries(database, None), folder))
    for name in FOLDER_BY_KIND.values():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for path in (folder / name).glob("*.yaml"):
            if f"{name}/{path.name}" not in contents:
                path.unlink()
    for name, text in contents.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in contents]


def export_own(database: Database, folder: Path, partner: str) -> list[Path]:
    """Write the own exercises of a partner into files below `folder`. Return their paths.

    Raises `OutdatedRecord` as `export_seed` does. Files of own exercises that are gone are deleted.
    """
    entries = _list_stored_entries(database, partner)[RecordKind.EXERCISE]
    texts = {f"{slug}.yaml": format_entry(entry) for slug, entry in entries.items() if owner_of(slug) == partner}
    exercises = folder / FOLDER_BY_KIND[RecordKind.EXERCISE]
    exercises.mkdir(parents=True, exist_ok=True)
    for path in exercises.glob(f"{partner}{OWNER_SEPARATOR}*.yaml"):
        if path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        (exercises / name).write_text(text, encoding="utf-8")
    own = [slug for slug in entries if owner_of(slug) == partner]
    return [*(exercises / name for name in texts), *export_pictures(database, folder, partner, own)]


def _list_stored_entries(database: Database, partner: str | None) -> dict[str, dict[str, Entry]]:
    """Return the entries of what a partner sees, by kind, then by slug."""
    with database.read_transaction() as transaction:
        stored = load_catalogue(transaction, partner)
        rows = transaction.exec(select(Tombstone).where(is_visible_to(col(Tombstone.slug), partner)))
        tombstones = {(RecordKind(row.kind), row.slug): row.replaced_by for row in rows}
    return list_entries(stored, tombstones)


def order_like_files(entries: Mapping[str, Mapping[str, Entry]], folder: Path) -> dict[str, dict[str, Entry]]:
    """Return the entries of each kind in the order in which `folder` lists them, new ones at the end.

    An edit of one record then leaves the lines of the others where they are.
    """
    listed = read_seed(folder)[0]
    return {
        kind: {key: of_kind[key] for key in (*(key for key in listed.by_kind(kind) if key in of_kind), *of_kind)}
        for kind, of_kind in entries.items()
    }


def format_seed(entries: Mapping[str, Mapping[str, Entry]]) -> dict[str, str]:
    """Return the text of each seed file by its path within the folder. `entries` are by kind, then by slug or term."""
    exercises, guidelines = (FOLDER_BY_KIND[kind] for kind in (RecordKind.EXERCISE, RecordKind.GUIDELINE))
    contents = {f"{exercises}/{slug}.yaml": format_entry(e) for slug, e in entries[RecordKind.EXERCISE].items()}
    by_topic: dict[str, list[Entry]] = {}
    for entry in entries[RecordKind.GUIDELINE].values():
        assert isinstance(entry, GuidelineEntry)
        by_topic.setdefault(entry.topic, []).append(entry)
    contents |= {f"{guidelines}/{topic}.yaml": format_entries(of_topic) for topic, of_topic in sorted(by_topic.items())}
    for kind in (RecordKind.REFERENCE, RecordKind.ROUTINE, SYNONYM):
        contents[FILE_BY_KIND[kind]] = format_entries(entries[kind].values())
    return contents


def format_entry(entry: Entry) -> str:
    """Return an entry as the text of a file of its own."""
    return _dump(_to_written(entry))


def format_entries(entries: Iterable[Entry]) -> str:
    """Return entries as the text of a file that lists them."""
    return _dump([_to_written(entry) for entry in entries])


class _Dumper(yaml.SafeDumper):
    """Writes lists with their dashes below the name of the list, and no anchors."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the signature is PyYAML's
        """Write every value where it stands, also one that stands twice."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """Indent the dashes of a list."""
        super().increase_indent(flow, False)


class _OneLine(list[Any]):
    """A list that is written as `[a, b]`."""


class _OneLineMapping(dict[str, Any]):
    """A mapping that is written as `{a: 1, b: 2}`."""


_Dumper.add_representer(
    _OneLine, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)
)
_Dumper.add_representer(
    _OneLineMapping,
    lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True),
)


def _dump(value: Any) -> str:
    text = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=LINE_WIDTH, default_flow_style=False
    )
    assert isinstance(text, str)
    return text


def _to_written(entry: Entry) -> dict[str, Any]:
    """Return an entry as plain values, each with the style in which it is written."""
    fields = {name: _shorten(name, value) for name, value in entry.model_dump(mode="json").items()}
    return {name: _style(name, value) for name, value in fields.items() if value or name not in OPTIONAL_FIELDS}


def _shorten(name: str, value: Any) -> Any:
    """Return the value of a field as people write it: without what is the same when it is left out."""
    if name == "dose":
        return {part: number for part, number in value.items() if number is not None}
    if name in ("sides", "muscles") and isinstance(value, dict):
        return {part: written for part, written in value.items() if written}
    if name == "cues":
        return [cue["text"] if cue["strain"] is None else cue for cue in value]
    return value


def _style(name: str, value: Any, is_multi_line: bool | None = None) -> Any:
    """Return a value of the field `name`, with the values inside it, in lines of their own or in one line."""
    if is_multi_line is None:
        is_multi_line = name in MULTI_LINE_FIELDS
    if isinstance(value, dict):
        parts = {part: _style(part, item) for part, item in value.items()}
        return parts if is_multi_line and parts else _OneLineMapping(parts)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        items = [_style(name, item, name in MULTI_LINE_ITEMS) for item in value]
        return items if is_multi_line and items else _OneLine(items)
    return value
