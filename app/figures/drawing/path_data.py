"""SVG path data through points: smooth (quadratic B-splines) and straight, in whole drawing units."""

import numpy as np

from app.figures.drawing.geometry import Array


def smooth_path_data(points: Array, closed: bool = True) -> str:
    """Return the path data of a smooth line along points; an open one needs at least three.

    The points are the control points of a quadratic B-spline, whose pieces meet at their midpoints. Each `t` command
    needs one point only: its control point is the mirror image of the last one, which is the next vertex exactly.
    """
    return _closed_spline(points) if closed else _open_spline(points)


def straight_path_data(points: Array) -> str:
    """Return the path data of a closed polygon."""
    grid = np.round(points).astype(int)
    return f"M{_write_numbers(grid[0])}l{_write_numbers(np.diff(grid, axis=0))}z"


def spread_control_points(points: Array) -> Array:
    """Return the control points (n, 2) of a closed spline that passes close to points."""
    before, after = np.concatenate([points[-1:], points[:-1]]), np.concatenate([points[1:], points[:1]])
    # A B-spline cuts the corners of its control polygon; moved out by an eighth, it passes close to the points.
    spread: Array = points + (2 * points - before - after) / 8
    return spread


def _closed_spline(points: Array) -> str:
    grid = _to_even_grid(spread_control_points(points))
    middle = (grid + np.concatenate([grid[1:], grid[:1]])) // 2
    steps = np.diff(np.vstack([middle, middle[:1]]), axis=0)
    first = np.concatenate([grid[1] - middle[0], middle[1] - middle[0]])
    return f"M{_write_numbers(middle[0])}q{_write_numbers(first)}t{_write_numbers(steps[1:])}z"


def _open_spline(points: Array) -> str:
    grid = _to_even_grid(points)
    middle = (grid[:-1] + grid[1:]) // 2
    middle[0], middle[-1] = grid[0], grid[-1]
    first = np.concatenate([grid[1] - grid[0], middle[1] - grid[0]])
    rest = _write_numbers(np.diff(middle, axis=0)[1:])
    return f"M{_write_numbers(grid[0])}q{_write_numbers(first)}" + (f"t{rest}" if rest else "")


def _to_even_grid(points: Array) -> Array:
    """Return vertices with even coordinates, so that their midpoints are whole numbers and the mirror images exact."""
    return (np.round(points / 2) * 2).astype(int)


def _write_numbers(points: Array) -> str:
    """Return coordinates separated by as little as SVG allows: a space, or the minus sign alone."""
    return " ".join(map(str, points.reshape(-1).tolist())).replace(" -", "-")
