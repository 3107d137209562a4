"""The times of a moving drawing are put in when it is served."""

import pytest

from app.figures.motion_document import MOVING_GROUP, RUN_GROUP, read_loop, write_animation
from app.figures.motion_loop import MotionLoop, MotionTempo
from app.figures.progress_ring import write_moving_ring

TEMPO = MotionTempo(2, 1, 2)
GROUP = '<g transform="scale(.1)">'
RING = f"</g>{write_moving_ring(MotionLoop(TEMPO, 3), 300)}{GROUP}"
OPENING = f'<svg width="300">{GROUP}'
STORED = (
    f"{OPENING}{MOVING_GROUP.format(move_count=3, return_count=0)}"
    f'{RUN_GROUP.format(first=0, last=1)}<path><animate attributeName="d" values="a;b"/></path></g>'
    f'{RUN_GROUP.format(first=1, last=2)}<path><animate attributeName="opacity" values="0;1"/></path></g></g></g></svg>'
)


def test_every_run_gets_its_times_and_is_seen_in_them_only() -> None:
    timing = 'dur="5s" repeatCount="indefinite"'
    assert write_animation(STORED, TEMPO) == (
        f'{OPENING}{RING}<g class="tmf-moving">'
        f'<g><animate attributeName="visibility" {timing} calcMode="discrete" keyTimes="0;.2;.8"'
        ' values="visible;hidden;visible"/>'
        f'<path><animate attributeName="d" {timing} keyTimes="0;0;.2;.8;1;1" values="a;a;b;b;a;a"/></path></g>'
        f'<g visibility="hidden"><animate attributeName="visibility" {timing} calcMode="discrete" keyTimes="0;.2;.8"'
        ' values="hidden;visible;hidden"/>'
        f'<path><animate attributeName="opacity" {timing} keyTimes="0;.2;.4;.6;.8;1" values="0;0;1;1;0;0"/></path></g>'
        "</g></g></svg>"
    )


def test_a_run_of_the_whole_motion_is_always_seen() -> None:
    stored = f"{OPENING}{MOVING_GROUP.format(move_count=3, return_count=0)}{RUN_GROUP.format(first=0, last=2)}"
    assert write_animation(stored, TEMPO) == f'{OPENING}{RING}<g class="tmf-moving"><g>'


def test_a_still_drawing_has_no_loop() -> None:
    with pytest.raises(ValueError, match="does not move"):
        read_loop("<svg/>", TEMPO)
