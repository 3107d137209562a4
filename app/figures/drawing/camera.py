"""The camera: an orthographic view of the world; results are centimetres, x right, y down, z towards the viewer."""

from dataclasses import dataclass

import numpy as np

from app.figures.drawing.space import Array, turn, vec


@dataclass
class Camera:
    """Yaw 0 looks at the person's right side, 90 at the face; pitch is how far the camera looks down."""

    matrix: Array

    def flat(self, points: Array) -> Array:
        """Points (n, 3) or one point on the picture plane."""
        seen = np.asarray(points) @ self.matrix.T
        return np.asarray(seen[..., :2] * np.array([1.0, -1.0]), dtype=float)

    def depth(self, points: Array) -> Array:
        """How near points (n, 3) are to the viewer."""
        return np.asarray(np.asarray(points) @ self.matrix[2], dtype=float)

    def near(self, point: Array) -> float:
        """How near one point or direction is to the viewer."""
        return float(point @ self.matrix[2])

    @property
    def eye(self) -> Array:
        """Direction from the scene to the viewer."""
        return np.asarray(self.matrix[2], dtype=float)


def camera(yaw: float = 20, pitch: float = 12, roll: float = 0) -> Camera:
    """A camera from its angles in degrees."""
    return Camera(turn(vec(0, 0, 1), roll) @ turn(vec(1, 0, 0), pitch) @ turn(vec(0, 1, 0), -yaw))
