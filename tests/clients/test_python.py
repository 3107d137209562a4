"""Python clients: generated, and run against a live server."""

import shutil
from pathlib import Path

import pytest

from tests.clients.tools import PYTHON_TOOLS, SOURCES, generate_client, make_folder, run_tool

pytestmark = pytest.mark.clients

ROUNDS = SOURCES / "python"


def test_openapi_python_client_drops_nothing_and_runs_the_round(document: Path, base_url: str) -> None:
    folder = make_folder("openapi-python-client", document)
    shutil.copy(ROUNDS / "openapi_python_client.yaml", folder)
    output = generate_client("Python with openapi-python-client", folder)
    assert "arning" not in output, output
    run_round("openapi_python_client.py", folder, base_url)


def test_openapi_generator_runs_the_round(document: Path, base_url: str) -> None:
    folder = make_folder("openapi-generator-python", document)
    generate_client("Python with openapi-generator", folder)
    run_round("openapi_generator.py", folder, base_url)


@pytest.mark.parametrize("variant", ["words-are-open", "words-are-enums"])
def test_models_take_live_answers_and_those_of_later_versions(variant: str, document: Path, base_url: str) -> None:
    folder = make_folder(f"datamodel-code-generator-{variant}", document)
    without = "--ignore-enum-constraints" if variant == "words-are-enums" else ""
    generate_client("Python models with datamodel-code-generator", folder, without)
    run_round("datamodel_code_generator.py", folder, base_url, variant)


def test_fastmcp_gives_an_assistant_tools_and_pictures(document: Path, base_url: str) -> None:
    run_round("fastmcp_openapi.py", make_folder("fastmcp", document), base_url)


def run_round(name: str, folder: Path, base_url: str, *arguments: str) -> None:
    """Run a round beside the client that was generated for it."""
    shutil.copy(ROUNDS / name, folder / "round.py")
    run_tool(PYTHON_TOOLS / "python", "round.py", *arguments, folder=folder, BASE_URL=base_url)
