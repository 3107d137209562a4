"""The Lottie animation shows what the SVG shows, at every moment, in a player of its own."""

import gzip
import json
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from typing import Any

import pytest
import thorvg_python as thorvg

from app.figures import assets
from app.figures.motion_frames import FrameWriter
from app.figures.motion_loop import STANDARD_TEMPO, MotionTempo
from app.figures.palette import LIGHT, THEMES
from app.figures.picture_options import USUAL_LOOK, Background, PictureLook
from app.figures.raster import render_png
from app.kit.closed_lists import list_words
from tests.figures.pixels import Picture, read_picture

SLUGS = assets.list_drawn_slugs()
SIZE = (200, 150)
TEMPOS = [STANDARD_TEMPO, MotionTempo(2, 1, 3), MotionTempo(3, 0, 3)]


@lru_cache(maxsize=1)
def engine() -> thorvg.Engine:
    return thorvg.Engine(threads=0)


def play(lottie: bytes, seconds: Sequence[float], size: tuple[int, int] = SIZE) -> list[Picture]:
    """Return what ThorVG, the player of dotLottie, shows at moments of the animation."""
    canvas, animation = thorvg.SwCanvas(engine()), thorvg.LottieAnimation(engine())
    canvas.set_target(*size)
    picture = animation.get_picture()
    assert picture.load_data(lottie, "lottie+json", None, True) == thorvg.Result.SUCCESS
    picture.set_size(*size)
    canvas.add(picture)
    frame_rate, shown = json.loads(lottie)["fr"], []
    for moment in seconds:
        animation.set_frame(moment * frame_rate)
        canvas.update()
        canvas.draw(True)
        canvas.sync()
        shown.append(Picture(canvas.get_pillow()))
    canvas.destroy()
    return shown


def draw(slug: str, theme: str, side: str | None, positions: Sequence[float]) -> list[Picture]:
    """Return the positions among the samples, as the renderer of the PNG shows them."""
    writer = FrameWriter(*assets.load_motion(slug, theme, side, USUAL_LOOK, STANDARD_TEMPO))
    return [read_picture(render_png(writer.write_frame(at), SIZE[0])) for at in positions]


@pytest.mark.parametrize("slug", [*SLUGS[::12], "shoulder-rolls"])
def test_a_player_shows_what_the_svg_shows(slug: str) -> None:
    """In the middle of the way out, at the end and on the way back; themes and sides take turns."""
    number = SLUGS.index(slug)
    theme, side = ("light", "dark")[number % 2], (None, "left", "right")[number % 3]
    _, loop = assets.load_motion(slug, theme, side, USUAL_LOOK, STANDARD_TEMPO)
    last = loop.move_count - 1
    back = last + 1 + (loop.return_count - 1) * 0.3 if loop.return_count else last * 0.7
    moments = [
        loop.move_start_s + (loop.move_end_s - loop.move_start_s) * 0.55,
        (loop.move_end_s + loop.return_start_s) / 2,
        loop.return_start_s + (loop.return_end_s - loop.return_start_s) * 0.3,
    ]
    shown = play(assets.render_lottie(slug, theme, side), moments)
    for played, drawn in zip(shown, draw(slug, theme, side, [last * 0.55, last, back]), strict=True):
        assert played.mean_difference(drawn) < 1


def list_layers(lottie: Any) -> list[Any]:
    return [*lottie["layers"], *(layer for asset in lottie["assets"] for layer in asset["layers"])]


@pytest.mark.parametrize("tempo", TEMPOS)
@pytest.mark.parametrize("slug", ["open-book", "shoulder-rolls"])
def test_the_times_are_those_of_the_tempo(slug: str, tempo: MotionTempo) -> None:
    lottie = json.loads(assets.render_lottie(slug, tempo=tempo))
    assert (lottie["op"] - lottie["ip"]) / lottie["fr"] == sum(tempo)
    keyframes = lottie["layers"][0]["tm"]["k"]
    times = [keyframe["t"] / lottie["fr"] for keyframe in keyframes]
    assert times == sorted(set(times))
    assert times[0] == tempo.rest_s / 2
    assert times[-1] == sum(tempo) - tempo.rest_s / 2
    for layer in lottie["assets"][0]["layers"]:
        assert 0 <= layer["ip"] < layer["op"]


def test_the_first_run_is_shown_until_the_last_moment_of_a_loop() -> None:
    lottie = assets.render_lottie("shoulder-rolls", tempo=MotionTempo(2, 0, 2))
    first, last = play(lottie, [0, 3.999])
    assert first.mean_difference(last) < 0.5


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_is_one_of_the_theme(theme: str) -> None:
    text = assets.render_lottie("band-row", theme).decode()
    assert "tmf" not in text
    paints = [
        item
        for layer in list_layers(json.loads(text))
        for group in layer.get("shapes", ())
        for item in group["it"]
        if item["ty"] in ("fl", "st")
    ]
    tones = {tuple(bytes.fromhex(colour[1:])) for colour in THEMES[theme].values()}
    assert {tuple(round(channel * 255) for channel in paint["c"]["k"][:3]) for paint in paints} <= tones
    assert {paint["ty"] for paint in paints} == {"fl", "st"}


def test_without_background_the_card_is_missing() -> None:
    card, bare = (
        json.loads(assets.render_lottie("cat-cow", look=PictureLook(name))) for name in list_words(Background)
    )
    assert (len(card["layers"]), len(bare["layers"])) == (2, 1)
    assert card["layers"][0] == bare["layers"][0]


def test_the_text_alternative_is_inside_for_the_side_that_is_shown() -> None:
    for side in ("left", "right"):
        lottie = json.loads(assets.render_lottie("open-book", side=side))
        svg = unescape(assets.render_svg("open-book", "animated", "light", side).decode())
        assert f"<title>{lottie['nm']}</title>" in svg
        assert f"<desc>{lottie['meta']['d']}</desc>" in svg
        assert assets.get_alt_text("open-book", "animated", side) in lottie["meta"]["d"]


def test_animations_are_small_on_average() -> None:
    sizes = [len(gzip.compress(assets.render_lottie(slug), 6)) for slug in SLUGS]
    assert sum(sizes) / len(sizes) <= 25_000


@pytest.mark.parametrize("slug", ["chair-twist", "shoulder-rolls"])
def test_the_spine_is_over_everything_in_motion(slug: str) -> None:
    """In a player as in the frames of pixels; nothing else changes."""
    look = PictureLook(spine=True)
    plain, lined = (json.loads(assets.render_lottie(slug, look=one)) for one in (USUAL_LOOK, look))
    bare, shown = plain["assets"][0]["layers"], lined["assets"][0]["layers"]
    (line,) = shown[: -len(bare)]
    assert shown[1:] == bare
    assert (line["ip"], line["op"]) == (0, max(layer["op"] for layer in bare))
    document, loop = assets.load_motion(slug, "light", None, look, STANDARD_TEMPO)
    for position in (0.0, 2.5, loop.move_count - 1.0, loop.sample_count - 1.0):
        frame = FrameWriter(document, loop).write_frame(position)
        assert frame.count(LIGHT["spine"]) == 1
        assert frame.count("<path", frame.index(LIGHT["spine"])) == 0
