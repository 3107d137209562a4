"""TypeScript clients: generated, compiled under `strict`, run by Node.js against a live server."""

import shutil
from pathlib import Path

import pytest

from tests.clients.tools import SOURCES, generate_client, make_folder, run_tool

pytestmark = pytest.mark.clients


@pytest.mark.parametrize("client", ["openapi-fetch", "hey-api", "orval", "kubb"])
def test_the_client_compiles_and_runs_the_round(client: str, document: Path, base_url: str) -> None:
    folder = make_folder(client, document)
    sources = SOURCES / "typescript"
    for settings in [*sources.glob("*.json"), *sources.glob("*.mjs")]:
        shutil.copy(settings, folder)
    shutil.copy(sources / f"{client}.ts", folder / "round.ts")
    generate_client(f"TypeScript with {client}", folder, BASE_URL=base_url)
    run_tool("tsc", folder=folder)
    run_tool("node", "compiled/round.js", folder=folder, BASE_URL=base_url)
