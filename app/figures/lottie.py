"""The moving drawing as a Lottie animation, for native apps: stored layers, with colours, times and side put in.

The layers are a composition of their own whose frames are the samples of the motion. A time remap of one layer plays
them forth and back, so the outlines are stored once and the tempo is a matter of a few keyframes.
"""

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from app.figures.frames import STORED_CANVAS, FrameCanvas, PicturePlacement
from app.figures.motion_loop import MotionLoop
from app.figures.palette import CLASS_PREFIX, OUTLINE_CLASSES, THEMES, list_colour_rules
from app.figures.persons import USUAL_APPEARANCE, Appearance
from app.figures.progress_ring import build_ring_shapes, has_ring

UNITS_PER_PIXEL = 5
"""Units of the stored layers to a pixel: fine enough for whole numbers."""
FRAMES_PER_S = 30
"""Frame rate. Players show moments between frames, too."""
LOTTIE_VERSION = "5.7.0"
"""Version of the player for which the format is written."""
STROKE_CLASS = f"stroke {CLASS_PREFIX}"
"""How the name of a stroke's colour begins in stored layers; that of a fill begins with the class prefix alone."""
OUTLINE = re.compile(
    rf'("{STROKE_CLASS}(?:e-\w+|{"|".join(OUTLINE_CLASSES)})"\}},"o":\{{"a":0,"k":100\}},"w":\{{"a":0,"k":)([\d.]+)'
)
"""The paint of an outline in stored layers, up to its width, and the width."""
COLOUR_NAME = re.compile(rf'"(?:stroke )?{CLASS_PREFIX}([\w-]+)"')


def still_transform(
    position: Sequence[float] = (0, 0), scale: Sequence[float] = (100, 100), opacity: float = 100
) -> dict[str, Any]:
    """Return the transform of a layer or group that does not move: position in pixels, scale and opacity in percent."""
    values = {"a": [0, 0], "p": list(position), "s": list(scale), "r": 0, "o": opacity}
    return {name: {"a": 0, "k": value} for name, value in values.items()}


class LottieLook(NamedTuple):
    """How the drawing is shown: in the light or dark theme, mirrored or not, with or without a card, where, and who."""

    theme: str
    is_mirrored: bool
    has_card: bool
    canvas: FrameCanvas
    placement: PicturePlacement
    appearance: Appearance = USUAL_APPEARANCE


def write_lottie(layers: str, loop: MotionLoop, look: LottieLook, title: str, description: str) -> bytes:
    """Return the Lottie document of stored layers. Raises KeyError for a theme that is not light or dark."""
    end = round(loop.duration_s * FRAMES_PER_S)
    size = {"w": STORED_CANVAS.width * UNITS_PER_PIXEL, "h": STORED_CANVAS.height * UNITS_PER_PIXEL}
    card = [_card_layer(look, end)] if look.has_card else []
    document = {
        "v": LOTTIE_VERSION,
        "nm": title,
        "meta": {"d": description},
        "fr": FRAMES_PER_S,
        "ip": 0,
        "op": end,
        "w": look.canvas.width,
        "h": look.canvas.height,
        "ddd": 0,
        "assets": [{"id": "motion", **size, "layers": []}],
        "layers": [_drawing_layer(loop, end, look) | size, *_ring_layers(loop, end, look), *card],
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    painted = _paint_layers(_scale_outlines(layers, 1 / look.placement.zoom), look)
    return text.replace('"layers":[]', f'"layers":{painted}', 1).encode()


def _scale_outlines(layers: str, factor: float) -> str:
    """Return stored layers with outlines that are wider by a factor."""
    if factor == 1:
        return layers
    return OUTLINE.sub(lambda found: f"{found[1]}{round(float(found[2]) * factor, 1):g}", layers)


def _paint_layers(layers: str, look: LottieLook) -> str:
    """Return stored layers with the colours of a theme and of a person."""
    colours = list_colour_rules(look.theme, look.appearance)
    rules = {name: dict(rule.split(":") for rule in text.split(";")) for name, text in colours.items()}

    def write_colour(found: re.Match[str]) -> str:
        return json.dumps(_to_colour(next(iter(rules[found[1]].values()))), separators=(",", ":"))

    return COLOUR_NAME.sub(write_colour, layers)


def _to_colour(colour: str) -> list[float]:
    """Return a hex colour as red, green, blue and opacity, 0 to 1."""
    return [*(round(channel / 255, 3) for channel in bytes.fromhex(colour.removeprefix("#"))), 1]


def _drawing_layer(loop: MotionLoop, end: int, look: LottieLook) -> dict[str, Any]:
    zoom, x, y = (round(value, 4) for value in look.placement)
    scale = round(zoom * 100 / UNITS_PER_PIXEL, 4)
    place, scales = ((look.canvas.width - x, y), (-scale, scale)) if look.is_mirrored else ((x, y), (scale, scale))
    transform = still_transform(place, scales)
    remap = {"a": 1, "k": _list_keyframes(loop)}
    return {"ty": 0, "ind": 1, "refId": "motion", "st": 0, "ip": 0, "op": end, "ks": transform, "tm": remap}


def _list_keyframes(loop: MotionLoop) -> list[dict[str, Any]]:
    """Return which second of the layers is shown when: they have one sample a frame."""
    last_out = loop.move_count - 1
    first_back, last_back = (loop.move_count, loop.sample_count - 1) if loop.return_count else (last_out, 0)
    moments = [
        (loop.move_start_s, 0),
        (loop.move_end_s, last_out),
        (loop.return_start_s, first_back),
        (loop.return_end_s, last_back),
    ]
    if loop.tempo.hold_s == 0:
        del moments[1 if loop.return_count else 2]  # of two keyframes at one time
    return [
        {
            "t": round(time_s * FRAMES_PER_S, 2),
            "s": [round(sample / FRAMES_PER_S, 5)],
            "i": {"x": [1], "y": [1]},
            "o": {"x": [0], "y": [0]},
        }
        for time_s, sample in moments
    ]


def _ring_layers(loop: MotionLoop, end: int, look: LottieLook) -> list[dict[str, Any]]:
    """Return the layer of the ring behind the drawing, where the motion has a tempo."""
    if not has_ring(loop):
        return []
    shapes = json.loads(_paint_layers(json.dumps(build_ring_shapes(loop, FRAMES_PER_S, look.canvas.width)), look))
    return [{"ty": 4, "ind": 3, "st": 0, "ip": 0, "op": end, "ks": still_transform(), "shapes": shapes}]


def _card_layer(look: LottieLook, end: int) -> dict[str, Any]:
    width, height, corner, _ = look.canvas
    values = {"p": [width / 2, height / 2], "s": [width, height], "r": corner}
    card = {"ty": "rc", **{name: {"a": 0, "k": value} for name, value in values.items()}}
    fill = {"ty": "fl", "c": {"a": 0, "k": _to_colour(THEMES[look.theme]["bg"])}, "o": {"a": 0, "k": 100}}
    group = {"ty": "gr", "it": [card, fill, still_transform() | {"ty": "tr"}]}
    return {"ty": 4, "ind": 2, "st": 0, "ip": 0, "op": end, "ks": still_transform(), "shapes": [group]}
