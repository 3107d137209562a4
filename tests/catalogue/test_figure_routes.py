"""The illustrations over HTTP: every one in every form, cached for long, and refusals that say what is wrong."""

import gzip
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import brotli
import httpx
import pytest
from PIL import Image

from app.catalogue.figure_responses import find_tempo
from app.figures import assets
from app.figures.motion_loop import MotionTempo
from app.figures.motion_raster import render_motion
from app.figures.palette import DARK, MUSCLE_COLOURS
from app.figures.persons import SKIN_TONES, Appearance
from app.figures.picture_options import PHASES, USUAL_LOOK, PictureLook
from app.kit.settings import PROJECT_ROOT, Settings
from app.rules.muscles import ExerciseMuscles
from tests.app_client import Client
from tests.figures.pixels import read_picture
from tests.kit.raw_asgi import send_raw_request
from tests.kit.test_edge import assert_common_headers, assert_problem

DRAWN_SLUGS = assets.list_drawn_slugs()
OPEN_BOOK = "/v1/exercises/open-book/figure.svg"
CACHE_CONTROL = "public, max-age=86400, stale-while-revalidate=604800"
IMAGE_CSP = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *"
UNCOMPRESSED = {"Accept-Encoding": "identity"}
MUSCLES: tuple[dict[str, str], ...] = ({}, {"muscles": "true"})
KINDS = ("svg", "png", "webp", "gif", "json")
SIDES: tuple[dict[str, str], ...] = ({}, {"side": "left"}, {"side": "right"})


def figure_path(slug: str, kind: str = "svg") -> str:
    return f"/v1/exercises/{slug}/figure.{kind}"


def assert_image(answer: httpx.Response, media_type: str) -> None:
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["content-type"] == media_type
    assert answer.headers["cache-control"] == CACHE_CONTROL
    assert answer.headers["content-security-policy"] == IMAGE_CSP
    assert answer.headers["x-catalogue-serial"].isdigit()
    assert re.fullmatch(r'"[0-9a-f]{32}(-\w+)?"', answer.headers["etag"])
    assert_common_headers(answer)


def list_exercises(client: Client) -> dict[str, dict[str, Any]]:
    page = client.get("/v1/exercises?limit=100").json()
    assert page["next_cursor"] is None
    return {record["slug"]: record for record in page["items"]}


def test_every_exercise_has_its_illustration(client: Client) -> None:
    assert sorted(list_exercises(client)) == list(DRAWN_SLUGS)


@pytest.mark.parametrize("slug", DRAWN_SLUGS)
def test_an_illustration_is_served_in_every_form(slug: str, client: Client) -> None:
    one_sided = assets.get_drawn_side(slug) != "both"
    tempo = find_tempo(client.app.state.catalogue.served.shared, slug)
    for phase in PHASES:
        for theme in assets.THEMES:
            query = {"phase": phase, "theme": theme}
            answers = [client.get(figure_path(slug), params={**query, **side}, headers=UNCOMPRESSED) for side in SIDES]
            for answer, side in zip(answers, SIDES, strict=True):
                assert_image(answer, "image/svg+xml")
                assert answer.content == assets.render_svg(slug, phase, theme, side.get("side"), tempo=tempo)
            assert (answers[1].content != answers[2].content) is one_sided
            assert answers[0].content in (answers[1].content, answers[2].content)
            assert len({answer.headers["etag"] for answer in answers}) == len({answer.content for answer in answers})


def test_the_spine_is_shown_on_request(client: Client) -> None:
    """Animated, too; the PNG of the same drawing differs as well."""
    tempo = find_tempo(client.app.state.catalogue.served.shared, "cat-cow")
    for phase in PHASES:
        shown = client.get(figure_path("cat-cow"), params={"phase": phase, "spine": "true"}, headers=UNCOMPRESSED)
        assert shown.content == assets.render_svg("cat-cow", phase, look=PictureLook(spine=True), tempo=tempo)
    plain, shown = (client.get(figure_path("cat-cow", "png"), params={"spine": word}) for word in ("false", "true"))
    assert plain.content != shown.content


def test_the_muscles_of_the_record_are_shown_on_request(
    settings: Settings, start_client: Callable[[Settings], Client]
) -> None:
    """Another record shows other muscles of the same drawing."""
    client = start_client(settings)
    path, records = figure_path("cat-cow"), client.app.state.catalogue.served.shared.exercises.records
    shown = client.get(path, params={"muscles": "true", "theme": "light"}).text
    assert "Coloured muscles: main work: erector spinae, rectus abdominis; helping: " in shown
    assert client.get(path, params={"muscles": "false"}).content == client.get(path).content
    only = ExerciseMuscles(primary=(), secondary=(), stretched=("obliques",), massaged=())
    records["cat-cow"] = records["cat-cow"].model_copy(update={"muscles": only})
    # Answers of one serial are kept, so the edited record is asked for another picture.
    edited = client.get(path, params={"muscles": "true", "theme": "dark"}).text
    assert "Coloured muscles: stretched: obliques.</desc>" in edited
    assert MUSCLE_COLOURS["primary"] in shown
    assert MUSCLE_COLOURS["primary"] not in edited
    for kind in ("png", "webp", "gif"):
        plain, coloured = (client.get(figure_path("cat-cow", kind), params={"width": 64, **more}) for more in MUSCLES)
        assert coloured.status_code == 200
        assert plain.content != coloured.content


@pytest.mark.parametrize("slug", DRAWN_SLUGS[::15])
def test_a_png_is_served(slug: str, client: Client) -> None:
    phase, theme = PHASES[DRAWN_SLUGS.index(slug) % 3], assets.THEMES[DRAWN_SLUGS.index(slug) % 2]
    answer = client.get(figure_path(slug, "png"), params={"phase": phase, "theme": theme, "width": 64})
    assert_image(answer, "image/png")
    image = read_picture(answer.content)
    assert (image.width, image.height) == (64, 48)


@pytest.mark.parametrize("width", [64, 512, 2048])
def test_a_png_has_the_requested_width(width: int, client: Client) -> None:
    header = client.get(figure_path("cat-cow", "png"), params={"width": width}).content[16:24]
    assert (int.from_bytes(header[:4], "big"), int.from_bytes(header[4:], "big")) == (width, width * 3 // 4)


def test_the_defaults_are_both_and_auto_for_svg_and_both_light_and_512_for_png(client: Client) -> None:
    assert client.get(OPEN_BOOK).content == assets.render_svg("open-book", "both", "auto")
    plain = client.get(figure_path("open-book", "png"))
    explicit = client.get(figure_path("open-book", "png"), params={"phase": "both", "theme": "light", "width": 512})
    assert plain.content == explicit.content


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("frame", "shape"), [("square", (1, 1)), ("portrait", (3, 4)), ("icon", (1, 1))])
def test_a_picture_has_the_shape_of_its_frame(kind: str, frame: str, shape: tuple[int, int], client: Client) -> None:
    """And of a mirrored one without a card, too; an icon stands still."""
    if frame == "icon" and kind not in ("svg", "png"):
        return
    query = {"frame": frame, "side": "left"} | ({"width": "72"} if kind not in ("svg", "json") else {})
    answer = client.get(figure_path("open-book", kind), params=query)
    if kind == "svg":
        found = re.search(r'width="(\d+)" height="(\d+)"', answer.text)
        assert found
        size = int(found[1]), int(found[2])
    elif kind == "json":
        size = answer.json()["w"], answer.json()["h"]
    else:
        size = Image.open(io.BytesIO(answer.content)).size
        assert size[0] == 72
    assert size[0] * shape[1] == size[1] * shape[0]


def test_all_pictures_of_an_exercise_are_listed(client: Client) -> None:
    """Every address answers with every parameter at its first value, and a text is there for each phase and side."""
    listing = client.get("/v1/exercises/open-book/figure").json()
    record = client.get("/v1/exercises/open-book").json()["figure"]
    assert {one["format"]: one["url"] for one in listing["formats"]} == {
        name: record[name] for name in ("svg", "png", "webp", "gif", "lottie")
    }
    for one in listing["formats"]:
        choices = {
            name: part["values"][-1] if part["values"] else part["min"] for name, part in one["parameters"].items()
        }
        if one["format"] == "svg":
            choices["frame"] = "square"
        assert client.get(one["url"], params=choices).headers["content-type"] == one["media_type"], choices
    assert listing["formats"][0]["parameters"].keys() >= {"phase", "theme", "side", "frame"}
    drawn, other = listing["alts"].values()
    assert (next(iter(listing["alts"])), list(drawn), list(other)) == (listing["drawn_side"], [*PHASES], [*PHASES])
    assert (drawn["both"], other["both"]) == (record["alt"], record["alt_other_side"])
    assert (listing["hash"], listing["loop_s"]) == (record["hash"], 9)
    filled = {one["frame"]: one["filled"] for one in listing["frames"]}
    assert filled[listing["best_frame"]]["animated"] == max(share.get("animated", 0) for share in filled.values())
    assert all(0 < share <= 1 for shares in filled.values() for share in shares.values())


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_without_a_background_the_page_shows_through(kind: str, client: Client) -> None:
    path = figure_path("cat-cow", kind)
    plain, card, bare = (
        client.get(f"{path}?theme=dark{more}") for more in ("", "&background=theme", "&background=none")
    )
    assert plain.content == card.content
    assert_image(bare, card.headers["content-type"])
    if kind == "svg":
        assert (card.text.count("<rect"), bare.text.count("<rect")) == (1, 0)
    else:
        assert read_picture(bare.content).read_pixel(40, 40) == (255, 255, 255)
        assert read_picture(card.content).read_pixel(40, 40) == tuple(bytes.fromhex(DARK["bg"][1:]))


@pytest.mark.parametrize("query", ["", "?phase=animated&theme=dark&side=left"])
@pytest.mark.parametrize("kind", ["svg", "png"])
def test_head_has_the_same_headers_without_the_image(kind: str, query: str, client: Client) -> None:
    path = figure_path("open-book", kind) + query.replace("animated", "end" if kind == "png" else "animated")
    full, head = client.get(path), client.request("HEAD", path)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("content-type", "content-length", "etag", "cache-control", "x-catalogue-serial"):
        assert head.headers[name] == full.headers[name]


@pytest.mark.parametrize("path", [OPEN_BOOK, f"{OPEN_BOOK}?phase=animated", figure_path("open-book", "png")])
def test_a_known_etag_is_a_304(path: str, client: Client) -> None:
    first = client.get(path)
    for method in ("GET", "HEAD"):
        again = client.request(method, path, headers={"If-None-Match": first.headers["etag"]})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == first.headers["etag"]
        assert again.headers["cache-control"] == CACHE_CONTROL
    assert client.get(path, headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize("query", [b"", b"phase=animated&theme=light"])
def test_an_svg_is_compressed(query: bytes, client: Client) -> None:
    def answer(encoding: bytes) -> Any:
        return send_raw_request(client, "GET", OPEN_BOOK, query, [(b"accept-encoding", encoding)])

    plain, zipped, packed = answer(b"identity"), answer(b"gzip"), answer(b"br")
    assert gzip.decompress(zipped.content) == brotli.decompress(packed.content) == plain.content
    assert len(packed.content) <= len(zipped.content) < len(plain.content) / 2.5
    assert [response.headers.get("content-encoding") for response in (plain, zipped, packed)] == [None, "gzip", "br"]
    assert len({response.headers["etag"] for response in (plain, zipped, packed)}) == 3
    assert {response.headers["vary"] for response in (plain, zipped, packed)} == {"Accept-Encoding, Authorization"}


def test_a_png_is_not_compressed(client: Client) -> None:
    answer = client.get(figure_path("open-book", "png"))
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("slug", "status"), [("no-such-exercise", 404), ("Open_Book", 422), ("a" * 81, 422), ("open-book-", 422)]
)
def test_an_unknown_or_malformed_slug_is_refused(slug: str, status: int, kind: str, client: Client) -> None:
    assert_problem(client.get(figure_path(slug, kind)), status)


@pytest.mark.parametrize(
    ("kind", "query", "name", "allowed"),
    [
        ("svg", "phase=middle", "phase", ["start", "end", "both", "animated"]),
        ("svg", "theme=pink", "theme", ["light", "dark", "auto"]),
        ("svg", "side=both", "side", ["left", "right"]),
        ("svg", "background=white", "background", ["theme", "none"]),
        ("svg", "width=300", "width", None),
        ("svg", "phase=start&phase=end", "phase", None),
        ("svg", "nonsense=1", "nonsense", None),
        ("png", "phase=animated", "phase", ["start", "end", "both"]),
        ("png", "theme=auto", "theme", ["light", "dark"]),
        ("png", "background=", "background", ["theme", "none"]),
        ("png", "side=", "side", ["left", "right"]),
        ("png", "width=31", "width", None),
        ("svg", "frame=round", "frame", ["landscape", "square", "portrait", "icon"]),
        ("svg", "frame=icon&phase=animated", "frame", ["landscape", "square", "portrait"]),
        ("gif", "frame=icon", "frame", ["landscape", "square", "portrait"]),
        ("png", "width=2049", "width", None),
        ("png", "width=wide", "width", None),
        ("png", "width=100.5", "width", None),
        ("png", "width=true", "width", None),
        ("png", "width=64&width=64", "width", None),
        ("webp", "width=641", "width", None),
        ("webp", "phase=end", "phase", None),
        ("webp", "theme=auto", "theme", ["light", "dark"]),
        ("gif", "background=none", "background", None),
        ("json", "theme=auto", "theme", ["light", "dark"]),
        ("json", "width=300", "width", None),
        ("json", "muscles=true", "muscles", None),
        ("svg", "muscles=all", "muscles", None),
    ],
)
def test_a_wrong_parameter_is_named_with_what_is_allowed(
    kind: str, query: str, name: str, allowed: list[str] | None, client: Client
) -> None:
    problem = assert_problem(client.get(f"{figure_path('open-book', kind)}?{query}"), 422)
    (fault,) = problem["errors"]
    assert (fault["in"], fault["name"]) == ("query", name)
    if allowed is not None:
        assert fault["allowed"] == allowed


@pytest.mark.parametrize("kind", KINDS)
def test_renamed_deleted_and_undrawn_exercises(
    kind: str, settings: Settings, start_client: Callable[[Settings], Client]
) -> None:
    client = start_client(settings)
    exercises = client.app.state.catalogue.served.shared.exercises
    exercises.tombstones |= {"old-book": "open-book", "older-book": "old-book", "lost-book": None}
    exercises.records["undrawn-book"] = exercises.records["open-book"]
    redirect = client.get(f"{figure_path('older-book', kind)}?side=left&theme=dark")
    assert redirect.status_code == 308
    assert redirect.headers["location"] == f"{figure_path('open-book', kind)}?side=left&theme=dark"
    assert assert_problem(client.get(figure_path("lost-book", kind)), 410)["title"] == "Deleted"
    assert assert_problem(client.get(figure_path("undrawn-book", kind)), 404)["title"] == "No illustration"


def test_without_a_renderer_svg_is_offered_instead(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    problem = assert_problem(client.get(figure_path("mountain-pose", "png"), params={"width": 77}), 501)
    assert problem["available"] == ["image/svg+xml"]


@pytest.mark.parametrize("kind", ["webp", "gif"])
def test_without_an_encoder_vectors_are_offered_instead(
    kind: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    problem = assert_problem(client.get(figure_path("mountain-pose", kind), params={"width": 77}), 501)
    assert problem["available"] == ["image/svg+xml", "application/json"]


@pytest.mark.parametrize("kind", ["webp", "gif"])
def test_a_motion_is_served_as_pixels_at_the_tempo_of_the_dose(kind: str, client: Client) -> None:
    """Side, theme and width are those that are asked for."""
    path = figure_path("open-book", kind)
    answer = client.get(path, params={"width": 64, "theme": "dark", "side": "right"})
    assert_image(answer, f"image/{kind}")
    document, loop = assets.load_motion("open-book", "dark", "right", USUAL_LOOK, MotionTempo(3, 3, 3))
    assert answer.content == render_motion(document, loop, 64, "webp" if kind == "webp" else "gif")
    picture = Image.open(io.BytesIO(answer.content))
    assert picture.size == (64, 48)
    assert client.get(path, headers={"If-None-Match": client.get(path).headers["etag"]}).status_code == 304


def test_a_motion_is_served_as_lottie_at_the_tempo_of_the_dose(client: Client) -> None:
    path, tempo = figure_path("open-book", "json"), MotionTempo(3, 3, 3)
    assert client.get(path).content == assets.render_lottie("open-book", tempo=tempo)
    answer = client.get(path, params={"theme": "dark", "side": "right", "background": "none"})
    assert_image(answer, "application/json")
    assert answer.content == assets.render_lottie("open-book", "dark", "right", PictureLook("none"), tempo)
    assert answer.json()["op"] / answer.json()["fr"] == 9


def test_an_animated_svg_has_the_tempo_of_the_dose(client: Client) -> None:
    assert 'dur="9s"' in client.get(OPEN_BOOK, params={"phase": "animated"}).text
    assert 'dur="5s"' in client.get(figure_path("mountain-pose"), params={"phase": "animated"}).text


def test_the_description_names_the_side_that_is_shown(client: Client) -> None:
    illustration = client.get("/v1/exercises/open-book").json()["figure"]
    assert illustration["drawn_side"] == "left"
    assert "on the right side" in illustration["alt"]
    assert illustration["alt_other_side"] == illustration["alt"].replace("right side", "left side")
    for side, alt in (("left", illustration["alt"]), ("right", illustration["alt_other_side"])):
        assert alt in unescape(client.get(OPEN_BOOK, params={"side": side}).text)
        start = unescape(client.get(OPEN_BOOK, params={"side": side, "phase": "start"}).text)
        assert assets.get_alt_text("open-book", "start", side) in start
        assert alt not in start


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_other_methods_are_refused(method: str, client: Client) -> None:
    answer = client.request(method, OPEN_BOOK)
    assert_problem(answer, 405)
    assert set(answer.headers["allow"].split(", ")) >= {"GET", "HEAD"}


def assert_figure(card: dict[str, Any], client: Client) -> None:
    """The links of a record lead to images; the image itself names the credit, too."""
    illustration = card["figure"]
    assert set(illustration) == {
        *("hash", "svg", "png", "webp", "gif", "lottie", "drawn_side", "alt", "alt_other_side", "license", "credit")
    }
    assert illustration["drawn_side"] == assets.get_drawn_side(card["slug"])
    assert (illustration["alt_other_side"] is None) is (illustration["drawn_side"] == "both")
    assert illustration["license"] == "CC-BY-4.0"
    assert illustration["credit"] == assets.CREDIT
    assert illustration["alt"] == assets.get_alt_text(card["slug"], "both")
    assert 40 <= len(illustration["alt"]) <= 520
    drawing = client.get(illustration["svg"])
    assert_image(drawing, "image/svg+xml")
    assert illustration["credit"] in drawing.text
    assert_image(client.request("HEAD", illustration["png"], params={"width": 64}), "image/png")
    assert_image(client.get(illustration["lottie"]), "application/json")


def test_every_record_has_its_illustration(client: Client) -> None:
    for record in list_exercises(client).values():
        assert_figure(record, client)
    assert_figure(client.get("/v1/exercises/wall-angel").json(), client)


def test_a_session_has_the_illustrations_of_its_items(client: Client) -> None:
    request = {
        "duration_s": 900,
        "goals": [{"goal": "rotation"}, {"goal": "strength"}],
        "available_equipment": ["wall"],
    }
    session = client.post("/v1/sessions", json=request).json()
    stored = client.get(f"/v1/sessions/{session['id']}").json()
    for built in (session, stored):
        items = [item for phase in built["phases"] for item in phase["items"]]
        assert len(items) >= 4
        for item in items:
            assert_figure(item["exercise"], client)
        for record in built["exercises"].values():
            assert_figure(record, client)


def test_a_routine_has_the_illustrations_of_its_items(client: Client) -> None:
    routines = client.get("/v1/routines?limit=100").json()["items"]
    assert routines
    for routine in routines:
        cards = [item["exercise"] for phase in routine["session"]["phases"] for item in phase["items"]]
        assert cards
        assert {card["slug"] for card in cards} <= set(DRAWN_SLUGS)
        for card in cards:
            assert card["figure"]["svg"] == figure_path(card["slug"])
    assert_figure(cards[0], client)


SERVER_SCRIPT = """
import asyncio, json, pathlib, sys
for name in ("numpy", "shapely"):
    sys.modules[name] = None
from app.kit.settings import Settings
from app.main import create_app
from tests.app_client import open_async_client
async def main():
    app = create_app(Settings(data_dir=pathlib.Path(sys.argv[1]), secret="a secret of the tests"))
    async with open_async_client(app) as client:
        asked = {"duration_s": 300, "goals": [{"goal": "rotation"}]}
        answers = [await client.get(path) for path in sys.argv[2:]]
        answers.append(await client.post("/v1/sessions", json=asked))
        answers.append(await client.post("/v1/workstation/diagram", json={"stature_cm": 170}))
        print(json.dumps([answer.status_code for answer in answers]))
asyncio.run(main())
"""


def test_a_server_needs_no_drawing_library(seeded_database: Path, tmp_path: Path) -> None:
    shutil.copy(seeded_database, tmp_path / "thoracic.db")
    paths = [OPEN_BOOK, f"{OPEN_BOOK}?phase=animated", figure_path("open-book", "png"), "/gallery", "/v1/exercises"]
    command = [sys.executable, "-c", SERVER_SCRIPT, str(tmp_path), *paths]
    done = subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [200] * 5 + [201, 200]


@pytest.mark.parametrize("kind", KINDS)
def test_another_person_shows_the_exercise(kind: str, client: Client) -> None:
    usual, man, light_man = (
        client.get(
            figure_path("cat-cow", kind), params=params | ({"width": "64"} if kind in ("png", "webp", "gif") else {})
        )
        for params in ({}, {"person": "man"}, {"person": "man", "skin": "light"})
    )
    assert len({usual.content, man.content, light_man.content}) == 3
    assert man.headers["cache-control"] == CACHE_CONTROL


def test_the_varied_person_is_one_of_the_others(client: Client) -> None:
    varied = client.get(OPEN_BOOK, params={"person": "varied"}).content
    persons = assets.list_persons("open-book")
    looks = [Appearance(person, skin) for person in persons for skin in SKIN_TONES]
    assert varied in {assets.render_svg("open-book", look=PictureLook(appearance=look)) for look in looks}


def test_a_person_who_does_not_show_an_exercise_is_refused_with_those_who_do(client: Client) -> None:
    answer = client.get("/v1/exercises/cat-cow/figure.png?person=wheelchair_user")
    assert_problem(answer, 422)
    [error] = answer.json()["errors"]
    assert (error["in"], error["name"]) == ("query", "person")
    assert error["allowed"] == ["woman", "man", "older_person", "larger_person", "varied"]
