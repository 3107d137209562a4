"""Uploaded pictures of pixels: decoded within limits, and encoded anew without anything but their pixels."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from app.figures.uploads.picture_limits import (
    FRAME_HEIGHT,
    FRAME_WIDTH,
    MAX_PIXELS,
    MAX_STORED_BYTES,
    MAX_WIDTH_PIXELS,
    MIN_SIDE_PIXELS,
    InvalidPicture,
)

TOO_MANY_PIXELS: Final = f"more than {MAX_PIXELS // 1_000_000} million pixels"
TRANSPARENT: Final = (0, 0, 0, 0)
MAX_DRAWING_COLOURS: Final = 10_000
"""A picture of more colours is a photograph, which takes long to encode without loss, and is too large then."""
LOSSLESS_EFFORT: Final = 50
"""0 to 100; it changes the size, and not what is seen."""
LOSSY_QUALITIES: Final = (90, 75, 50)
"""Qualities that are tried one after the other until a picture is small enough."""
ENCODING_EFFORT: Final = 4
"""Of libwebp, 0 to 6."""


def encode_picture(content: bytes, file_format: str) -> bytes:
    """Return an uploaded PNG or WebP as WebP, in the shape of all pictures, 4 to 3. Raises `InvalidPicture`.

    Where it has another shape it stands in the middle, and the rest is transparent. Drawings are stored without loss;
    a picture that would be too large then, such as a photograph, with as little as possible.
    """
    picture = _frame(_decode(content, file_format))
    is_drawing = picture.getcolors(MAX_DRAWING_COLOURS) is not None
    for lossless, quality in ((True, LOSSLESS_EFFORT), *((False, quality) for quality in LOSSY_QUALITIES)):
        if is_drawing or not lossless:
            encoded = _save(picture, lossless=lossless, quality=quality)
            if len(encoded) <= MAX_STORED_BYTES:
                return encoded
    raise InvalidPicture(f"larger than {MAX_STORED_BYTES // 1024} kB as WebP: simplify it")


def _decode(content: bytes, file_format: str) -> Image.Image:
    """Return the pixels of an upload, upright. Its size is known before it is decoded."""
    with _explaining_faults(file_format), Image.open(io.BytesIO(content), formats=[file_format.upper()]) as opened:
        width, height = opened.size
        if width * height > MAX_PIXELS:
            raise InvalidPicture(TOO_MANY_PIXELS)
        if min(width, height) < MIN_SIDE_PIXELS:
            raise InvalidPicture(f"less than {MIN_SIDE_PIXELS} pixels wide or high")
        if getattr(opened, "is_animated", False):
            raise InvalidPicture("a moving picture: send a still one of the start and one of the end")
        return ImageOps.exif_transpose(opened.convert("RGBA"))


@contextmanager
def _explaining_faults(file_format: str) -> Iterator[None]:
    """Turn what Pillow raises for broken files into `InvalidPicture`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes that are checked here, and of broken metadata
            yield
    except InvalidPicture:
        raise
    except Image.DecompressionBombError:
        raise InvalidPicture(TOO_MANY_PIXELS) from None
    except UnidentifiedImageError:
        raise InvalidPicture(f"not {file_format.upper()}, as Content-Type says") from None
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError):
        raise InvalidPicture(f"broken {file_format.upper()}") from None


def _frame(picture: Image.Image) -> Image.Image:
    """Return a picture in the middle of a transparent one that is 4 to 3, and at most as wide as stored ones."""
    ratio = FRAME_WIDTH / FRAME_HEIGHT
    width = min(MAX_WIDTH_PIXELS, max(picture.width, round(picture.height * ratio)))
    size = (width, round(width / ratio))
    fitted = picture if picture.width <= size[0] and picture.height <= size[1] else ImageOps.contain(picture, size)
    framed = Image.new("RGBA", size, TRANSPARENT)
    framed.paste(fitted, ((size[0] - fitted.width) // 2, (size[1] - fitted.height) // 2))
    return framed


def _save(picture: Image.Image, *, lossless: bool, quality: int) -> bytes:
    output = io.BytesIO()
    picture.save(output, "webp", lossless=lossless, quality=quality, method=ENCODING_EFFORT, exif=b"", icc_profile=b"")
    return output.getvalue()
