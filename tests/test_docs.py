"""The documentation names files that exist: paths of the repository, and links between pages."""

import os
import re
import signal
from pathlib import Path

import pytest
from uvicorn.config import STARTUP_FAILURE

from app.__main__ import SIGNAL_STATUS
from app.kit.settings import PROJECT_ROOT

PAGES = sorted([*PROJECT_ROOT.glob("*.md"), *(PROJECT_ROOT / "docs").rglob("*.md")])
PATH_PATTERN = re.compile(r"`((?:app|seed|tests|docs|migrations|benchmarks|openapi)/[\w./-]*)`")
"""A path in backticks. One with a placeholder in angle brackets does not match."""
PLACEHOLDER = "SLUG"
"""Stands for the slug of any record in a path."""
LINK_PATTERN = re.compile(r"\]\(([^)#\s]+)(#[^)\s]+)?\)|\]\((#[^)\s]+)\)")
HEADING_PATTERN = re.compile(r"^#+ (.+)$", re.MULTILINE)


def name_of(page: Path) -> str:
    return page.relative_to(PROJECT_ROOT).as_posix()


def anchors_of(page: Path) -> set[str]:
    """Return the anchors of the headings of a page, as GitHub makes them."""
    headings = HEADING_PATTERN.findall(page.read_text())
    return {"#" + re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_path_exists(page: Path) -> None:
    paths = [path for path in PATH_PATTERN.findall(page.read_text()) if PLACEHOLDER not in path]
    assert [path for path in paths if not (PROJECT_ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_to_a_page_and_a_heading(page: Path) -> None:
    broken = []
    for path, anchor, own_anchor in LINK_PATTERN.findall(page.read_text()):
        if path.startswith(("http:", "https:", "mailto:", "/")):
            continue
        target = (page.parent / path).resolve() if path else page
        heading = anchor or own_anchor
        if not target.exists() or (heading and target.suffix == ".md" and heading not in anchors_of(target)):
            broken.append(path + heading)
    assert broken == []


def test_the_readme_and_the_page_give_the_same_commands_for_clients() -> None:
    section = (PROJECT_ROOT / "README.md").read_text().split("\n## Generate a client\n")[1].split("\n## ")[0]
    block = section.split("```sh\n")[1].split("```")[0]
    commands = [line.split("  #")[0].strip() for line in block.splitlines()]
    page = (PROJECT_ROOT / "docs" / "clients.md").read_text().splitlines()
    assert len(commands) == 6
    assert [command for command in commands if command not in page] == []


def test_the_table_of_exit_codes_names_those_of_the_code_and_no_other() -> None:
    page = (PROJECT_ROOT / "docs" / "deployment.md").read_text()
    table = page.split("\n| code | what |")[1].split("\n\n")[0]
    documented = {
        int(code) for cell in re.findall(r"^\| ([\d, ]+) \|", table, re.MULTILINE) for code in cell.split(",")
    }
    source = "".join(path.read_text() for path in (PROJECT_ROOT / "app").rglob("*.py"))
    used = {getattr(os, name) for name in re.findall(r"\bos\.(EX_[A-Z]+)", source)}
    of_commands = {0, 1, 2, STARTUP_FAILURE, SIGNAL_STATUS + signal.SIGINT, SIGNAL_STATUS + signal.SIGTERM}
    assert documented == used | of_commands
