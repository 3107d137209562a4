"""Random edits of a folder of seed files: every kind of change that a record can have."""

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

Entry = dict[str, Any]
STRAIN_DEGREES = ("mild", "full")


class SeedEditor:
    """The entries of a small seed folder, edited at random and written back as files."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.random, self.count = folder, random.Random(seed), 0
        self.exercises = [self._read(path) for path in sorted((folder / "exercises").glob("*.yaml"))]
        self.guidelines: list[Entry] = self._read(folder / "guidelines" / "posture.yaml")
        self.references: list[Entry] = self._read(folder / "references.yaml")
        self.routines: list[Entry] = self._read(folder / "routines.yaml")
        self.synonyms: list[Entry] = self._read(folder / "synonyms.yaml")

    def edit(self) -> str:
        """Change something and write the files. Return what was done."""
        self.count += 1
        edits: tuple[Callable[[], str], ...] = (
            *(self._rewrite, self._rewrite, self._strain, self._rename, self._rename, self._delete, self._add),
            self._change_synonym,
        )
        done = self.random.choice(edits)()
        self._write()
        return done

    def edit_texts(self) -> str:
        """Change a text or a strain and write the files: an edit that another one can take back."""
        self.count += 1
        done = self.random.choice((self._rewrite, self._strain))()
        self._write()
        return done

    @property
    def _lists(self) -> tuple[list[Entry], ...]:
        return self.exercises, self.guidelines, self.references, self.routines

    @property
    def _all_lists(self) -> tuple[list[Entry], ...]:
        return *self._lists, self.synonyms

    def _rewrite(self) -> str:
        entry = self.random.choice(self.random.choice(self._lists))
        field = next(name for name in ("rule", "note", "summary") if name in entry)
        entry[field] = f"A text of number {self.count}."
        return f"rewrite {entry['slug']}"

    def _strain(self) -> str:
        """Change what an exercise demands: its contraindications follow, and routines that hold it."""
        entry = self.random.choice([entry for entry in self.exercises if entry["strains"]])
        strain = self.random.choice(sorted(entry["strains"]))
        entry["strains"][strain] = STRAIN_DEGREES[entry["strains"][strain] == "mild"]
        return f"strain {strain} of {entry['slug']}"

    def _rename(self) -> str:
        entry = self.random.choice(self.random.choice(self._lists))
        old, new = entry["slug"], f"renamed-{self.count}"
        whole = re.compile(rf"(?<![a-z0-9-]){old}(?![a-z0-9-])")
        for entries in self._all_lists:
            entries[:] = [yaml.safe_load(whole.sub(new, yaml.safe_dump(other))) for other in entries]
        renamed = next(other for entries in self._lists for other in entries if other["slug"] == new)
        renamed["formerly"] = [*renamed.get("formerly", ()), old]
        return f"rename {old}"

    def _delete(self) -> str:
        entries = self.random.choice(self._lists)
        text = yaml.safe_dump(self._all_lists)
        unused = [entry for entry in entries if text.count(entry["slug"]) == 1]
        if not unused or len(entries) == 1:
            return "delete nothing"
        entry = self.random.choice(unused)
        entries.remove(entry)
        return f"delete {entry['slug']}"

    def _add(self) -> str:
        slug = f"added-{self.count}"
        original = self.random.choice(self.exercises)
        same = {"slug": slug, "name": f"Added {self.count}", "family": slug, "harder": [], "aliases": []}
        self.exercises.append({name: value for name, value in original.items() if name != "formerly"} | same)
        return f"add {slug}"

    def _change_synonym(self) -> str:
        """Change what moves the serial without a change of any record."""
        self.synonyms[0]["note"] = f"A text of number {self.count}."
        return "synonym"

    def _read(self, path: Path) -> Any:
        return yaml.safe_load(path.read_text())

    def _write(self) -> None:
        for path in (self.folder / "exercises").glob("*.yaml"):
            path.unlink()
        for entry in self.exercises:
            self._dump(f"exercises/{entry['slug']}.yaml", entry)
        self._dump("guidelines/posture.yaml", self.guidelines)
        for name in ("references", "routines", "synonyms"):
            self._dump(f"{name}.yaml", getattr(self, name))

    def _dump(self, name: str, value: Any) -> None:
        (self.folder / name).write_text(yaml.safe_dump(value, sort_keys=False, allow_unicode=True))
