"""The player of forty lines in docs/clients.md: it plays ten sessions to the end with nothing but the timeline."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser

from app.kit.closed_lists import list_words
from app.kit.settings import PROJECT_ROOT
from app.rules.vocabulary import Goal

pytestmark = pytest.mark.browser

SPEED = 30
KIT = ["chair", "mat", "resistance_band", "dumbbell", "pullup_bar"]
GOALS = list_words(Goal)[:9]
SCREENS = """count => document.body.innerHTML = Array.from({length: count}, () =>
    `<section><img width="160" height="120"><h2 data-show="name"></h2><p data-show="text"></p>
     <p data-show="place"></p><p data-show="clock"></p></section>`).join("")"""
LOAD = """async sessions => {
    window.played = await Promise.all(sessions.map(async session =>
        ({session, pictures: await loadPictures(session, location.href), seen: [], said: []})));
}"""
PLAY = """async speed => Promise.all(played.map(async ({session, pictures, seen, said}, index) => {
    const screen = document.querySelectorAll("section")[index];
    const read = part => screen.querySelector(`[data-show=${part}]`).textContent;
    const image = screen.querySelector("img");
    await playSession(session, pictures, screen, speed, text => {
        said.push(text);
        seen.push([read("name"), read("text"), image.hidden ? null : image.src]);
    });
}))"""
RESULTS = """async () => Promise.all(played.map(async ({session, pictures, seen, said}) => ({
    said,
    names: seen.map(([name]) => name),
    texts: seen.map(([, text]) => text),
    addresses: seen.map(([, , address]) => [...pictures].find(([, blob]) => blob === address)?.[0] ?? null),
    widths: await Promise.all([...pictures.values()].map(async blob => {
        const image = new Image();
        image.src = blob;
        await image.decode();
        return image.naturalWidth;
    })),
})))"""


def read_player() -> str:
    """Return the lines of the documentation."""
    page = (PROJECT_ROOT / "docs" / "clients.md").read_text()
    section = page.split("\n## Play a session\n")[1].split("\n## ")[0]
    found = re.search(r"```js\n(.*?)```", section, re.DOTALL)
    assert found
    return found[1]


def build_sessions(served: str) -> list[dict[str, Any]]:
    """Return ten sessions: the example, and one for each of nine goals, of two to four minutes."""
    sessions = [httpx.get(f"{served}/v1/sessions/example").json()]
    for number, goal in enumerate(GOALS):
        request = {"duration_s": 120 + 30 * (number % 5), "goals": [{"goal": goal}], "available_equipment": KIT}
        answer = httpx.post(f"{served}/v1/sessions", params={"exercise_records": "false"}, json=request, timeout=60)
        assert answer.status_code == 201, answer.text
        sessions.append(answer.json())
    return sessions


def test_forty_lines_play_ten_sessions_without_a_network(served: str, browser: Browser) -> None:
    """At thirty times the speed, all at once. A busy machine plays later, and says the same."""
    player = read_player()
    assert len(player.splitlines()) <= 40
    sessions = build_sessions(served)
    assert len(sessions) == 10
    context = browser.new_context(bypass_csp=True)  # an app has a policy of its own
    page = context.new_page()
    page.goto(f"{served}/routines")
    page.add_script_tag(content=player)
    page.evaluate(SCREENS, len(sessions))
    page.evaluate(LOAD, sessions)
    context.set_offline(True)
    page.evaluate(PLAY, SPEED)
    for session, result in zip(sessions, page.evaluate(RESULTS), strict=True):
        lines = [(event, line["text"]) for event in session["timeline"] for line in event["say"]]
        assert result["said"] == [text for _, text in lines]
        assert result["names"] == [event["name"] for event, _ in lines]
        assert result["texts"] == [event["text"] for event, _ in lines]
        assert result["addresses"] == [event["figure"] for event, _ in lines]
        assert all(width > 0 for width in result["widths"])
    context.close()
