"""Every guideline and source that is named here stands in the catalogue."""

import re

import yaml

from app.kit.settings import PROJECT_ROOT
from app.reminders.schedule import REMINDER_RULES

SOURCES_OF_OURS = {"editorial", "own-measure"}


def named(word: str) -> set[str]:
    """Slugs given as `word="..."` anywhere in the room."""
    found: set[str] = set()
    for path in (PROJECT_ROOT / "app" / "workstation").glob("*.py"):
        found |= set(re.findall(rf'\b{word}(?:: str)? ?= ?"([a-z0-9-]+)"', path.read_text()))
    return found


def test_guidelines_are_in_the_catalogue() -> None:
    files = (PROJECT_ROOT / "seed" / "guidelines").glob("*.yaml")
    known = {one["slug"] for path in files for one in yaml.safe_load(path.read_text())}
    given = named("guideline") | {one.guideline for one in REMINDER_RULES.values()}
    assert len(given) > 12
    assert given <= known


def test_sources_are_in_the_catalogue() -> None:
    known = {one["slug"] for one in yaml.safe_load((PROJECT_ROOT / "seed" / "references.yaml").read_text())}
    given = named("source")
    assert "ansur-ii" in given
    assert given <= known | SOURCES_OF_OURS
