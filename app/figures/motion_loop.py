"""When each sample of a motion is shown in the endless loop of its animation, at the tempo of the exercise.

The loop goes from the start to the end, rests there and comes back: as it went, or on a way of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

MIN_WAY_S = 0.25
"""Shortest way out or back in seconds: a tempo may say 0, but a drawing does not jump."""


class MotionTempo(NamedTuple):
    """Seconds of one loop: the way out, the pause at its end, the way back, and the pause at the start."""

    out_s: float
    hold_s: float
    back_s: float
    rest_s: float = 0.0


STANDARD_TEMPO = MotionTempo(1.9, 0.7, 1.9, 0.5)
"""For exercises whose dose has no tempo: the way into a posture that is held, and out of it."""


@dataclass(frozen=True)
class MotionLoop:
    """The loop through the samples of a motion.

    The first `move_count` samples go from the start to the end; `return_count` samples, if any, come back another
    way, else the motion returns as it came.
    """

    tempo: MotionTempo
    move_count: int
    return_count: int = 0

    @property
    def sample_count(self) -> int:
        """All samples, there and back."""
        return self.move_count + self.return_count

    @property
    def move_start_s(self) -> float:
        """When the motion leaves the start; half of the pause there is before it, half at the end of the loop."""
        return self.tempo.rest_s / 2

    @property
    def move_end_s(self) -> float:
        """When the motion arrives at the end."""
        return self.move_start_s + max(self.tempo.out_s, MIN_WAY_S)

    @property
    def return_start_s(self) -> float:
        """When the motion leaves the end."""
        return self.move_end_s + self.tempo.hold_s

    @property
    def return_end_s(self) -> float:
        """When the motion is back at the start."""
        return self.return_start_s + max(self.tempo.back_s, MIN_WAY_S)

    @property
    def duration_s(self) -> float:
        """How long the loop lasts."""
        return self.return_end_s + self.tempo.rest_s / 2

    def list_move_times(self) -> list[float]:
        """Return the seconds at which each sample is shown: on the way to the end, then on a way back of its own."""
        move = _spread(self.move_start_s, self.move_end_s, self.move_count)
        return move + _spread(self.return_start_s, self.return_end_s, self.return_count)

    def list_mirrored_times(self) -> list[float]:
        """Return the seconds at which each sample is shown again where the motion returns as it came."""
        return [] if self.return_count else _spread(self.return_end_s, self.return_start_s, self.move_count)

    def key_times(self, first: int, last: int) -> str:
        """Return the key times of the samples from first to last, with the loop's own start and end."""
        times = [*self.list_move_times()[first : last + 1], *self.list_mirrored_times()[first : last + 1][::-1]]
        return self._write_times([0.0, *times, self.duration_s])

    def key_values(self, values: Sequence[str]) -> str:
        """Return one value for each of the key times of a run, whose samples have these values."""
        returning = () if self.return_count else values[::-1]
        final = values[-1] if self.return_count else values[0]
        return ";".join([values[0], *values, *returning, final])

    def visibility(self, first: int, last: int) -> tuple[str, str]:
        """Return key times and values that show a group only during a run of samples; empty for a run of all."""
        if first == 0 and last == self.sample_count - 1:
            return "", ""
        move, mirrored = self.list_move_times(), self.list_mirrored_times()
        times, states = [0.0], ["visible" if first == 0 else "hidden"]
        if first > 0:
            times.append(move[first])
            states.append("visible")
        if last < self.sample_count - 1:
            times.append(move[last])
            states.append("hidden")
            if mirrored:
                times.append(mirrored[last])
                states.append("visible")
        if first > 0 and mirrored:
            times.append(mirrored[first])
            states.append("hidden")
        return self._write_times(times), ";".join(states)

    def list_way_positions(self, step_count: int) -> tuple[list[float], list[float]]:
        """Return positions of even steps among the samples: those of the way out, then those of the way back.

        A position between two whole numbers lies between two samples. Each list has `step_count + 1` positions.
        """
        out = _spread(0.0, self.move_count - 1.0, step_count + 1)
        if not self.return_count:
            return out, out[::-1]
        return out, _spread(float(self.move_count), self.sample_count - 1.0, step_count + 1)

    def _write_times(self, times: Sequence[float]) -> str:
        return write_shares([time / self.duration_s for time in times])


def _spread(first: float, last: float, count: int) -> list[float]:
    """Return evenly spaced times from first to last."""
    return [first + (last - first) * index / (count - 1) for index in range(count)]


def write_shares(shares: Sequence[float]) -> str:
    """Return shares of a loop, 0 to 1, as a list of SVG: three decimals at most, no leading zero."""
    return ";".join(f"{share:.3f}".rstrip("0").rstrip(".").lstrip("0") or "0" for share in shares)
