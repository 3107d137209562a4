"""How the pictures are shown by Chromium, and where the packages of Node.js are."""

from typing import Any

from playwright.sync_api import Page

from app.figures import assets
from app.figures.motion_frames import FrameWriter
from app.figures.motion_loop import STANDARD_TEMPO, MotionLoop
from app.figures.picture_options import USUAL_LOOK
from app.figures.raster import render_png
from app.kit.settings import PROJECT_ROOT
from tests.figures.pixels import Picture, read_picture

BUILD = PROJECT_ROOT / "build" / "pictures"
WIDTH_PX, HEIGHT_PX = 400, 300
VIEWPORT: Any = {"width": WIDTH_PX, "height": HEIGHT_PX}
INLINING_PAGE = "<style>body {{ margin: 0; background: white }} svg {{ display: block }}</style>{svg}"


def take_screenshot(page: Page) -> Picture:
    """Return what is seen now; nothing waits for an animation to end."""
    return read_picture(page.screenshot(animations="allow"))


def list_moments(loop: MotionLoop) -> list[tuple[float, float]]:
    """Return seconds of a loop, each with the position among the samples that is shown then.

    They are in the middle of the way out, at the end, and on the way back.
    """
    last = loop.move_count - 1
    back = last + 1 + (loop.return_count - 1) * 0.3 if loop.return_count else last * 0.7
    return [
        (loop.move_start_s + (loop.move_end_s - loop.move_start_s) * 0.55, last * 0.55),
        ((loop.move_end_s + loop.return_start_s) / 2, last),
        (loop.return_start_s + (loop.return_end_s - loop.return_start_s) * 0.3, back),
    ]


def draw_moments(slug: str, theme: str) -> tuple[list[float], list[Picture]]:
    """Return moments of a motion in seconds, and the frames that WebP and GIF are made of."""
    document, loop = assets.load_motion(slug, theme, None, USUAL_LOOK, STANDARD_TEMPO)
    writer, moments = FrameWriter(document, loop), list_moments(loop)
    frames = [read_picture(render_png(writer.write_frame(position), WIDTH_PX)) for _, position in moments]
    return [seconds for seconds, _ in moments], frames
