"""Checks of the drawing itself, where those of `checks` are about the posture: what a person would call a blemish."""

from collections.abc import Iterator

import numpy as np
import shapely

from app.figures.drawing.camera import Camera
from app.figures.drawing.documents import RenderedFigure
from app.figures.drawing.furniture import FURNITURE_DRAWERS
from app.figures.drawing.geometry import Array
from app.figures.drawing.head import face_shape
from app.figures.drawing.joint_limits import PoseFinding
from app.figures.drawing.layers import Layer
from app.figures.drawing.neck import near_rim
from app.figures.drawing.posefile import PosedFigure
from app.figures.drawing.scene import Scene, camera_of
from app.figures.drawing.skeleton import ARM, NECK_NODE, SIDES, Body
from app.figures.drawing.svg import HEIGHT_PX, PADDING_PX, WIDTH_PX
from app.figures.drawing.viewport import UNITS_PER_PIXEL

MAX_BELOW_COLLAR_CM = 1.2
"""The neck may reach this far beyond the rim of the collar, along the neck."""
MIN_HAIR_CM = 1.0
"""A patch of hair that is smaller is a speck."""
MAX_COVERED_FACE_CM2 = 25.0
"""Furniture before the face may cover this much of it."""
MIN_FILLED_SHARE = 1 / 3
"""A drawing fills this share of its canvas, unless it reaches from edge to edge."""
EDGE_TOLERANCE_PX = 40.0
"""A drawing reaches from edge to edge when less than this remains beyond the padding: an arrow may stand there."""
MIN_SLANT_DEG = 18.0
"""An arm's bone that is seen keeps this angle to the line of sight; nearer to it, it is a stump."""
MIN_SEEN_SHARE = 0.5
"""A bone of which less is seen is none, whatever its direction."""
FREE_STANDING = ("bar", "post")
"""Kinds of props that stand on the floor on feet of their own."""


def check_drawing(figure: PosedFigure, rendered: RenderedFigure) -> list[PoseFinding]:
    """Return the blemishes of a drawing; none of the checks that its pose file allows."""
    camera, scenes = camera_of(figure), rendered.scenes
    findings = [*_check_shades(scenes), *_check_stands(figure, scenes[0]), *_check_size(rendered)]
    for sample, scene in enumerate(scenes):
        moment = sample / (len(scenes) - 1)
        layers = {layer.name: layer for layer in scene.layers}
        findings += check_collar(layers["neck"], scene.body, camera, moment)
        findings += check_specks(layers["head"], moment)
        findings += check_face(scene, camera, moment)
    for moment, scene in ((0.0, scenes[0]), (1.0, scenes[-1])):
        findings += check_stumps(scene, camera, moment)
    return [finding for finding in findings if finding.check not in figure.allowed_findings]


def check_collar(neck: Layer, body: Body, camera: Camera, moment: float) -> Iterator[PoseFinding]:
    """Yield a finding when the neck lies over the shirt below the collar: like a tongue, a bib or a ball."""
    axis = camera.project(body.spine_frames[NECK_NODE][:, 1])
    down = -axis / max(float(np.hypot(*axis)), 1e-6)
    outline = np.asarray(shapely.get_coordinates(neck.shape))
    below = float((outline @ down).max() - (near_rim(body, camera) @ down).max())
    if below > MAX_BELOW_COLLAR_CM:
        yield PoseFinding("collar", moment, f"the neck reaches {below:.1f} cm below the collar")


def check_specks(head: Layer, moment: float) -> Iterator[PoseFinding]:
    """Yield a finding for a patch of hair that is too small to be hair."""
    for stroke in head.strokes:
        if stroke.tone == "hair" and stroke.has_size and float(np.ptp(stroke.points, axis=0).max()) < MIN_HAIR_CM:
            yield PoseFinding("speck", moment, "a speck of hair lies on the head")


def check_face(scene: Scene, camera: Camera, moment: float) -> Iterator[PoseFinding]:
    """Yield the furniture that is drawn over the face."""
    face = face_shape(scene.body, camera)
    after = scene.layers[scene.order.index("head") + 1 :]
    for layer in after:
        kind = layer.name.split(".")[0].rstrip("0123456789")
        if kind in FURNITURE_DRAWERS and float(layer.shape.intersection(face).area) > MAX_COVERED_FACE_CM2:
            yield PoseFinding(
                "face", moment, f"{layer.name} covers the face: move the camera or the prop, or use order"
            )


def check_stumps(scene: Scene, camera: Camera, moment: float) -> Iterator[PoseFinding]:
    """Yield the bones of an arm that point at the viewer, or away from it, and are not hidden."""
    for side in SIDES:
        for name, bone in zip(("upper", "fore"), scene.body.bones(ARM, side), strict=True):
            slant = np.degrees(np.arccos(min(1.0, abs(camera.depth_of(bone)))))
            layer_index = scene.order.index(name + side)
            shape = scene.layers[layer_index].shape
            seen = shape.difference(shapely.union_all([layer.shape for layer in scene.layers[layer_index + 1 :]]))
            if slant < MIN_SLANT_DEG and float(seen.area) > MIN_SEEN_SHARE * float(shape.area):
                words = "is a stump: turn the camera, or the elbow"
                yield PoseFinding(
                    "stump", moment, f"{name}{side} is {slant:.0f} degrees off the line of sight and {words}"
                )


def _check_shades(scenes: list[Scene]) -> Iterator[PoseFinding]:
    """Yield the layers that change their tone on the way: they would flicker."""
    first = {layer.name: [stroke.tone for stroke in layer.strokes] for layer in scenes[0].layers}
    for sample, scene in enumerate(scenes):
        for layer in scene.foreground_layers():
            if "." not in layer.name and [stroke.tone for stroke in layer.strokes] != first[layer.name]:
                yield PoseFinding("shade", sample / (len(scenes) - 1), f"{layer.name} changes its tone")


def _check_stands(figure: PosedFigure, scene: Scene) -> Iterator[PoseFinding]:
    """Yield the bars and posts that stand on nothing; what stands below a crop is not seen."""
    if figure.crop_above_cm is not None:
        return
    for prop_index, spec in enumerate(figure.props):
        name = f"{spec['kind']}{prop_index}.foot"
        if spec["kind"] in FREE_STANDING and not any(layer.name.startswith(name) for layer in scene.layers):
            yield PoseFinding("stand", 0.0, f"{spec['kind']}{prop_index} stands on nothing")


def _check_size(rendered: RenderedFigure) -> Iterator[PoseFinding]:
    """Yield a finding for a drawing that is small in its frame though it could be larger."""
    points = np.vstack([_units(scene, rendered) for scene in rendered.scenes])
    low, high = np.maximum(points.min(0), 0), np.minimum(points.max(0), [WIDTH_PX, HEIGHT_PX])
    width, height = map(float, high - low)
    free = min(WIDTH_PX - width, HEIGHT_PX - height) - 2 * PADDING_PX
    share = width * height / (WIDTH_PX * HEIGHT_PX)
    if share < MIN_FILLED_SHARE and free > EDGE_TOLERANCE_PX:
        yield PoseFinding("size", 1.0, f"the drawing fills only {share:.0%} of its frame: crop it with `frame`")


def _units(scene: Scene, rendered: RenderedFigure) -> Array:
    """Return corners of all layers of a scene in pixels."""
    boxes = np.array([layer.shape.bounds for layer in scene.layers]).reshape(-1, 2)
    return rendered.viewport.to_units(boxes) / UNITS_PER_PIXEL
