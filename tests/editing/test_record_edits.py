"""Edits of single records: checked as files are, everything derived from them kept true, links followed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from app.__main__ import main
from app.catalogue.mapping import StoredCatalogue, load_catalogue
from app.catalogue.served_catalogue import load_served_catalogue
from app.catalogue.snapshot import Snapshot
from app.catalogue.tables import ExerciseRow
from app.changes.record_kind import RecordKind
from app.changes.tables import Tombstone
from app.editing.entry_fields import SluggedEntry
from app.editing.record_edits import InvalidEdit, RecordEdit, plan_edit, write_edit
from app.editing.seed import load_seed
from app.editing.writer import CatalogueWriter, WriteResult
from app.editing.written_entries import OutdatedRecord, list_entries
from app.kit.database import Database

EXERCISE, ROUTINE, REFERENCE = RecordKind.EXERCISE, RecordKind.ROUTINE, RecordKind.REFERENCE


class Catalogue:
    """A database with the small catalogue, and edits of it."""

    def __init__(self, path: Path) -> None:
        self.database = Database(f"sqlite:///{path}")

    def read(self) -> tuple[StoredCatalogue, dict[tuple[RecordKind, str], str | None]]:
        with self.database.read_transaction() as session:
            rows = session.exec(select(Tombstone))
            return load_catalogue(session), {(RecordKind(row.kind), row.slug): row.replaced_by for row in rows}

    def entry(self, kind: RecordKind, slug: str) -> SluggedEntry:
        entry = list_entries(*self.read())[kind][slug]
        assert isinstance(entry, SluggedEntry)
        return entry

    def edit(self, kind: RecordKind, edited: str, /, **values: Any) -> WriteResult:
        entry = self.entry(kind, edited)
        return self.write(RecordEdit(kind, edited, entry.model_copy(update=values)))

    def write(self, edit: RecordEdit) -> WriteResult:
        plan = plan_edit(*self.read(), edit, 2026)
        with self.database.transaction() as session:
            writer = CatalogueWriter(session, datetime.now(UTC), "api")
            write_edit(writer, plan)
            return writer.finish()

    def snapshot(self) -> Snapshot:
        return load_served_catalogue(self.database).shared


@pytest.fixture
def catalogue(data: Path) -> Iterator[Catalogue]:
    catalogue = Catalogue(data / "thoracic.db")
    yield catalogue
    catalogue.database.close()


def test_an_edit_changes_its_record_and_what_holds_it(catalogue: Catalogue) -> None:
    written = catalogue.edit(EXERCISE, "seated-turn", summary="Our own words.")
    assert written.changed == [(EXERCISE, "seated-turn"), (ROUTINE, "a-minute-of-turning")]
    routine = catalogue.snapshot().routines.records["a-minute-of-turning"]
    assert routine.session.exercises["seated-turn"].summary == "Our own words."
    assert catalogue.read()[0].origins[EXERCISE, "seated-turn"] == "api"
    assert catalogue.read()[0].origins[ROUTINE, "a-minute-of-turning"] == "seed"


def test_the_same_entry_changes_nothing(catalogue: Catalogue) -> None:
    written = catalogue.edit(EXERCISE, "seated-turn")
    assert written[:3] == ([], [], [])


def test_faults_name_their_place_and_nothing_is_changed(catalogue: Catalogue) -> None:
    before = catalogue.read()
    with pytest.raises(InvalidEdit) as caught:
        catalogue.edit(EXERCISE, "seated-turn", harder=["standing-turn", "nowhere"], level=5)
    assert [fault.pointer for fault in caught.value.faults if "nowhere" in fault.message] == ["/harder/1"]
    assert len(caught.value.faults) > 1
    assert catalogue.read() == before


def test_what_others_need_is_not_deleted(catalogue: Catalogue) -> None:
    with pytest.raises(InvalidEdit) as caught:
        catalogue.write(RecordEdit(EXERCISE, "standing-turn", None))
    assert [fault.file for fault in caught.value.elsewhere] == ["exercise seated-turn"]
    assert not caught.value.faults


def test_search_forgets_a_deleted_record(catalogue: Catalogue) -> None:
    written = catalogue.write(RecordEdit(ROUTINE, "a-minute-of-turning", None))
    assert written.deleted == [(ROUTINE, "a-minute-of-turning")]
    synonyms = {synonym["term"]: synonym for synonym in catalogue.read()[0].synonyms}
    assert synonyms["twist"]["routines"] == []
    assert catalogue.snapshot().routines.find_successor("a-minute-of-turning") is None


def test_a_renamed_record_is_followed_by_all_that_name_it(catalogue: Catalogue) -> None:
    catalogue.edit(EXERCISE, "seated-turn", slug="chair-turn")
    catalogue.edit(REFERENCE, "first-source", slug="source-one")
    stored, tombstones = catalogue.read()
    assert tombstones[EXERCISE, "seated-turn"] == "chair-turn"
    assert stored.exercises["chair-turn"].evidence[0].reference == "source-one"
    sides = stored.exercises["chair-turn"].sides
    assert sides is not None
    assert (sides.work, sides.start, sides.trains_other_side) == ("Turn to the left.", None, True)
    assert stored.exercises["standing-turn"].easier == ("chair-turn",)
    assert stored.routines["a-minute-of-turning"].recipe.include == ("chair-turn",)
    assert "seated-turn" not in str([*stored.synonyms, *stored.guidelines.values()])
    assert catalogue.snapshot().exercises.former_slugs == {"chair-turn": ["seated-turn"]}


def test_a_slug_is_not_given_out_again(catalogue: Catalogue) -> None:
    entry = catalogue.entry(ROUTINE, "a-minute-of-turning")
    catalogue.write(RecordEdit(ROUTINE, "a-minute-of-turning", None))
    with pytest.raises(InvalidEdit) as caught:
        catalogue.write(RecordEdit(ROUTINE, "a-minute-of-turning", entry))
    assert [fault.pointer for fault in caught.value.faults] == ["/slug"]


def test_loading_the_files_again_leaves_the_edit(catalogue: Catalogue) -> None:
    catalogue.edit(EXERCISE, "seated-turn", summary="Our own words.")
    result = load_seed(catalogue.database, Path(__file__).parent / "seed", lambda _: None)
    assert result.api_edited == [(EXERCISE, "seated-turn")]
    assert result.written[:3] == ([], [], [])


def test_faults_of_other_records_that_were_there_before_do_not_stand_in_the_way(catalogue: Catalogue) -> None:
    with catalogue.database.transaction() as session:
        session.execute(sa.update(ExerciseRow).where(col(ExerciseRow.slug) == "standing-turn").values(level=5))
    assert catalogue.edit(REFERENCE, "second-source", note="Our own note.").changed == [(REFERENCE, "second-source")]
    with pytest.raises(InvalidEdit):
        catalogue.edit(EXERCISE, "standing-turn", summary="Our own words.")


def test_a_record_of_another_version_is_told(catalogue: Catalogue, tmp_path: Path) -> None:
    with catalogue.database.transaction() as session:
        session.execute(sa.update(ExerciseRow).where(col(ExerciseRow.slug) == "band-turn").values(breathing="-"))
    with pytest.raises(OutdatedRecord, match=r"'band-turn'.*breathing.*python -m app seed"):
        catalogue.edit(EXERCISE, "seated-turn", summary="Our own words.")
    assert main(["export", "--folder", str(tmp_path / "exported")]) == 1
    assert not (tmp_path / "exported").exists()
