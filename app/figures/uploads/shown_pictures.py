"""Shows stored pictures of an exercise: the start, the end, or both side by side."""

import io
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from app.figures.uploads.picture_limits import FRAME_HEIGHT, FRAME_WIDTH
from app.figures.uploads.svg_frame import BEGINNING, END

HALF: Final = f'<g transform="translate({{left}} {FRAME_HEIGHT // 4})scale(.5)">'


def join_drawings(drawings: Sequence[bytes], title: str, description: str) -> bytes:
    """Return one or two stored drawings as one, with a title and a description for readers who do not see it."""
    insides = [drawing.decode().removeprefix(BEGINNING).removesuffix(END) for drawing in drawings]
    if len(insides) > 1:
        width = FRAME_WIDTH // 2
        insides = [f"{HALF.format(left=number * width)}{inside}</g>" for number, inside in enumerate(insides)]
    texts = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return f"{BEGINNING}{texts}{''.join(insides)}{END}".encode()


def render_webp(drawing: str, width: int) -> bytes:
    """Return a drawing as WebP, `width` pixels wide. For a process of its own."""
    from PIL import Image  # both are of optional packages

    from app.figures.raster import render_png

    output = io.BytesIO()
    with Image.open(io.BytesIO(render_png(drawing, width))) as picture:
        picture.save(output, "webp", lossless=True, quality=50, method=1)
    return output.getvalue()
