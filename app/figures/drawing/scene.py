"""A scene: the body of one moment with its props, as layers from back to front."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.arms import arm_layers
from app.figures.drawing.camera import Camera, make_camera
from app.figures.drawing.collar_ends import drop_loose_ends
from app.figures.drawing.draw_order import sort_back_to_front
from app.figures.drawing.furniture import FURNITURE_DRAWERS, PropSpec, fit_mat
from app.figures.drawing.geometry import Array, shrink_to_point, vec
from app.figures.drawing.handheld_props import fit_band, fit_bar
from app.figures.drawing.head import cut_neck_at_head, head_layer
from app.figures.drawing.interpolation import KeyPose, pose_at
from app.figures.drawing.landmarks import find_landmarks
from app.figures.drawing.layers import SHADOW, Layer, Stroke
from app.figures.drawing.legs import leg_layers
from app.figures.drawing.limbs import FILL_INDEX, LOWER_EDGE_INDEX, Shades, choose_shades
from app.figures.drawing.neck import neck_layer
from app.figures.drawing.outline import convex_hull, resample_outline
from app.figures.drawing.posefile import PosedFigure
from app.figures.drawing.props import prop_layers
from app.figures.drawing.scapula_lines import hide_covered_contours, scapula_strokes
from app.figures.drawing.skeleton import SIDES, Body
from app.figures.drawing.solids import SHADOW_DEPTH
from app.figures.drawing.torso import pelvis_layer, torso_layer

SAMPLE_COUNT = 9
"""Scenes from start to end of a motion, both included."""
SHADOW_HEIGHT_CM = 6.0
"""Landmarks lower than this cast a shadow."""
SHADOW_RADIUS_CM = 13.0
"""How far the shadow reaches round a landmark."""
STANDING_HEIGHT_CM = 4.0
"""A body with no landmark lower than this hangs or sits off the floor, and has no shadow."""
STANDING_KINDS = (*FURNITURE_DRAWERS, "bar")
"""Kinds of props that do not move."""
WEIGHT_KINDS = ("dumbbell", "kettlebell")
"""Kinds of props that the hands carry along."""
BAND_PART = ".band"
"""End of the name of a lone band's long part: without it, a ghost of spread arms does not tell what they hold."""
SEEN_BELOW_CROP_CM = 20.0
"""How far below the crop a high or wide picture may still show things: the seat that a person sits on."""
SHADOWLESS_KINDS = ("mat", "wheelchair")
"""Kinds of props that keep the person off the floor."""


@dataclass
class Scene:
    """One moment of a figure, ready to be written."""

    body: Body
    layers: list[Layer]

    @property
    def order(self) -> list[str]:
        """Names of the layers from back to front."""
        return [layer.name for layer in self.layers]

    def background_layers(self) -> list[Layer]:
        """Return the layers that lie behind all others: mat, wall, shadow."""
        return [layer for layer in self.layers if layer.is_background]

    def foreground_layers(self) -> list[Layer]:
        """Return the layers of the person and of the other props."""
        return [layer for layer in self.layers if not layer.is_background]

    def silhouette(self, with_held: bool = False) -> BaseGeometry:
        """Return the person's outline as one area, without props or with no others than weights and a lone band."""
        parts = [layer for layer in self.foreground_layers() if "." not in layer.name]
        if with_held:
            parts += [layer for layer in self.foreground_layers() if _is_held(layer.name)]
        return shapely.union_all([layer.shape for layer in parts])


def _is_held(name: str) -> bool:
    """Return whether a layer is a part of what a ghost holds."""
    return name.endswith(BAND_PART) or (name.startswith(WEIGHT_KINDS) and not name.endswith(".shadow"))


def camera_of(figure: PosedFigure) -> Camera:
    """Return the camera of a figure."""
    return make_camera(**figure.view)


def mannequin_layers(body: Body, camera: Camera, shades: Shades) -> list[Layer]:
    """Return all layers of the mannequin, in no order; `shades` are those of `choose_shades`."""
    torso = torso_layer(body, camera)
    torso.strokes += scapula_strokes(body, camera)
    layers = [
        pelvis_layer(body, camera),
        torso,
        neck_layer(body, camera),
        head_layer(body, camera),
    ]
    for side in SIDES:
        layers += leg_layers(body, camera, side, shades["leg" + side])
        layers += arm_layers(body, camera, side, shades["arm" + side])
    return layers


def sample_scenes(figure: PosedFigure, key_poses: Sequence[KeyPose] = ()) -> list[Scene]:
    """Return the motion of a figure in `SAMPLE_COUNT` scenes, slow at both ends.

    The motion goes through `key_poses`, by default those of the figure.
    """
    camera, props = camera_of(figure), _resolve_props(figure)
    scenes: list[Scene] = []
    for index in range(SAMPLE_COUNT):
        # Even steps in time, uneven ones along the motion: a movement begins and ends gently.
        time = index / (SAMPLE_COUNT - 1)
        eased = time * time * (3 - 2 * time)  # smoothstep
        key_pose = pose_at(key_poses or figure.key_poses, eased)
        scenes.append(_build_scene(figure, key_pose, camera, props, scenes[-1].order if scenes else []))
    return scenes


def motion_background(figure: PosedFigure, first: Scene) -> list[Layer]:
    """Return the background layers of the whole motion: those of its first scene, with the shadow of every key pose."""
    layers = [layer for layer in first.background_layers() if layer.name != SHADOW]
    if not _casts_shadow(figure):
        return layers
    return [_shadow_layer([key_pose.body for key_pose in figure.key_poses], camera_of(figure)), *layers]


def _resolve_props(figure: PosedFigure) -> list[PropSpec]:
    """Return the props with what depends on the whole motion settled: a mat lies under every key pose, a bar stays."""
    bodies = [key_pose.body for key_pose in figure.key_poses]
    fitters: dict[str, Callable[[PropSpec], PropSpec]] = {
        "mat": lambda spec: fit_mat(spec, bodies),
        "bar": lambda spec: fit_bar(spec, bodies[0]),
        "band": lambda spec: fit_band(spec, bodies),
    }
    return [fitters[spec["kind"]](spec) if spec["kind"] in fitters else spec for spec in figure.props]


def _build_scene(
    figure: PosedFigure, key_pose: KeyPose, camera: Camera, props: list[PropSpec], previous_order: list[str]
) -> Scene:
    """Return one moment; the order of the moment before is kept where nothing speaks against it."""
    shades = choose_shades([key.body for key in figure.key_poses], camera)
    layers = mannequin_layers(key_pose.body, camera, shades) + prop_layers(props, key_pose.body, camera)
    if _casts_shadow(figure):
        layers.append(_shadow_layer([key_pose.body], camera))
    wishes = key_pose.pose.get("order") or []
    layers = [layer for layer in layers if _is_above_crop(layer, find_crop_line(figure, camera))]
    ordered = sort_back_to_front(layers, previous_order, [(low, high) for low, high in wishes])
    _hide_covered_edges(ordered)
    hide_covered_contours(ordered)
    drop_loose_ends(ordered)
    cut_neck_at_head(ordered, key_pose.body, camera)
    return Scene(key_pose.body, ordered)


def find_crop_line(figure: PosedFigure, camera: Camera) -> float | None:
    """Return where a cropped picture ends below, in cm on the picture, whose y points down; None for a whole one."""
    if figure.crop_above_cm is None:
        return None
    return float(camera.project(vec(0, figure.crop_above_cm, 0))[1])


def _is_above_crop(layer: Layer, crop_line: float | None) -> bool:
    """Return whether a layer is kept: a part of a thing that stays in its place and lies far below the crop is not."""
    kind = layer.name.split(".")[0].rstrip("0123456789")
    if crop_line is None or kind not in STANDING_KINDS:
        return True
    return float(layer.shape.bounds[1]) < crop_line + SEEN_BELOW_CROP_CM


def _casts_shadow(figure: PosedFigure) -> bool:
    """Return whether the person touches the floor in every key pose; on a mat or on footplates nobody does."""
    if any(spec["kind"] in SHADOWLESS_KINDS for spec in figure.props):
        return False
    return all(
        any(centre[1] - radius < STANDING_HEIGHT_CM for centre, radius in find_landmarks(key_pose.body).values())
        for key_pose in figure.key_poses
    )


def _shadow_layer(bodies: list[Body], camera: Camera) -> Layer:
    """Return a soft patch on the floor under everything that stands or kneels on it in any key pose."""
    spots = [
        vec(centre[0], 0, centre[2])
        for body in bodies
        for centre, radius in find_landmarks(body).values()
        if centre[1] - radius < SHADOW_HEIGHT_CM
    ]
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    circle = np.column_stack([np.cos(angles), angles * 0, np.sin(angles)]) * SHADOW_RADIUS_CM
    shape = convex_hull(np.vstack([camera.project(spot + circle) for spot in spots]))
    points = resample_outline(shape, 24, camera.project(spots[0] + vec(-200, 0, 0)))

    def depth(at: Array) -> Array:
        return np.full(len(at), SHADOW_DEPTH)

    return Layer(SHADOW, [Stroke("fill", "floor", points)], shape, depth, SHADOW_DEPTH, is_background=True)


def _hide_covered_edges(layers: list[Layer]) -> None:
    """Shrink the outline that an upper segment draws for the lower one, where the lower one lies beneath it.

    The outline becomes a point inside the segment, so that all moments of a motion have the same paths.
    """
    places = {layer.name: place for place, layer in enumerate(layers)}
    for upper, lower in (("thigh", "shank"), ("upper", "fore")):
        for side in SIDES:
            place = places[upper + side]
            if place > places[lower + side]:
                edge, fill = layers[place].strokes[LOWER_EDGE_INDEX], layers[place].strokes[FILL_INDEX]
                edge.points = shrink_to_point(fill.points, len(edge.points))
