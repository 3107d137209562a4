"""The document, read by the linters that generators and gateways rely on: no error, no warning."""

from pathlib import Path

import pytest

from tests.clients.tools import BUILD, SOURCES, run_tool

pytestmark = pytest.mark.clients


def test_redocly_finds_nothing(document: Path) -> None:
    arguments = ("lint", document, "--config", SOURCES / "redocly.yaml", "--format", "json", "--max-problems", "20")
    report = run_tool("redocly", *arguments, folder=BUILD)
    assert '"errors": 0' in report, report
    assert '"warnings": 0' in report, report


def test_spectral_finds_nothing(document: Path) -> None:
    arguments = ("lint", document, "--ruleset", SOURCES / "spectral.yaml", "--fail-severity", "warn")
    assert "No results" in run_tool("spectral", *arguments, folder=BUILD)


def test_it_is_valid_by_the_schema_of_the_specification(document: Path) -> None:
    assert run_tool("openapi-spec-validator", document, folder=BUILD).endswith("OK\n")
