"""Python clients: generated, and run against a live server."""

import shutil
from pathlib import Path

import pytest

from tests.clients.tools import PYTHON_TOOLS, SOURCES, make_folder, run_tool

pytestmark = pytest.mark.clients

ROUNDS = SOURCES / "python"


def test_openapi_python_client_drops_nothing_and_runs_the_round(document: Path, base_url: str) -> None:
    folder = make_folder("openapi-python-client")
    config = ROUNDS / "openapi_python_client.yaml"
    arguments = ("--path", document, "--output-path", folder / "client", "--meta", "none", "--config", config)
    output = run_tool("openapi-python-client", "generate", *arguments, "--overwrite", folder=folder)
    assert "arning" not in output, output
    run_round("openapi_python_client.py", folder, base_url)


def test_openapi_generator_runs_the_round(document: Path, base_url: str) -> None:
    folder = make_folder("openapi-generator-python")
    arguments = ("-g", "python", "-i", document, "-o", folder, "--package-name", "client")
    run_tool("openapi-generator-cli", "generate", *arguments, folder=folder)
    run_round("openapi_generator.py", folder, base_url)


@pytest.mark.parametrize("flags", [(), ("--ignore-enum-constraints",)], ids=["words-are-enums", "words-are-open"])
def test_models_take_live_answers_and_those_of_later_versions(
    flags: tuple[str, ...], document: Path, base_url: str, request: pytest.FixtureRequest
) -> None:
    variant = request.node.callspec.id
    folder = make_folder(f"datamodel-code-generator-{variant}")
    arguments = ("--input", document, "--input-file-type", "openapi", "--output", folder / "models.py")
    style = ("--output-model-type", "pydantic_v2.BaseModel", "--formatters", "builtin")
    run_tool("datamodel-codegen", *arguments, *style, *flags, folder=folder)
    run_round("datamodel_code_generator.py", folder, base_url, variant)


def run_round(name: str, folder: Path, base_url: str, *arguments: str) -> None:
    """Run a round beside the client that was generated for it."""
    shutil.copy(ROUNDS / name, folder / "round.py")
    run_tool(PYTHON_TOOLS / "python", "round.py", *arguments, folder=folder, BASE_URL=base_url)
