"""Programs that read the pages: a library finds and reads oEmbed; JSON-LD is in the words of schema.org."""

import json
from typing import Any

import httpx
import pytest

from tests.pages.reader import PageReader
from tests.site.tools import BUILD, run_tool

pytestmark = pytest.mark.site

RECORDS = ["/exercises/open-book", "/routines/desk-break-3-min-chair"]
TYPED_PAGE = 'import type {{ Graph }} from "schema-dts";\nexport const page: Graph = {graph};\n'
TYPESCRIPT = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2022"]


def test_a_library_finds_and_reads_oembed(served: str) -> None:
    script = (BUILD / "read_oembed.mjs").resolve()
    script.write_text((BUILD.parents[1] / "tests" / "site" / script.name).read_text())
    answers: list[dict[str, Any]] = json.loads(run_tool("node", script, *(served + path for path in RECORDS)))
    for path, answer in zip(RECORDS, answers, strict=True):
        record = httpx.get(f"{served}/v1{path}").json()
        assert (answer["version"], answer["type"], answer["title"]) == ("1.0", "rich", record["name"])
        assert answer["width"] <= 400
        assert f'src="{served}/embed{path}"' in answer["html"]
        assert httpx.get(answer["thumbnail_url"]).headers["content-type"] == "image/png"


def read_graphs(served: str) -> dict[str, Any]:
    """Return the JSON-LD of a sample of exercises and routines, by path."""
    paths = []
    for kind, step in (("exercises", 8), ("routines", 12)):
        items = httpx.get(f"{served}/v1/partial/{kind}?fields=slug&limit=100").json()["items"]
        paths += [f"/{kind}/{item['slug']}" for item in items[::step]]
    with httpx.Client(base_url=served) as client:
        return {path: PageReader(client.get(path).text).blocks["application/ld+json"] for path in paths}


def test_the_json_ld_of_pages_is_in_the_words_of_schema_org(served: str) -> None:
    graphs = read_graphs(served)
    assert len(graphs) > 15
    source = BUILD / "graphs.mts"
    pages = ",\n".join(json.dumps(graph) for graph in graphs.values())
    source.write_text(f'import type {{ Graph }} from "schema-dts";\nexport const pages: Graph[] = [\n{pages}\n];\n')
    run_tool("tsc", *TYPESCRIPT, source)


def test_a_word_that_schema_org_does_not_have_would_be_found(served: str) -> None:
    graph = PageReader(httpx.get(served + RECORDS[0]).text).blocks["application/ld+json"]
    graph["@graph"][0]["exerciseKind"] = "Mobility"
    source = BUILD / "fault.mts"
    source.write_text(TYPED_PAGE.format(graph=json.dumps(graph)))
    with pytest.raises(AssertionError, match="exerciseKind"):
        run_tool("tsc", *TYPESCRIPT, source)
