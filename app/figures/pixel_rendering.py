"""Pictures of pixels, for processes that do such work: the renderers are loaded there, and not by the service.

They take 9 MB of memory, and the service only hands over what is to be rendered.
"""

from collections.abc import Callable
from importlib.util import find_spec

from app.figures.motion_loop import MotionLoop
from app.figures.picture_options import MotionFormat
from app.figures.uploads.shown_pictures import render_webp

RenderPng = Callable[[str, int], bytes]
RenderMotion = Callable[[str, MotionLoop, int, MotionFormat], bytes]


def find_png_renderer() -> RenderPng:
    """Return `render_png` as a function for another process. Raises `ImportError` where its package is missing."""
    _require("resvg_py")
    return _render_png


def find_webp_renderer() -> RenderPng:
    """Return `render_webp` as a function for another process. Raises `ImportError` where a package is missing."""
    _require("resvg_py", "PIL")
    return render_webp


def find_motion_renderer() -> RenderMotion:
    """Return `render_motion` as a function for another process. Raises `ImportError` where a package is missing."""
    _require("resvg_py", "PIL")
    return _render_motion


def _require(*packages: str) -> None:
    for package in packages:
        if find_spec(package) is None:
            raise ImportError(package)


def _render_png(svg: str, width: int) -> bytes:
    from app.figures.raster import render_png

    return render_png(svg, width)


def _render_motion(document: str, loop: MotionLoop, width: int, file_format: MotionFormat) -> bytes:
    from app.figures.motion_raster import render_motion

    return render_motion(document, loop, width, file_format)
