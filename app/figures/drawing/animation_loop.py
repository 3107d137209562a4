"""When each sample of a motion is shown in the endless loop of its animation.

The loop rests at the start, goes to the end, rests there and comes back: as it went, or on a way of its own. Times are
shares of the loop, 0 to 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MOVE_START = 0.06
"""When the motion leaves the start."""
MOVE_END = 0.44
"""When the motion arrives at the end."""
RETURN_START = 0.58
"""When the motion leaves the end."""
RETURN_END = 0.96
"""When the motion is back at the start."""
LOOP_SECONDS = 5.0
"""How long the loop lasts."""
LOOP_ATTRIBUTES = f'dur="{LOOP_SECONDS:g}s" repeatCount="indefinite"'
"""Attributes of every animation element."""


@dataclass(frozen=True)
class AnimationLoop:
    """The loop through the samples of a motion.

    The first `move_count` samples go from the start to the end; `return_count` samples, if any, come back another
    way, else the motion returns as it came.
    """

    move_count: int
    return_count: int = 0

    @property
    def sample_count(self) -> int:
        """All samples, there and back."""
        return self.move_count + self.return_count

    def is_whole(self, first: int, last: int) -> bool:
        """Return whether a run of samples is all of them."""
        return first == 0 and last == self.sample_count - 1

    def key_times(self, first: int, last: int) -> str:
        """Return the times at which the samples from first to last are shown, with the loop's own start and end."""
        times = self._move_times()[first : last + 1]
        if not self.return_count:
            times += self._mirrored_times()[first : last + 1][::-1]
        return write_times([0.0, *times, 1.0])

    def values(self, values: Sequence[str]) -> str:
        """Return one value for each of the key times of a run, whose samples have these values."""
        returning = () if self.return_count else values[::-1]
        final = values[-1] if self.return_count else values[0]
        return ";".join([values[0], *values, *returning, final])

    def visibility(self, first: int, last: int) -> str:
        """Return the element that shows a group only during a run of samples; empty for a run of all samples."""
        if self.is_whole(first, last):
            return ""
        move, mirrored = self._move_times(), self._mirrored_times()
        times, states = [0.0], ["visible" if first == 0 else "hidden"]
        if first > 0:
            times.append(move[first])
            states.append("visible")
        if last < self.sample_count - 1:
            times.append(move[last])
            states.append("hidden")
            if not self.return_count:
                times.append(mirrored[last])
                states.append("visible")
        if first > 0 and not self.return_count:
            times.append(mirrored[first])
            states.append("hidden")
        return (
            f'<animate attributeName="visibility" {LOOP_ATTRIBUTES} calcMode="discrete" '
            f'keyTimes="{write_times(times)}" values="{";".join(states)}"/>'
        )

    def _move_times(self) -> list[float]:
        """Return when each sample is shown: on the way to the end, then on the way back of its own."""
        move = [MOVE_START + (MOVE_END - MOVE_START) * i / (self.move_count - 1) for i in range(self.move_count)]
        count = self.return_count
        return move + [RETURN_START + (RETURN_END - RETURN_START) * i / (count - 1) for i in range(count)]

    def _mirrored_times(self) -> list[float]:
        """Return when each sample is shown again where the motion returns as it came."""
        return [RETURN_END - (RETURN_END - RETURN_START) * i / (self.move_count - 1) for i in range(self.move_count)]


def write_times(times: Sequence[float]) -> str:
    """Return times as a list of SVG: three decimals at most, no leading zero."""
    return ";".join(f"{time:.3f}".rstrip("0").rstrip(".").lstrip("0") or "0" for time in times)
