"""The player of docs/clients.md plays any session to the end with nothing but the timeline, without a network."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page

from app.kit.settings import PROJECT_ROOT

pytestmark = pytest.mark.browser

[PLAYER] = re.findall(r"^```js\n(.*?)^```", (PROJECT_ROOT / "docs/clients.md").read_text(), re.MULTILINE | re.DOTALL)
MAX_PLAYER_LINES = 40
SPEED = 30
EQUIPMENT = ["chair", "mat", "resistance_band", "bench"]
REQUESTS: list[dict[str, Any]] = [
    {"duration_s": 60, "goals": [{"goal": "posture"}], "purpose": "desk_break"},
    {"duration_s": 300, "goals": [{"goal": "rotation"}], "stiffer_side": "left"},
    {"duration_s": 300, "goals": [{"goal": "rotation"}, {"goal": "strength"}], "intro": True},
    {"duration_s": 420, "goals": [{"goal": "strength"}], "level": 4},
    {"duration_s": 240, "goals": [{"goal": "breathing"}, {"goal": "recovery"}]},
    {"duration_s": 240, "goals": [{"goal": "stability"}, {"goal": "lateral_flexion"}], "level": 3},
    {"duration_s": 420, "goals": [{"goal": "extension"}, {"goal": "overhead"}], "purpose": "pre_training"},
    {"duration_s": 420, "goals": [{"goal": "rotation"}, {"goal": "flexion"}], "conditions": ["osteoporosis"]},
    {"duration_s": 360, "goals": [{"goal": "extension"}], "age_band": "65+"},
    {"duration_s": 600, "goals": [{"goal": "rotation", "weight": 2}, {"goal": "decompression"}, {"goal": "strength"}]},
]
SCREEN = """
<section>
  <img width="200" height="150" alt="">
  <b data-show="name"></b><i data-show="text"></i><span data-show="place"></span><strong data-show="clock"></strong>
</section>"""
PAGE = f"""<!doctype html><title>Player</title>
<style>
  body {{ display: grid; grid-template-columns: repeat(5, 210px); gap: 8px; font: 14px sans-serif; margin: 8px }}
  section {{ display: grid; align-content: start; min-height: 290px }}
</style>{SCREEN * len(REQUESTS)}"""
LOAD = """async ([base, requests]) => {
  window.parts = await Promise.all(requests.map(async (request, number) => {
    const headers = {"Content-Type": "application/json"};
    const answer = await fetch(`${base}/v1/sessions`, {method: "POST", headers, body: JSON.stringify(request)});
    if (answer.status !== 201) throw new Error(await answer.text());
    const session = await answer.json();
    const screen = document.querySelectorAll("section")[number];
    const seen = [], said = [], broken = [];
    screen.querySelector("img").onerror = () => broken.push(screen.querySelector("img").src);
    const watched = {childList: true, subtree: true, characterData: true};
    new MutationObserver(() => {
      const [name, text] = [...screen.querySelectorAll("b, i")].map((part) => part.textContent);
      const line = `${name}: ${text}`;
      if (seen.at(-1) !== line) seen.push(line);
    }).observe(screen, watched);
    // No slug can be looked up: the player gets the timeline, and nothing else of the session.
    const pictures = await loadPictures({timeline: session.timeline}, answer.url);
    return {timeline: session.timeline, duration: session.duration_s, pictures, screen, seen, said, broken};
  }));
}"""
PLAY = """(speed) => {
  window.isOver = false;
  Promise.all(window.parts.map(async (part) => {
    const begin = performance.now();
    const say = (text) => part.said.push([text, (performance.now() - begin) * speed / 1000]);
    await playSession({timeline: part.timeline}, part.pictures, part.screen, speed, say);
    part.played = (performance.now() - begin) * speed / 1000;
  })).then(() => { window.isOver = true; }, (error) => { window.isOver = String(error); });
}"""
RESULTS = """() => window.parts.map(({timeline, duration, seen, said, broken, played, screen}) => (
  {timeline, duration, seen, said, broken, played, last: screen.innerText}))"""


@pytest.fixture
def player_page(browser: Browser, served: str) -> Iterator[Page]:
    """A page of no origin with ten screens, the player, and ten sessions that are loaded; then the network is cut."""
    context = browser.new_context(viewport={"width": 1120, "height": 640})
    page = context.new_page()
    page.set_content(PAGE)
    page.add_script_tag(content=PLAYER)
    page.evaluate(LOAD, [served, REQUESTS])
    context.set_offline(True)
    yield page
    context.close()


def test_the_player_is_short() -> None:
    assert len([line for line in PLAYER.splitlines() if line.strip()]) <= MAX_PLAYER_LINES
    assert "slug" not in PLAYER
    assert "exercises[" not in PLAYER


def test_ten_sessions_are_played_to_the_end_without_a_network(player_page: Page) -> None:
    page = player_page
    with pytest.raises(Error, match="Failed to fetch"):
        page.evaluate("fetch('http://127.0.0.1/')")
    page.evaluate(PLAY, SPEED)
    page.wait_for_timeout(4000)
    page.screenshot(path=PROJECT_ROOT / "build" / "player.png")
    page.wait_for_function("window.isOver !== false", timeout=120_000)
    assert page.evaluate("window.isOver") is True
    for result in page.evaluate(RESULTS):
        timeline = result["timeline"]
        lines = [(event["at_s"] + line["at_s"], line["text"]) for event in timeline for line in event["say"]]
        assert [text for text, _ in result["said"]] == [text for _, text in lines]
        # Never early, whatever else the machine does.
        assert all(moment >= at_s - 0.2 for (_, moment), (at_s, _) in zip(result["said"], lines, strict=True))
        assert result["played"] >= result["duration"] - 0.2
        shown = [f"{event['name']}: {event['text']}" for event in timeline]
        assert result["seen"] == [line for line, before in zip(shown, ["", *shown], strict=False) if line != before]
        assert result["broken"] == []
        assert result["last"].split("\n")[:2] == [timeline[-1]["name"], "Done"]
