"""Draws the session `example` of a running service as a strip: `python docs/images/draw_session_strip.py > FILE.svg`.

Uses nothing but the public API, so it also shows how little a client needs: the timeline and one picture per exercise.
"""

import base64
import json
import sys
import urllib.request
from html import escape

BASE = "http://127.0.0.1:8000"
WIDTH, HEIGHT, MARGIN = 960, 330, 20
BAR_TOP, BAR_HEIGHT, PICTURE_HEIGHT = 232, 30, 150
"""Pixels of the drawing."""
COLOURS = {"introduction": "#8A94C8", "transition": "#E3B04B", "get_ready": "#E3B04B"}
COLOURS |= {"work": "#2F93A1", "switch": "#C9D3DD", "rest": "#C9D3DD"}
LABELS = {"left": "left", "right": "right", "both": "work"}


def fetch(base: str, path: str) -> bytes:
    with urllib.request.urlopen(f"{base}{path}") as answer:
        body: bytes = answer.read()
        return body


def clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"


def text(x: float, y: float, content: str, size: int = 13, weight: int = 400, anchor: str = "start") -> str:
    style = f'font-size="{size}" font-weight="{weight}" text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(content)}</text>'


def draw_events(session: dict, scale: float) -> list[str]:
    parts = []
    for event in session["timeline"][:-1]:  # the last one is the end, and lasts 0 seconds
        x, width = MARGIN + event["at_s"] * scale, event["duration_s"] * scale
        parts.append(
            f'<rect x="{x:.1f}" y="{BAR_TOP}" width="{max(width - 1, 1):.1f}" height="{BAR_HEIGHT}" rx="3" '
            f'fill="{COLOURS[event["kind"]]}"><title>{escape(event["say"][0]["text"])}</title></rect>'
        )
        if event["kind"] == "work" and width > 45:
            label = f"{event['reps']} × {LABELS[event['side']]}" if event["reps"] else LABELS[event["side"]]
            middle = f'<g fill="#FFFFFF">{text(x + width / 2, BAR_TOP + 20, label, 12, 600, "middle")}</g>'
            parts.append(middle)
    return parts


def draw_items(session: dict, scale: float, base: str) -> list[str]:
    """Pictures and names in columns of one width: a short item would have no room for them over its own part."""
    items = [(phase["phase"], item) for phase in session["phases"] for item in phase["items"]]
    column = (WIDTH - 2 * MARGIN) / len(items)
    parts, at_s = [], 0
    for index, (phase, item) in enumerate(items):
        left, card = MARGIN + index * column, item["exercise"]
        picture = base64.b64encode(fetch(base, card["figure"]["svg"] + "?theme=light")).decode()
        parts.append(
            f'<image x="{left:.1f}" y="50" width="{column:.1f}" height="{PICTURE_HEIGHT}" '
            f'href="data:image/svg+xml;base64,{picture}"/>'
        )
        parts.append(text(left + column / 2, 218, card["name"], 13, 600, "middle"))
        parts.append(text(MARGIN + at_s * scale, BAR_TOP + 48, f"{clock(at_s)} {phase}", 12))
        at_s += item["duration_s"]
    return parts


def draw_legend(session: dict) -> list[str]:
    shares = ", ".join(f"{round(100 * goal['actual_share'])} % {goal['goal']}" for goal in session["coverage"])
    parts = [text(MARGIN, 28, f"{session['title']} · {clock(session['duration_s'])} · {shares}", 17, 600)]
    x = MARGIN
    for kind, label in (("work", "work"), ("get_ready", "get ready"), ("rest", "rest, change sides")):
        parts.append(f'<rect x="{x}" y="300" width="14" height="14" rx="3" fill="{COLOURS[kind]}"/>')
        parts.append(text(x + 20, 312, label, 12))
        x += 40 + 8 * len(label)
    return parts


def draw_strip(base: str) -> str:
    """The whole SVG. Raises `urllib.error.URLError` where no service answers at `base`."""
    session = json.loads(fetch(base, "/v1/sessions/example"))
    scale = (WIDTH - 2 * MARGIN) / session["duration_s"]
    parts = [*draw_legend(session), *draw_items(session, scale, base), *draw_events(session, scale)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="system-ui, sans-serif" role="img"><title>{escape(session["title"])}</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="12" fill="#F4F6F8"/>'
        f'<g fill="#22303C">{"".join(parts)}</g></svg>\n'
    )


if __name__ == "__main__":
    sys.stdout.write(draw_strip(sys.argv[1] if len(sys.argv) > 1 else BASE))
