"""Every guideline and source that the workstation and the reminders name is in the catalogue."""

import re

import yaml

from app.kit.settings import PROJECT_ROOT
from app.reminders.rhythm import REMINDER_RULES
from app.workstation.advice import GUIDELINE_BY_ADVICE

SOURCES_WITHOUT_RECORD = {"editorial", "own-measure"}


def find_arguments(name: str) -> set[str]:
    """Return the slugs that the code of the workstation passes as the argument `name`, such as `name="desk-height"`."""
    slugs: set[str] = set()
    for path in (PROJECT_ROOT / "app" / "workstation").rglob("*.py"):
        for expression in re.findall(rf"\b{name}(?:: str)? ?= ?([^,)\n]+)", path.read_text()):
            slugs |= set(re.findall(r'"([a-z0-9-]+)"', expression))
    return slugs


def test_guidelines_are_in_the_catalogue() -> None:
    files = (PROJECT_ROOT / "seed" / "guidelines").glob("*.yaml")
    known = {guideline["slug"] for path in files for guideline in yaml.safe_load(path.read_text())}
    named = find_arguments("guideline") | set(GUIDELINE_BY_ADVICE.values())
    named |= {rule.guideline for rule in REMINDER_RULES.values()}
    assert {"two-screens", "desk-height", "armrests", "micro-breaks"} <= named
    assert named <= known


def test_sources_are_in_the_catalogue() -> None:
    references = yaml.safe_load((PROJECT_ROOT / "seed" / "references.yaml").read_text())
    named = find_arguments("source")
    assert {"ansur-ii", "osha-etool", "hfes-100-2007"} <= named
    assert named <= {reference["slug"] for reference in references} | SOURCES_WITHOUT_RECORD
