"""The round with FastMCP: an assistant lists, reads, builds and swaps with tools, and reads files as resources."""

import asyncio
import base64
import json
import os

import httpx2
from fastmcp import Client, FastMCP
from fastmcp.exceptions import ToolError
from fastmcp.server.providers.openapi import MCPType, OpenAPITool, RouteMap
from fastmcp.utilities.openapi import HTTPRoute

PICTURES = RouteMap(methods=["GET"], pattern=r"/figure\.\w+$", mcp_type=MCPType.RESOURCE_TEMPLATE)
"""A picture is bytes: a resource to read, not a tool that returns structured content."""
LEFT_OUT = [RouteMap(tags={tag}, mcp_type=MCPType.EXCLUDE) for tag in ("Editing", "Partners", "Exports", "Offline")]
"""What needs the key of a partner, and files for other programs, are not for an assistant."""
MAX_TOOLS_BYTES = 120_000


def return_text(route: HTTPRoute, component: OpenAPITool) -> None:
    """Let the calendar be text: FastMCP would ask it for structured content."""
    if route.path.endswith(".ics"):
        component.output_schema = None


async def run_tools(assistant: Client) -> None:
    tools = await assistant.list_tools()
    assert {"list_exercises", "get_exercise", "create_session", "swap_exercise"} <= {tool.name for tool in tools}
    assert sum(len(tool.model_dump_json()) for tool in tools) < MAX_TOOLS_BYTES

    page = await assistant.call_tool("list_exercises", {"goal": ["rotation", "extension"], "limit": 2})
    assert len(page.structured_content["items"]) == 2
    one = await assistant.call_tool("get_exercise", {"slug": "open-book"})
    assert one.structured_content["name"] == "Open book"
    few = await assistant.call_tool("get_partial_exercise", {"slug": "open-book", "fields": ["name"]})
    assert few.structured_content == {"name": "Open book"}

    request = {"duration_s": 420, "goals": [{"goal": "rotation"}], "available_equipment": ["chair"]}
    session = (await assistant.call_tool("create_session", request)).structured_content
    first = session["phases"][0]["items"][0]["exercise"]["slug"]
    change = {"session_id": session["id"], "position_in_session": 1, "reason": "dislike"}
    swapped = (await assistant.call_tool("swap_exercise", change)).structured_content
    assert first not in [item["exercise"]["slug"] for phase in swapped["phases"] for item in phase["items"]]


async def read_error(assistant: Client) -> None:
    try:
        await assistant.call_tool("get_exercise", {"slug": "no-such-exercise"})
    except ToolError as error:
        assert "404" in str(error)  # noqa: PT017
    else:
        raise AssertionError("there is no such exercise")


async def read_files(assistant: Client) -> None:
    templates = {template.name: template.uri_template for template in await assistant.list_resource_templates()}
    svg = await assistant.read_resource(templates["get_exercise_figure_svg"].replace("{slug}", "open-book"))
    assert base64.b64decode(svg[0].blob).startswith(b"<svg")
    png = await assistant.read_resource(templates["get_exercise_figure_png"].replace("{slug}", "open-book"))
    assert base64.b64decode(png[0].blob).startswith(b"\x89PNG")
    calendar = await assistant.call_tool("get_reminders_calendar", {"timezone": "Europe/Berlin"})
    assert calendar.content[0].text.startswith("BEGIN:VCALENDAR")


async def main() -> None:
    with open("openapi.json", encoding="utf-8") as file:
        document = json.load(file)
    async with httpx2.AsyncClient(base_url=os.environ["BASE_URL"]) as http:
        server = FastMCP.from_openapi(
            document, client=http, route_maps=[*LEFT_OUT, PICTURES], mcp_component_fn=return_text, validate_output=False
        )
        async with Client(server) as assistant:
            await run_tools(assistant)
            await read_error(assistant)
            await read_files(assistant)


asyncio.run(main())
