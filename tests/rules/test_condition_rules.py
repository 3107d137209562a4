"""The file of condition rules: what is wrong in it is named with its line, and its sources exist."""

from pathlib import Path

import pytest

from app.editing.seed_files import read_seed
from app.kit.settings import PROJECT_ROOT
from app.rules.condition_rules import RULES_PATH, load_condition_rules, read_condition_rules

RULES = RULES_PATH.read_text(encoding="utf-8")
FAULTS = {
    "an unknown strain": ("    grip: {caution: mild}", "    grap: {caution: mild}", "grap"),
    "no threshold": ("    grip: {caution: mild}", "    grip: {}", "give caution, avoid or both"),
    "thresholds upside down": (
        "    grip: {caution: mild}",
        "    grip: {caution: full, avoid: mild}",
        "caution must begin at a milder degree",
    ),
    "a lonely combination": ("    - {grip: full, resistance: full}", "    - {grip: full}", "at least 2 items"),
    "a missing condition": ("wrist_pain:\n", "wrist_paint:\n", "wrist_pain"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_line(fault: str, tmp_path: Path) -> None:
    before, after, message = FAULTS[fault]
    path = tmp_path / "condition_rules.yaml"
    path.write_text(RULES.replace(before, after, 1), encoding="utf-8")
    rules, faults = read_condition_rules(path)
    assert rules is None
    assert any(message in one.message for one in faults)
    line = RULES[: RULES.index(before)].count("\n") + 1
    assert {one.line for one in faults} == {line}


def test_every_source_is_a_reference() -> None:
    files, _ = read_seed(PROJECT_ROOT / "seed")
    sources = {rule.source for condition in load_condition_rules().values() for rule in condition.strains.values()}
    assert len(sources) > 3
    assert sources - {None} <= set(files.references)


def test_nobody_has_reviewed_a_rule_yet() -> None:
    assert {rule.reviewed_by for rule in load_condition_rules().values()} == {None}
