"""Begins the file of a new exercise: every field with its words, and a mark where somebody must write."""

import json
from pathlib import Path
from string import Template
from textwrap import wrap
from typing import Final

from app.changes.ownership import OWNER_SEPARATOR, owner_of
from app.changes.record_kind import RecordKind
from app.editing.entry_schema import write_entry_schema
from app.kit.closed_lists import list_words
from app.kit.settings import PROJECT_ROOT
from app.rules import vocabulary as words
from app.rules.muscles import Muscle
from app.rules.strains import Strain

TEMPLATE: Final = PROJECT_ROOT / "seed" / "templates" / "exercise.yaml"
SEED: Final = PROJECT_ROOT / "seed"
SCHEMA_NAME: Final = "exercise.schema.json"
COMMENT_WIDTH: Final = 110
LISTS: Final[dict[str, object]] = {
    "category": words.Category,
    "goals": words.Goal,
    "suits": words.Occasion,
    "movements": words.Movement,
    "pattern": words.Pattern,
    "phases": words.Phase,
    "position": words.Position,
    "equipment": words.Equipment,
    "load_group": words.LoadGroup,
    "regions": words.Region,
    "muscles": Muscle,
    "strains": Strain,
}
"""The closed lists whose words the template shows."""


class TemplateRefused(Exception):
    """No file can be begun for this slug in this folder."""


def create_exercise_file(slug: str, folder: Path) -> Path:
    """Write a new file for an exercise below `folder`, for own exercises with the JSON Schema for text editors.

    Raises `TemplateRefused` where there is such a file, or where the slug belongs into another folder.
    """
    is_own = owner_of(slug) is not None
    if is_own and folder.resolve() == SEED:
        raise TemplateRefused(f"{slug} is a partner's own: name its folder with --folder, or THORACIC_SEED_EXTRA")
    if not is_own and not (folder / "references.yaml").is_file():
        raise TemplateRefused(
            f"{folder} holds no shared exercises; an own one begins with its partner: acme{OWNER_SEPARATOR}{slug}"
        )
    path = folder / "exercises" / f"{slug}.yaml"
    if path.exists():
        raise TemplateRefused(f"{path} exists: it is left as it is")
    path.parent.mkdir(parents=True, exist_ok=True)
    schema = f"../{SCHEMA_NAME}"
    if is_own:
        text = json.dumps(write_entry_schema(RecordKind.EXERCISE), indent=2, ensure_ascii=False)
        (folder / SCHEMA_NAME).write_text(f"{text}\n", encoding="utf-8")
    else:
        schema = f"../../openapi/{SCHEMA_NAME}"
    path.write_text(write_template(slug, schema), encoding="utf-8")
    return path


def write_template(slug: str, schema: str) -> str:
    """Return the text of a new file; `schema` is the path of the JSON Schema from it."""
    listed = {name: wrap(" ".join(list_words(words_of)), COMMENT_WIDTH) for name, words_of in LISTS.items()}
    values = {name: "\n# ".join(lines) for name, lines in listed.items()}
    family = slug.rpartition(OWNER_SEPARATOR)[2]
    text = TEMPLATE.read_text(encoding="utf-8")
    return Template(text).substitute(values, slug=slug, family=family, schema=schema)
