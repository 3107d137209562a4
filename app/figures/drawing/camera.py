"""The camera: an orthographic projection of the world to the picture.

Picture coordinates are centimetres, x to the right and y down; depth grows towards the viewer.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from app.figures.drawing.geometry import Array, DepthSphere, Sphere, rotation_matrix, vec


@dataclass
class Camera:
    """The rows of `matrix` are the directions right, up and towards the viewer, in world axes."""

    matrix: Array

    def project(self, points: Array) -> Array:
        """Return points (n, 3), or one point, on the picture."""
        # The world's y points up, that of a picture down.
        rotated = np.asarray(points) @ self.matrix.T
        return np.asarray(rotated[..., :2] * np.array([1.0, -1.0]), dtype=float)

    def depth_of(self, point: Array) -> float:
        """Return how far towards the viewer a point or a direction lies."""
        return float(point @ self.matrix[2])

    @property
    def viewer_direction(self) -> Array:
        """The direction from the scene to the viewer."""
        return np.asarray(self.matrix[2], dtype=float)

    def project_spheres(self, spheres: Iterable[tuple[Array, float]]) -> list[Sphere]:
        """Return spheres as discs on the picture."""
        return [Sphere(self.project(centre), radius) for centre, radius in spheres]

    def depth_spheres(self, spheres: Iterable[tuple[Array, float]]) -> list[DepthSphere]:
        """Return spheres as discs on the picture with the depth of their centres."""
        return [DepthSphere(self.project(centre), self.depth_of(centre), radius) for centre, radius in spheres]


def make_camera(yaw: float = 20, pitch: float = 12, roll: float = 0) -> Camera:
    """Return the camera of three angles in degrees.

    Yaw 0 shows the person's right side, 90 the face. Pitch is how far the camera looks down.
    """
    tilt = rotation_matrix(vec(0, 0, 1), roll) @ rotation_matrix(vec(1, 0, 0), pitch)
    return Camera(tilt @ rotation_matrix(vec(0, 1, 0), -yaw))
