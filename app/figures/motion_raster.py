"""Moving pictures of pixels: animated WebP and GIF.

All frames share one palette, and both formats store it without loss: what does not move is the same in every frame and
costs nothing. Of these flat drawings that makes fewer bytes than lossy WebP, and no stains where something moved.
"""

import io
from collections import Counter
from collections.abc import Collection, Sequence
from operator import sub
from typing import Any

from PIL import Image

from app.figures.motion_frames import FrameWriter, list_frames
from app.figures.motion_loop import MotionLoop
from app.figures.picture_options import MotionFormat
from app.figures.raster import render_png

SURFACE_COLOURS = 24
"""Colours of the palette that are taken as they are: the tones of the drawing, which cover most of it."""
EDGE_COLOURS = 40
"""Further colours of the palette: mixtures at the edges."""
SAMPLED_FRAMES = 8
"""Frames from which the palette is made."""
SAME_COLOUR = 6
"""Two colours are nearly the same when no channel differs by more, of 255."""
MAX_COLOURS = SURFACE_COLOURS + EDGE_COLOURS
OPACITY_STEP = 32
"""Degrees of opacity at the edges of a drawing without background are multiples of this, of 255."""
SAVE_OPTIONS: dict[MotionFormat, dict[str, Any]] = {
    # kmin, kmax: no key frames after the first.
    "webp": {"lossless": True, "quality": 50, "method": 3, "kmin": 0, "kmax": 0},
    "gif": {"optimize": False, "disposal": 1, "transparency": MAX_COLOURS},
}
"""Options of Pillow."""


def render_motion(document: str, loop: MotionLoop, width: int, file_format: MotionFormat) -> bytes:
    """Return a painted moving drawing as an endless moving picture, `width` pixels wide.

    The theme of the drawing must be light or dark: pixels follow nobody's setting.
    """
    writer, frames = FrameWriter(document, loop), list_frames(loop)
    pictures = {
        position: _open_picture(render_png(writer.write_frame(position), width))
        for position in sorted({frame.position for frame in frames})
    }
    palette = _choose_palette(list(pictures.values())[:: max(1, len(pictures) // SAMPLED_FRAMES)])
    reduce = _reduce_with_opacity if file_format == "webp" else _reduce_to_indices
    reduced = {position: reduce(picture, palette) for position, picture in pictures.items()}
    first, *others = (reduced[frame.position] for frame in frames)
    durations, output = [frame.duration_ms for frame in frames], io.BytesIO()
    options = SAVE_OPTIONS[file_format]
    first.save(output, file_format, save_all=True, append_images=others, duration=durations, loop=0, **options)
    return output.getvalue()


def _open_picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGBA")


def _choose_palette(pictures: Collection[Image.Image]) -> Image.Image:
    """Return an image whose palette holds the colours of the largest areas, and of the edges between them."""
    counts: Counter[Any] = Counter()
    for picture in pictures:
        rgb = picture.convert("RGB")
        counts.update({colour: count for count, colour in rgb.getcolors(rgb.width * rgb.height) or ()})
    colours: list[tuple[int, ...]] = []
    _add_distinct(colours, [colour for colour, _ in counts.most_common()], SURFACE_COLOURS)
    edges = Image.new("RGB", (len(counts), 1))
    edges.putdata(list(counts))
    mixed = edges.quantize(EDGE_COLOURS, method=Image.Quantize.MEDIANCUT).getpalette() or []
    _add_distinct(colours, list(zip(mixed[::3], mixed[1::3], mixed[2::3], strict=True)), MAX_COLOURS)
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for colour in colours for channel in colour])
    return palette


def _add_distinct(colours: list[tuple[int, ...]], others: Sequence[tuple[int, ...]], max_count: int) -> None:
    """Add colours until there are `max_count`, without those that nearly are there already.

    Pillow looks a colour up by its six upper bits: of two that are nearly the same, it may take the wrong one.
    """
    for other in others:
        if len(colours) == max_count:
            return
        if all(max(map(abs, map(sub, colour, other))) > SAME_COLOUR for colour in colours):
            colours.append(other)


def _reduce_with_opacity(picture: Image.Image, palette: Image.Image) -> Image.Image:
    """Return a picture in the colours of a palette, with its opacity in few degrees."""
    reduced = picture.convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE).convert("RGBA")
    alpha = picture.getchannel("A").point(
        [min(255, round(value / OPACITY_STEP) * OPACITY_STEP) for value in range(256)]
    )
    reduced.putalpha(alpha)
    return reduced


def _reduce_to_indices(picture: Image.Image, palette: Image.Image) -> Image.Image:
    """Return a picture in the colours of a palette, of which the last index is transparent."""
    reduced = picture.convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE)
    reduced.paste(MAX_COLOURS, mask=picture.getchannel("A").point([255 * (value < 128) for value in range(256)]))
    return reduced
