"""The locks: they pin what the project asks for, with hashes, and name no host."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from app.kit.settings import PROJECT_ROOT

LOCK = (PROJECT_ROOT / "requirements.lock").read_text()
CLIENTS = PROJECT_ROOT / "tests" / "clients"
PROJECT = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text())


def requirements() -> Iterator[Requirement]:
    lists = [PROJECT["project"]["dependencies"]]
    lists += PROJECT["project"]["optional-dependencies"].values()
    lists += PROJECT["dependency-groups"].values()
    return (Requirement(line) for lines in lists for line in lines)


def test_everything_asked_for_is_pinned_at_a_version_that_is_meant() -> None:
    pins: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([a-z0-9.-]+)==([^ ]+)", LOCK, re.MULTILINE):
        pins.setdefault(name, []).append(version)
    for requirement in requirements():
        versions = pins.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement.name} is not in the lock: run make lock"
        assert all(requirement.specifier.contains(version) for version in versions), f"{requirement}: run make lock"


def test_every_pin_has_a_hash() -> None:
    entries = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) > 30
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize(
    "path",
    [
        PROJECT_ROOT / "requirements.lock",
        CLIENTS / "requirements.lock",
        CLIENTS / "package-lock.json",
        *(PROJECT_ROOT / "tests" / name / "package-lock.json" for name in ("pictures", "site")),
    ],
    ids=str,
)
def test_a_lock_names_no_host(path: Path) -> None:
    assert "://" not in path.read_text()
    assert "--index" not in path.read_text()
