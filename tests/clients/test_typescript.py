"""TypeScript clients: generated, compiled under `strict`, run by Node.js against a live server."""

import shutil
from pathlib import Path

import pytest

from tests.clients.tools import NODE_TOOLS, SOURCES, assert_file_names_differ, make_folder, run_tool

pytestmark = pytest.mark.clients

GENERATORS = {
    "openapi-fetch": (
        "openapi-typescript",
        "../openapi.json",
        "--default-non-nullable=false",
        "-o",
        "client/schema.ts",
    ),
    "hey-api": ("openapi-ts", "-i", "../openapi.json", "-o", "client", "-c", "@hey-api/client-fetch"),
    "orval": ("orval", "--config", "orval.config.mjs"),
    "kubb": ("kubb", "generate", "--config", "kubb.config.mjs"),
}


@pytest.mark.parametrize("client", GENERATORS)
def test_the_client_compiles_and_runs_the_round(client: str, document: Path, base_url: str) -> None:
    folder = make_folder(client)
    for file in (SOURCES / "typescript").glob("*.*"):
        if file.suffix != ".ts":
            shutil.copy(file, folder)
    shutil.copy(SOURCES / "typescript" / f"{client}.ts", folder / "round.ts")
    generator, *arguments = GENERATORS[client]
    run_tool(NODE_TOOLS / generator, *arguments, folder=folder, BASE_URL=base_url)
    assert_file_names_differ(folder)
    run_tool(NODE_TOOLS / "tsc", folder=folder)
    run_tool("node", "compiled/round.js", folder=folder, BASE_URL=base_url)
