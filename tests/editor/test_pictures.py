"""Pictures of own exercises: uploaded with a key, shown with a key of the same partner and nowhere else."""

import io
from typing import Any

import httpx
import pytest
from PIL import Image

from app.catalogue import own_figures
from tests.editor.conftest import EditorClient
from tests.editor.test_own_exercises import DRILL, Partner, write_drill

SLUG = DRILL.rpartition("/")[2]
START, END = f"{DRILL}/figure/start", f"{DRILL}/figure/end"
SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">
<rect width="400" height="300" fill="#f00"/></svg>"""
TEXTS = {"alt": "Standing with the back to a wall.", "license": "CC-BY-4.0"}
ANY = {"If-Match": "*"}


def encode_png(colour: str = "#00f") -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (200, 150), colour).save(output, "png")
    return output.getvalue()


def upload(
    partner: Partner, path: str, content: bytes = SVG, media_type: str = "image/svg+xml", **query: Any
) -> httpx.Response:
    headers = {"Content-Type": media_type, **query.pop("headers", ANY)}
    return partner.request("PUT", path, content=content, headers=headers, params=TEXTS | query)


@pytest.fixture
def gym(editor: EditorClient) -> Partner:
    partner = Partner(editor, "gym")
    assert write_drill(editor, partner).status_code == 201
    return partner


def pixel(answer: httpx.Response, x: int, y: int) -> tuple[int, ...]:
    found = Image.open(io.BytesIO(answer.content)).convert("RGBA").getpixel((x, y))
    assert isinstance(found, tuple)
    return tuple(map(int, found))


def test_a_picture_is_shown_with_the_key_alone(editor: EditorClient, gym: Partner) -> None:
    before = gym.request("GET", DRILL)
    assert before.json()["figure"] is None
    assert gym.request("GET", f"{DRILL}/figure.svg").json()["detail"].startswith("'gym--wall-drill' has no picture yet")
    etag = before.headers["ETag"].replace("-gzip", "")
    stored = upload(gym, START, headers={"If-Match": etag})
    assert (stored.status_code, stored.content) == (204, b"")
    assert upload(gym, END, headers={"If-Match": etag}).status_code == 412
    later = upload(
        gym, END, encode_png(), "image/png", alt="The arms are up.", headers={"If-Match": stored.headers["ETag"]}
    )
    assert later.status_code == 204, later.text
    figure = gym.request("GET", DRILL).json()["figure"]
    assert figure | {"hash": ""} == {
        "hash": "",
        **{name: f"{DRILL}/figure.{name}" for name in ("svg", "png", "webp")},
        "gif": None,
        "lottie": None,
        "drawn_side": "both",
        "alt_other_side": None,
        "alt": f"{TEXTS['alt']} The arms are up.",
        "license": "CC-BY-4.0",
        "credit": "Gym Ltd",
    }
    svg = gym.request("GET", f"{DRILL}/figure.svg?phase=start&v={figure['hash']}")
    assert svg.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "sandbox" in svg.headers["Content-Security-Policy"]
    assert svg.headers["X-Content-Type-Options"] == "nosniff"
    assert f"<desc>{TEXTS['alt']} Gym Ltd, CC-BY-4.0.</desc>" in svg.text
    red, blue = (255, 0, 0, 255), (0, 0, 255, 255)
    both = gym.request("GET", f"{DRILL}/figure.png?width=200")
    assert (pixel(both, 50, 75), pixel(both, 150, 75)) == (red, blue)
    assert pixel(gym.request("GET", f"{DRILL}/figure.png?phase=end"), 5, 5) == blue
    assert pixel(gym.request("GET", f"{DRILL}/figure.webp"), 100, 150) == red
    for path in ("figure.gif", "figure.json"):
        answer = gym.request("GET", f"{DRILL}/{path}")
        assert (answer.status_code, "figure.webp" in answer.json()["detail"]) == (404, True)
    body = {"duration_s": 180, "goals": [{"goal": "rotation"}], "available_equipment": ["chair"], "include": [SLUG]}
    built = gym.request("POST", "/v1/sessions", json=body)
    page = gym.request("GET", f"/v1/sessions/{built.json()['id']}/export?format=html").text
    assert page.count(f'alt="{TEXTS["alt"]}"') == page.count('alt="The arms are up."') == 1
    for who in (editor.client, editor, Partner(editor, "beta")):
        for path in ("figure.svg", "figure.png", f"figure.svg?phase=start&v={figure['hash']}", "figure.webp"):
            assert who.request("GET", f"{DRILL}/{path}").status_code == 404


def test_pictures_follow_a_rename_and_go_with_their_exercise(editor: EditorClient, gym: Partner) -> None:
    assert upload(gym, START).status_code == 204
    first = gym.request("GET", DRILL).json()["figure"]["hash"]
    patched = gym.request("PATCH", DRILL, json={"slug": "gym--drill", "summary": "Another sentence."}, headers=ANY)
    assert patched.status_code == 200, patched.text
    renamed = DRILL.replace("wall-drill", "drill")
    figure = gym.request("GET", renamed).json()["figure"]
    assert (figure["hash"], figure["svg"]) == (first, f"{renamed}/figure.svg")
    assert gym.request("GET", f"{renamed}/figure.svg").status_code == 200
    assert gym.request("GET", f"{DRILL}/figure.svg", follow_redirects=False).status_code == 308
    taken = gym.request("DELETE", f"{renamed}/figure/start", headers=ANY)
    assert (taken.status_code, gym.request("GET", renamed).json()["figure"]) == (204, None)
    assert upload(gym, f"{renamed}/figure/end").status_code == 204
    assert gym.request("DELETE", renamed, headers=ANY).status_code == 200
    assert own_figures.load_pictures(editor.database, ["gym--drill", "gym--wall-drill"]) == {}
    actions = [item["action"] for item in gym.request("GET", "/v1/audit").json()["items"]]
    assert actions == ["put", "put_picture", "patch", "delete_picture", "put_picture", "delete"]


WRONG: list[tuple[dict[str, Any], int, str]] = [
    ({"content": b"<svg onload='x'/>"}, 422, "The picture is not taken: line 1: the outermost element must be"),
    ({"content": b"no PNG", "media_type": "image/png"}, 422, "The picture is not taken: not PNG"),
    ({"media_type": "image/jpeg"}, 415, "Send the picture with Content-Type: image/svg+xml or image/png or"),
    ({"content": SVG + b" " * 530_000}, 413, "A body may have at most"),
    ({"alt": "short"}, 422, "alt: "),
    ({"license": ""}, 422, "license: "),
    ({"alt": "The arms are\0 up."}, 422, "alt: This should be one line of plain text"),
    ({"credit": "Gym\nLtd"}, 422, "credit: This should be one line of plain text"),
    ({"headers": {}}, 428, "Send If-Match"),
    ({"path": f"{DRILL}/figure/middle"}, 422, "phase: "),
    (
        {"path": "/v1/exercises/gym--nothing/figure/start"},
        404,
        "There is no exercise 'gym--nothing'. Write it",
    ),
    (
        {"path": "/v1/exercises/seated-turn/figure/start"},
        403,
        "The illustrations of 'seated-turn', as of all",
    ),
    ({"path": "/v1/exercises/beta--drill/figure/start"}, 404, "There is no exercise 'beta--drill'. Your own begin"),
]


def test_what_is_wrong_is_told(editor: EditorClient, gym: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    for change, status, detail in WRONG:
        answer = upload(gym, **{"path": START} | change)
        assert (answer.status_code, answer.json()["detail"][: len(detail)]) == (status, detail)
    assert gym.request("GET", DRILL).json()["figure"] is None
    assert editor.client.request("PUT", START, params=TEXTS, content=SVG).status_code == 401
    assert upload(Partner(editor, "gym", ("catalogue:write",)), START).status_code == 403
    assert upload(gym, START).status_code == 204
    monkeypatch.setattr(own_figures, "MAX_PARTNER_BYTES", 600)
    answer = upload(gym, END)
    assert (answer.status_code, answer.json()["title"]) == (409, "No more pictures")
    assert upload(gym, START, alt="The same picture in other words.").status_code == 204
