"""The head as a layer: skull, jaw and nose as one outline, hair as the visible part of a cap, bun, face.

Points and radii of the head are cm in its own frame: x towards the face, y to the crown, z to the right ear.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.camera import Camera
from app.figures.drawing.face import ears_behind_face, face_strokes
from app.figures.drawing.geometry import ANY_DIRECTION, Array, normalise, reject, shrink_to_point, vec
from app.figures.drawing.hair_bun import bun_lines, bun_outline, bun_spheres, hair_centre
from app.figures.drawing.hair_cap import STRAND_SAMPLES, draw_strand, unit_sphere_eye, visible_cap_outline
from app.figures.drawing.layers import Layer, Stroke, StrokeKind, find_layer, front_surface
from app.figures.drawing.neck import neck_shape
from app.figures.drawing.outline import (
    circle_points,
    convex_hull,
    polygon_of,
    resample_outline,
    round_corners,
    sweep,
    unite,
)
from app.figures.drawing.skeleton import Body

SKULL_RADII_CM = vec(9.6, 10.2, 7.9)
"""Radii of the skull's ellipsoid."""
HAIR_STROKES: tuple[StrokeKind, ...] = ("edge", "fill")
"""How a bun is painted."""
NAPE_POLE = normalise(vec(-0.94, 0.34, 0.0))
"""Where the middle of the hair on the nape looks: it grows from behind the ears down to the neck."""
JAW_LINE_CM = 2.0
"""Width round the face in which its outline lies, even in a small drawing."""
MIN_NECK_CM2 = 1.0
"""A smaller piece of the neck is not drawn."""
MIN_NAPE_CM2 = 3.0
"""Where less of the hair on the nape is seen beside the crown, none is drawn."""
NAPE_POINTS = 20
"""Points of the outlines at the nape."""
HAIR_CORNER_CM = 0.45
"""Radius to which the hair is rounded: without it, it would stand off the temples in points."""
STRANDS = ((-0.5, 45, 115), (-0.12, 62, 150), (0.3, 50, 105), (0.62, 65, 140))
"""Lines of combed hair: place across the head (-1 to 1), and angle from the face over the crown of both ends."""
MIN_STRAND_FACING = 0.24
"""Hair that faces the viewer less than this (cosine), or lies so near to the hairline, has no line."""
MIN_FACE_FACING = -0.3
"""A face that looks farther away than this (cosine) is not seen."""
ELLIPSE_ANGLES = np.linspace(0, 2 * np.pi, 72, endpoint=False)
"""Radians at which the outline of an ellipsoid is sampled."""


def head_layer(body: Body, camera: Camera) -> Layer:
    """Return the head as one layer, which lies over the neck."""
    frame, centre = body.head_frame, body.joints["head"]
    face = _face_outline(body, camera)
    hair = _hair_outline(body, camera)
    pole = normalise(vec(*body.shape.hair.pole))
    hair_start = camera.project(hair_centre(body) + frame @ pole * 30)
    hair_points = resample_outline(_round_hair(polygon_of(hair)), 28, hair_start)
    nape_hair = _nape_hair(body, camera, hair_points, hair_start)
    bun = bun_spheres(body)
    behind = [bun_outline(body, camera, bun)] if bun else []
    cover = unite([polygon_of(face), polygon_of(hair_points)])
    strokes = [
        *(Stroke(kind, "hair", points) for points in behind for kind in HAIR_STROKES),
        *ears_behind_face(body, camera, cover),
        Stroke("edge", "skin", face),
        Stroke("fill", "skin", face),
        Stroke("fill", "skin", _nape_outline(body, camera, face)),
        *(_hair_edges(hair_points, nape_hair) if body.shape.hair.is_pale else []),
        Stroke("fill", "hair", nape_hair),
        *face_strokes(body, camera),
        Stroke("fill", "hair", hair_points),
        *(_strand(body, camera, *strand) for strand in STRANDS if body.shape.hair.is_pale),
        *(line for ball in bun[:1] for line in bun_lines(body, camera, ball, polygon_of(hair_points), cover)),
    ]
    spheres = [(centre + frame[:, 1] * 1.4, 9.2), (centre + frame @ vec(3, -4.5, 0), 6.5), *bun[:1]]
    shape = unite([convex_hull(part) for part in (face, *behind, hair, nape_hair)])
    return Layer("head", strokes, shape, front_surface(camera.depth_spheres(spheres)), camera.depth_of(centre))


def cut_neck_at_head(layers: Sequence[Layer], body: Body, camera: Camera) -> None:
    """Take jaw and hair out of a neck that lies over the head, where the trunk hides a part of the head.

    From behind, only the hair: there, the neck hides the jaw.
    """
    neck_index, head_index = find_layer(layers, "neck"), find_layer(layers, "head")
    neck, head = layers[neck_index], layers[head_index]
    if neck_index < head_index:
        return
    hair = [polygon_of(stroke.points) for stroke in head.strokes if stroke.tone == "hair" and stroke.has_size]
    cover = shapely.union_all(hair) if _is_from_behind(body, camera) else head.shape
    uncovered = neck.shape.difference(cover)
    for stroke in neck.strokes[:2]:
        if float(uncovered.area) < MIN_NECK_CM2:
            stroke.points = shrink_to_point(stroke.points)
        else:
            stroke.points = resample_outline(uncovered, len(stroke.points), stroke.points[0])


def face_shape(body: Body, camera: Camera) -> BaseGeometry:
    """Return the face as far as hair does not cover it; an empty shape where it looks away from the viewer."""
    if _is_from_behind(body, camera):
        return shapely.Polygon()
    return convex_hull(_face_outline(body, camera)).difference(polygon_of(_hair_outline(body, camera)))


def _is_from_behind(body: Body, camera: Camera) -> bool:
    return camera.depth_of(body.head_frame[:, 0]) < MIN_FACE_FACING


def ellipsoid_outline(camera: Camera, frame: Array, centre: Array, radii: Array) -> Array:
    """Return points round the silhouette of an ellipsoid on the picture."""
    eye = unit_sphere_eye(camera, frame, radii)
    a = reject(vec(*ANY_DIRECTION), eye)
    b = np.cross(eye, a)
    rim = np.outer(np.cos(ELLIPSE_ANGLES), a) + np.outer(np.sin(ELLIPSE_ANGLES), b)
    return camera.project(centre + (rim * radii) @ frame.T)


def _face_outline(body: Body, camera: Camera) -> Array:
    frame, centre, wider = body.head_frame, body.joints["head"], body.shape.jaw

    def project(x: float, y: float, z: float = 0.0) -> Array:
        return camera.project(centre + frame @ vec(x, y, z))

    skull = ellipsoid_outline(camera, frame, centre + frame[:, 1] * 1.4, SKULL_RADII_CM)
    jaw = [
        circle_points(project(5.4, -7.9), 3.5 * wider),
        circle_points(project(1.5, -5.4, 2.6 * wider), 4.8 * wider),
        circle_points(project(1.5, -5.4, -2.6 * wider), 4.8 * wider),
        circle_points(project(6.8, -3.5), 3.0),
    ]
    nose = sweep([(project(8.2, 1.2), 1.5), (project(10.6, -2.0), 1.0), (project(7.6, -2.9), 1.8)])
    shape = round_corners(unite([convex_hull(np.vstack([skull, *jaw])), nose]), 0.7, 0.5)
    return resample_outline(shape, 36, project(-1, -30))


def _nape_outline(body: Body, camera: Camera, face: Array) -> Array:
    """Return the part of the neck that hides the jaw from behind: no line of the jaw runs over the nape."""
    shape = neck_shape(body, camera).intersection(polygon_of(face).buffer(JAW_LINE_CM))
    if not _is_from_behind(body, camera) or float(shape.area) < MIN_NECK_CM2:
        return shrink_to_point(face, NAPE_POINTS)
    return resample_outline(shape, NAPE_POINTS, camera.project(body.joints["head"]))


def _hair_outline(body: Body, camera: Camera, pole: Array | None = None) -> Array:
    """Return the visible part of the cap of hair, or of another half of its ellipsoid."""
    hair = body.shape.hair
    hairline = hair.hairline if pole is None else ()
    pole = normalise(vec(*hair.pole)) if pole is None else pole
    return visible_cap_outline(camera, body.head_frame, hair_centre(body), vec(*hair.radii), pole, hairline)


def _round_hair(shape: BaseGeometry) -> BaseGeometry:
    """Return the hair without points at its ends; as it is where it is so narrow that little would remain."""
    rounded = round_corners(shape, 0, HAIR_CORNER_CM)
    return rounded if float(rounded.area) > float(shape.area) / 2 else shape


def _nape_hair(body: Body, camera: Camera, crown: Array, start: Array) -> Array:
    """Return the outline of the hair on the nape; where less than a sliver is seen beside the crown, it has no size.

    From the front, it would be a bar at the temple, and the data of a moving picture would be for nothing.
    """
    shape = _round_hair(polygon_of(_hair_outline(body, camera, NAPE_POLE)))
    outline = resample_outline(shape, NAPE_POINTS, start)
    is_sliver = float(shape.difference(polygon_of(crown)).area) < MIN_NAPE_CM2
    return shrink_to_point(outline) if is_sliver else outline


def _hair_edges(crown: Array, nape: Array) -> list[Stroke]:
    """Return the outlines of hair, to lie behind both of its areas: no line parts the nape from the crown."""
    return [Stroke("edge", "hair", nape), Stroke("edge", "hair", crown)]


def _strand(body: Body, camera: Camera, across: float, first: float, last: float) -> Stroke:
    """Return a line of combed hair, as far as it is seen; one that is not seen has no size."""
    hair, frame = body.shape.hair, body.head_frame
    angles = np.radians(np.linspace(first, last, STRAND_SAMPLES))
    normals = np.column_stack([np.cos(angles), np.sin(angles), angles * 0]) * np.sqrt(1 - across**2) + vec(0, 0, across)
    facing = np.minimum(
        normals @ unit_sphere_eye(camera, frame, vec(*hair.radii)), normals @ normalise(vec(*hair.pole))
    )
    points = camera.project(hair_centre(body) + (normals * vec(*hair.radii)) @ frame.T)
    return draw_strand(points, facing > MIN_STRAND_FACING)
