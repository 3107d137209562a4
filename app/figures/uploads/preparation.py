"""Prepares an upload for storing, in a process of its own: it decodes, draws and encodes what strangers send."""

import mmap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from typing import Final

from app.figures.uploads.picture_limits import MAX_UPLOAD_BYTES, InvalidPicture
from app.figures.uploads.svg_frame import write_image
from app.figures.uploads.svg_sanitiser import sanitise_svg

FORMAT_BY_MEDIA_TYPE: Final = {"image/svg+xml": "svg", "image/png": "png", "image/webp": "webp"}
"""What may be uploaded."""
REQUIRED_PACKAGES: Final = {"svg": ("resvg_py",), "png": ("PIL",), "webp": ("PIL",)}
LARGEST_WIDTH: Final = 2048
"""Pixels: as wide as a picture may be asked for."""
MAX_DRAWING_S: Final = 2.0
"""Seconds of processor time in which a drawing is drawn that wide."""
MAX_EXTRA_MEMORY_BYTES: Final = 1024**3
"""Memory that the preparation of one picture may take."""
MAX_PROCESSOR_S: Final = 5.0
"""Seconds of processor time after which the process that prepares a picture is ended."""
PAGE_BYTES: Final = mmap.PAGESIZE
UNKNOWN_ADDRESS_SPACE_BYTES: Final = 4 * 1024**3
TOO_COSTLY: Final = "it takes too long to draw: simplify it"


def find_missing_package(file_format: str) -> str | None:
    """Return the package without which uploads of this format cannot be prepared; None where it is there."""
    return next((package for package in REQUIRED_PACKAGES[file_format] if find_spec(package) is None), None)


def prepare_picture(content: bytes, file_format: str) -> bytes:
    """Return an upload as it is stored: a drawing, harmless, bounded, in one shape. Raises `InvalidPicture`.

    Pixels stand in a drawing of one image, so that all that shows pictures shows them.

    The same upload gives the same bytes. For a process of its own, which ends where this takes too much processor time.
    """
    if len(content) > MAX_UPLOAD_BYTES:
        raise InvalidPicture(f"larger than {MAX_UPLOAD_BYTES // 1024} kB")
    with _bounded_process():
        if file_format == "svg":
            drawing = sanitise_svg(content)
            _check_drawing(drawing)
        else:
            from app.figures.uploads.raster_pictures import encode_picture  # of an optional package

            drawing = write_image(encode_picture(content, file_format), "image/webp")
        return drawing.encode()


def _check_drawing(drawing: str) -> None:
    """Draw a drawing as large as it may be asked for. Raises `InvalidPicture` where that fails or takes long."""
    from app.figures.raster import render_png  # of an optional package

    started_s = time.process_time()
    try:
        render_png(drawing, LARGEST_WIDTH)
    except ValueError:
        raise InvalidPicture("it cannot be drawn") from None
    except BaseException as error:  # a panic of the renderer, which is no `Exception`
        if type(error).__name__ != "PanicException":
            raise
        raise InvalidPicture("it cannot be drawn") from None
    if time.process_time() - started_s > MAX_DRAWING_S:
        raise InvalidPicture(TOO_COSTLY)


@contextmanager
def _bounded_process() -> Iterator[None]:
    """Bound the memory and the processor time of this process while a picture is prepared, where the system can.

    The limit of processor time ends the process: a renderer in the middle of its work hears of nothing else.
    """
    try:
        import resource  # not on Windows
    except ImportError:
        yield
        return
    limits = {
        resource.RLIMIT_AS: _read_address_space_bytes() + MAX_EXTRA_MEMORY_BYTES,
        resource.RLIMIT_CPU: ceil(time.process_time() + MAX_PROCESSOR_S),
    }
    previous = {kind: resource.getrlimit(kind) for kind in limits}
    for kind, limit in limits.items():
        soft, hard = previous[kind]
        finite = [bound for bound in (soft, hard) if bound != resource.RLIM_INFINITY]
        resource.setrlimit(kind, (min([limit, *finite]), hard))
    try:
        yield
    except MemoryError:
        raise InvalidPicture(TOO_COSTLY) from None
    finally:
        for kind, bounds in previous.items():
            resource.setrlimit(kind, bounds)


def _read_address_space_bytes() -> int:
    """Return the size of the address space of this process; a large one where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return UNKNOWN_ADDRESS_SPACE_BYTES
    return pages * PAGE_BYTES
