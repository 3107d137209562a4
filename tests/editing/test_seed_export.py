"""The catalogue as seed files: what is exported and loaded again is exported in the same bytes."""

import shutil
from pathlib import Path

from app.__main__ import main
from app.editing.seed import load_seed
from app.editing.seed_export import export_seed, format_seed, order_like_files
from app.editing.seed_files import read_seed
from app.kit.database import Database
from app.kit.settings import PROJECT_ROOT


def read_files(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*.yaml"))}


def test_an_export_that_is_loaded_and_exported_again_has_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    first, second = Database(f"sqlite:///{tmp_path}/1.db"), Database(f"sqlite:///{tmp_path}/2.db")
    exported, again = tmp_path / "exported", tmp_path / "again"
    load_seed(first, folder, lambda _: None)
    export_seed(first, exported)
    load_seed(second, exported, lambda _: None)
    export_seed(second, again)
    assert read_files(exported) == read_files(again)
    result = load_seed(first, exported, lambda _: None)
    assert not result.written.added + result.written.changed + result.written.deleted
    first.close()
    second.close()


def test_the_command_keeps_the_order_of_lists_and_deletes_files_of_gone_records(data: Path, folder: Path) -> None:
    (folder / "exercises" / "gone.yaml").write_text("slug: gone\n")
    slugs = list(read_seed(folder)[0].references)
    assert main(["export", "--folder", str(folder)]) == 0
    files, faults = read_seed(folder)
    assert not faults
    assert list(files.references) == slugs
    assert not (folder / "exercises" / "gone.yaml").exists()


def test_a_former_slug_is_exported(data: Path, folder: Path, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{data}/thoracic.db")
    old, new = sorted(read_seed(folder)[0].references)[0], "a-new-slug"
    for path in folder.rglob("*.yaml"):
        path.write_text(path.read_text().replace(old, new))
    references = folder / "references.yaml"
    references.write_text(references.read_text().replace(f"slug: {new}", f"slug: {new}\n  formerly: [{old}]"))
    load_seed(database, folder, lambda _: None)
    export_seed(database, shutil.copytree(folder, tmp_path / "exported"))
    assert read_seed(tmp_path / "exported")[0].references[new].formerly == [old]
    database.close()


def test_the_files_of_the_project_are_as_they_would_be_exported() -> None:
    folder = PROJECT_ROOT / "seed"
    files, _ = read_seed(folder)
    kinds = {record.kind for record in files.records}
    entries = {kind: {record.key: record.entry for record in files.records if record.kind == kind} for kind in kinds}
    for name, text in format_seed(order_like_files(entries, folder)).items():
        assert (folder / name).read_text() == text, f"{name}: run python -m app export"
