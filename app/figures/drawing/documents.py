"""All pictures of one exercise (start, end, both and the moving one) as SVG documents without a style sheet."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.animation import render_animation, render_moving_layers
from app.figures.drawing.arrows import Arrow, make_arrows
from app.figures.drawing.muscle_places import Place, take_out_places
from app.figures.drawing.outline import resample_outline
from app.figures.drawing.path_data import smooth_path_data
from app.figures.drawing.picture_bounds import measure_bounds
from app.figures.drawing.posefile import PosedFigure
from app.figures.drawing.scene import Scene, camera_of, find_crop_line, motion_background, sample_scenes
from app.figures.drawing.spine_overlay import spine_layer
from app.figures.drawing.svg import (
    HEIGHT_PX,
    PADDING_PX,
    WIDTH_PX,
    build_document,
    write_arrow,
    write_layers,
    write_path,
)
from app.figures.drawing.viewport import MAX_PIXELS_PER_CM, Viewport, bounds_of_points, fit_viewport
from app.figures.palette import CLASS_PREFIX
from app.figures.rectangle import Rectangle, unite_rectangles
from app.figures.texts import FigureTexts
from app.texts.loader import load_texts

MAX_CROPPED_PIXELS_PER_CM = 3.0
"""Largest scale where only head and trunk are shown."""
LARGE_MOVEMENT_SHARE = 0.16
"""A movement is large when this share of the start's area is no longer covered at the end."""
GHOST_POINT_DISTANCE_CM = 2.5
"""Distance of the points of the ghost's outline: a hand keeps its shape."""
SMALL_HOLE_CM2 = 12.0
"""A hole of the ghost up to this area is closed."""
GHOST_RIM_CM = 0.4
"""How far the ghost stands out of the silhouette, as the outlines of the end do."""
GHOST_SLIVER_CM = 3.0
"""A ghost that stands out of the end by less would be a halo round what has hardly moved; it is left out."""
GHOST_SCRAP_CM2 = 50.0
"""A piece of the ghost of which less is seen tells nothing, and is left out."""
GHOST_TUCK_CM = 1.6
"""How far the ghost reaches under the end, so that no gap opens between the two."""
FAR_CM = 999.0
"""Farther than anything on a picture."""


@dataclass
class RenderedFigure:
    """The scenes of a motion and what is drawn from them.

    `documents` and `spines` (the line of the spine over them) are by phase. The document of both postures is without
    its `arrows`; where the `layout` is panels, the server makes them from start and end. `bounds` are
    those of `measure_bounds`. `places` says by phase where the muscles of each part of the body belong.
    """

    scenes: list[Scene]
    return_scenes: list[Scene]
    viewport: Viewport
    documents: dict[str, str]
    spines: dict[str, str]
    places: dict[str, list[Place]]
    arrows: str
    layout: str
    bounds: dict[str, list[float]]


class _Motion(NamedTuple):
    """What the pictures of one exercise are made of."""

    figure: PosedFigure
    scenes: list[Scene]
    return_scenes: list[Scene]
    arrows: list[Arrow]
    viewport: Viewport


def render_figure(figure: PosedFigure) -> RenderedFigure:
    """Draw an exercise."""
    motion = _prepare_motion(figure)
    scenes, viewport = motion.scenes, motion.viewport
    still_end = write_layers(scenes[-1].foreground_layers(), viewport, "end")
    background = motion_background(figure, scenes[0])
    # The stills come first: aligning the outlines for the animation turns their first points.
    bodies = {
        "start": write_layers(scenes[0].layers, viewport, "start"),
        "end": write_layers(scenes[-1].layers, viewport, "end"),
        "both": _render_both(motion),
        "animated": render_animation(scenes, background, viewport, still_end, motion.return_scenes),
    }
    texts, descriptions = load_texts(FigureTexts), describe_phases(figure)
    exercise = figure.slug.replace("-", " ").capitalize()
    documents, places = {}, {}
    for phase, body in bodies.items():
        title = texts.title.fill(exercise=exercise, phase=texts.phases[phase])
        documents[phase], places[phase] = take_out_places(build_document(title, descriptions[phase], body))
    return RenderedFigure(
        scenes,
        motion.return_scenes,
        viewport,
        documents,
        _render_spines(motion),
        places,
        "".join(write_arrow(arrow, viewport) for arrow in motion.arrows),
        _choose_layout(motion),
        measure_bounds(scenes, motion.return_scenes, motion.arrows, viewport),
    )


def _prepare_motion(figure: PosedFigure) -> _Motion:
    """Return scenes and arrows of an exercise, and the viewport that shows all of them."""
    scenes = sample_scenes(figure)
    return_scenes = sample_scenes(figure, figure.return_key_poses) if figure.return_key_poses else []
    arrows = make_arrows(figure.arrows, figure.key_poses, camera_of(figure))
    parts = [_scene_bounds(scene, figure) for scene in [*scenes, *return_scenes]]
    parts += [bounds_of_points(np.vstack([arrow.line, arrow.head])) for arrow in arrows]
    viewport = fit_viewport(unite_rectangles(parts), WIDTH_PX, HEIGHT_PX, PADDING_PX, _max_scale(figure))
    return _Motion(figure, scenes, return_scenes, arrows, viewport)


def describe_phases(figure: PosedFigure) -> dict[str, str]:
    """Return the text alternative of each phase."""
    texts, start = load_texts(FigureTexts), figure.alt["start"]
    end = figure.alt.get("end", start)
    both = texts.both.fill(start=start, end=end) if end != start else start
    motion = figure.alt.get("motion", texts.animated.fill(start=start, end=end))
    return {"start": start, "end": end, "both": both, "animated": motion}


def _render_both(motion: _Motion) -> str:
    """Return the end over a ghost of the start, or the end alone where they are the same; without arrows."""
    if _choose_layout(motion) == "single":
        return write_layers(motion.scenes[-1].layers, motion.viewport, "end")
    return _render_overlaid(motion)


def _choose_layout(motion: _Motion) -> str:
    """Return single (only the end), ghost or panels."""
    layout, is_hold = motion.figure.both_layout, motion.figure.is_hold
    if is_hold:
        return "single" if layout == "auto" else "ghost"
    if layout != "auto":
        return layout
    return "ghost" if _is_large_movement(motion.scenes[0], motion.scenes[-1]) else "panels"


def _render_spines(motion: _Motion) -> dict[str, str]:
    """Return the line of the spine for start, end and motion."""
    camera, viewport = camera_of(motion.figure), motion.viewport
    layers = [spine_layer(scene.body, camera) for scene in [*motion.scenes, *motion.return_scenes]]
    start, end = (write_layers([layers[place]], viewport) for place in (0, len(motion.scenes) - 1))
    return {"start": start, "end": end, "animated": render_moving_layers(layers, viewport)}


def _is_large_movement(first: Scene, last: Scene) -> bool:
    """Return whether the two poses differ enough for the start to show behind the end."""
    start = first.silhouette()
    return bool(start.difference(last.silhouette()).area > LARGE_MOVEMENT_SHARE * start.area)


def _render_overlaid(motion: _Motion) -> str:
    """Return the end over a ghost of the start."""
    first, last, viewport = motion.scenes[0], motion.scenes[-1], motion.viewport
    background = write_layers(last.background_layers(), viewport)
    foreground = write_layers(last.foreground_layers(), viewport, "end")
    return background + _render_ghost(first, last, viewport) + foreground


def _render_ghost(first: Scene, last: Scene, viewport: Viewport) -> str:
    """Return the person of the first scene, with what their hands hold, as a quiet silhouette behind the last."""
    start, end = (scene.silhouette(with_held=True).buffer(GHOST_RIM_CM) for scene in (first, last))
    # Measured from the end: a finger that has gone far away is kept, however thin.
    far = start.difference(end.buffer(GHOST_SLIVER_CM))
    shape = start.intersection(far.buffer(GHOST_SLIVER_CM + GHOST_TUCK_CM)).simplify(0.05)
    data = ""
    for part in () if shape.is_empty else shapely.get_parts(shape):
        if part.difference(end).area < GHOST_SCRAP_CM2:
            continue
        data += _ghost_outline(part, viewport)
        # What is seen between two arms or legs stays free: without it, they make one lump.
        for ring in part.interiors:
            hole = shapely.Polygon(ring)
            data += _ghost_outline(hole, viewport, is_hole=True) if hole.area > SMALL_HOLE_CM2 else ""
    return write_path(f'class="{CLASS_PREFIX}ghost"', data) if data else ""


def _ghost_outline(shape: BaseGeometry, viewport: Viewport, is_hole: bool = False) -> str:
    """Return the path data round a shape; that of a hole runs the other way, which keeps it empty."""
    count = max(12, int(shape.exterior.length / GHOST_POINT_DISTANCE_CM))
    # Begun at the top, so that the same silhouette always has the same points.
    points = resample_outline(shape, count, np.array([0.0, -500.0]))
    return smooth_path_data(viewport.to_units(points[::-1] if is_hole else points))


def _scene_bounds(scene: Scene, figure: PosedFigure) -> Rectangle:
    """Return the bounds of a scene; of a cropped one, round what is above the cut."""
    shape = shapely.union_all([layer.shape for layer in scene.layers])
    bottom = find_crop_line(figure, camera_of(figure))
    if bottom is not None:
        shape = shape.intersection(shapely.box(-FAR_CM, -FAR_CM, FAR_CM, bottom))
    return Rectangle(*map(float, shape.bounds))


def _max_scale(figure: PosedFigure) -> float:
    """Return how many pixels a cm may take."""
    return MAX_PIXELS_PER_CM if figure.crop_above_cm is None else MAX_CROPPED_PIXELS_PER_CM
