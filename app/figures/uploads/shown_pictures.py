"""Shows stored pictures of an exercise: the start, the end, or both side by side, as a drawing or as pixels."""

import io
from collections.abc import Sequence
from typing import Final, Literal
from xml.sax.saxutils import escape

from app.figures.uploads.picture_limits import FRAME_HEIGHT, FRAME_WIDTH
from app.figures.uploads.preparation import PreparedPicture
from app.figures.uploads.svg_frame import BEGINNING, END

PixelFormat = Literal["png", "webp"]
HALF: Final = f'<g transform="translate({{left}} {FRAME_HEIGHT // 4})scale(.5)">'


def join_drawings(drawings: Sequence[bytes], title: str = "", description: str = "") -> bytes:
    """Return one or two stored drawings as one, with a title and a description for readers who do not see it."""
    texts = "".join(
        f"<{name}>{escape(text)}</{name}>" for name, text in (("title", title), ("desc", description)) if text
    )
    insides = [drawing.decode().removeprefix(BEGINNING).removesuffix(END) for drawing in drawings]
    if len(insides) > 1:
        width = FRAME_WIDTH // 2
        insides = [f"{HALF.format(left=place * width)}{inside}</g>" for place, inside in enumerate(insides)]
    return f"{BEGINNING}{texts}{''.join(insides)}{END}".encode()


def render_pixels(pictures: Sequence[PreparedPicture], width: int, file_format: PixelFormat) -> bytes:
    """Return stored pictures side by side as pixels, `width` wide. For a process of its own."""
    from app.figures.raster import render_png  # both are of optional packages

    if file_format == "png" and all(picture.file_format == "svg" for picture in pictures):
        return render_png(join_drawings([picture.content for picture in pictures]).decode(), width)
    from PIL import Image

    from app.figures.uploads.raster_pictures import join_pictures, scale_picture

    images = [
        Image.open(io.BytesIO(render_png(picture.content.decode(), width))).convert("RGBA")
        if picture.file_format == "svg"
        else scale_picture(picture.content, width)
        for picture in pictures
    ]
    output = io.BytesIO()
    joined = join_pictures(images, width)
    if file_format == "webp":
        joined.save(output, "webp", lossless=True, method=0)
    else:
        joined.save(output, "png")
    return output.getvalue()
