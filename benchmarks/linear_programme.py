"""A mixed-integer linear programme as it grows, and its optimum by HiGHS."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import highspy
import numpy as np

INFINITE = float("inf")
Column = int
"""Number of a variable of the programme."""
Term = tuple[Column, float]
"""A variable and its factor in a constraint."""


class Proof(NamedTuple):
    """What is known of the optimum."""

    bound: float | None
    """No selection has more points; None where no selection is feasible."""
    proved: bool
    """True where a selection reaches the bound."""


class Programme:
    """A linear programme as it grows: variables (columns) and constraints (rows, stored sparse)."""

    def __init__(self) -> None:
        self.points: list[float] = []
        self.upper: list[float] = []
        self.is_integer: list[bool] = []
        self.row_starts, self.row_columns, self.row_factors = [0], list[Column](), list[float]()
        self.row_min: list[float] = []
        self.row_max: list[float] = []

    def add_variable(self, points: float, upper: float, integer: bool = True) -> Column:
        """A variable from 0 to `upper` that counts `points` in the objective."""
        self.points.append(points)
        self.upper.append(upper)
        self.is_integer.append(integer)
        return len(self.points) - 1

    def add_constraint(self, terms: Sequence[Term], lower: float, upper: float) -> None:
        """`lower <= sum of factor * variable <= upper`."""
        self.row_columns += [column for column, _ in terms]
        self.row_factors += [factor for _, factor in terms]
        self.row_starts.append(len(self.row_columns))
        self.row_min.append(lower)
        self.row_max.append(upper)


def solve_programme(programme: Programme, limit_s: float) -> Proof:
    """The optimum, or the best bound after `limit_s` seconds."""
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    for name, value in (("threads", 1), ("time_limit", limit_s), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.5)):
        solver.setOptionValue(name, value)
    solver.passModel(_to_highs(programme))
    solver.run()
    status = solver.modelStatusToString(solver.getModelStatus())
    if "nfeasible" in status:
        return Proof(None, True)
    return Proof(float(solver.getInfo().mip_dual_bound), status == "Optimal")


def _to_highs(programme: Programme) -> highspy.HighsLp:
    linear = highspy.HighsLp()
    linear.num_col_, linear.num_row_ = len(programme.points), len(programme.row_min)
    linear.col_cost_ = np.array(programme.points, dtype=float)
    linear.col_lower_ = np.zeros(len(programme.points))
    linear.col_upper_ = np.array(programme.upper, dtype=float)
    linear.row_lower_, linear.row_upper_ = np.array(programme.row_min), np.array(programme.row_max)
    linear.sense_ = highspy.ObjSense.kMaximize
    linear.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    linear.a_matrix_.start_ = np.array(programme.row_starts)
    linear.a_matrix_.index_ = np.array(programme.row_columns)
    linear.a_matrix_.value_ = np.array(programme.row_factors, dtype=float)
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    linear.integrality_ = [kinds[integer] for integer in programme.is_integer]
    return linear
