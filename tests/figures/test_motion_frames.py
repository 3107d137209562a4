"""The frames of a motion: as long as its loop, each in the middle of what it shows, none drawn twice."""

from itertools import pairwise

import pytest

from app.figures.assets import load_motion
from app.figures.motion_frames import MAX_WAY_FRAMES, FrameWriter, list_frames
from app.figures.motion_loop import STANDARD_TEMPO, MotionLoop, MotionTempo
from app.figures.picture_options import USUAL_LOOK

TEMPOS = [STANDARD_TEMPO, MotionTempo(2, 1, 3), MotionTempo(3, 0, 3), MotionTempo(20, 20, 20), MotionTempo(0, 0, 2)]


@pytest.mark.parametrize("return_count", [0, 9])
@pytest.mark.parametrize("tempo", TEMPOS)
def test_all_frames_together_last_as_long_as_the_loop(tempo: MotionTempo, return_count: int) -> None:
    loop = MotionLoop(tempo, 9, return_count)
    frames = list_frames(loop)
    assert sum(frame.duration_ms for frame in frames) == pytest.approx(loop.duration_s * 1000, abs=10)
    assert all(frame.duration_ms > 0 for frame in frames)
    assert len(frames) <= 2 * MAX_WAY_FRAMES + 2


def test_a_motion_that_returns_as_it_came_needs_few_pictures() -> None:
    frames = list_frames(MotionLoop(MotionTempo(2, 1, 3), 9))
    assert len({frame.position for frame in frames}) == 26  # 25 steps of a tenth of a second each, on average
    assert len(frames) == 50


def test_frames_go_out_wait_and_come_back() -> None:
    frames = list_frames(MotionLoop(MotionTempo(2, 5, 2), 9))
    end = max(range(len(frames)), key=lambda index: frames[index].position)
    assert frames[0].position == 0
    assert frames[end].position == 8
    assert frames[end].duration_ms == 5000 + 100
    assert all(before.position < after.position for before, after in pairwise(frames[: end + 1]))
    assert all(before.position > after.position for before, after in pairwise(frames[end:]))


def test_a_way_back_of_its_own_has_positions_of_its_own() -> None:
    positions = [frame.position for frame in list_frames(MotionLoop(MotionTempo(2, 0, 2), 9, 9))]
    assert max(positions) == pytest.approx(17, abs=0.5)
    assert positions == sorted(positions)


def test_a_frame_is_a_still_drawing_without_style_sheet() -> None:
    document, loop = load_motion("open-book", "dark", "right", USUAL_LOOK, STANDARD_TEMPO)
    writer = FrameWriter(document, loop)
    for position in (0.0, 2.5, loop.move_count - 1.0):
        frame = writer.write_frame(position)
        assert not [word for word in ("<style", "<animate", "class=", "data-") if word in frame]
        assert frame.startswith("<svg ")
        assert frame.endswith("</g></svg>")
    assert len({writer.write_frame(position) for position in (0.0, 0.4, 2.5, 8.0)}) == 4
