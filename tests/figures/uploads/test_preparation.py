"""Uploads of pixels, and what is stored of either kind."""

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from app.figures.raster import render_png
from app.figures.uploads.picture_limits import MAX_STORED_BYTES, InvalidPicture
from app.figures.uploads.preparation import prepare_picture
from app.figures.uploads.raster_pictures import encode_picture
from app.figures.uploads.shown_pictures import join_drawings, render_webp

DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><rect width="400" height="300" fill="#f00"/></svg>'
)


def encode(picture: Image.Image, file_format: str = "png", **options: object) -> bytes:
    output = io.BytesIO()
    picture.save(output, file_format, **options)
    return output.getvalue()


def decode(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGBA")


def test_pixels_stay_and_metadata_goes() -> None:
    picture = Image.new("RGB", (200, 200), "#0a0")
    notes, exif = PngImagePlugin.PngInfo(), Image.Exif()
    notes.add_text("Author", "Ann Example")
    exif[0x010E] = "Ann Example"
    upload = encode(picture, pnginfo=notes, exif=exif) + b"Ann Example"
    stored = encode_picture(upload, "png")
    assert stored == encode_picture(upload, "png")
    assert b"Ann" not in stored
    framed = decode(stored)
    assert framed.size == (267, 200)
    assert framed.getbbox() == (33, 0, 233, 200)
    assert framed.getpixel((100, 100)) == (0, 170, 0, 255)


def test_a_photograph_is_made_small_enough() -> None:
    noise = Image.effect_noise((400, 400), 80).convert("RGB").resize((900, 900))
    stored = encode_picture(encode(noise, "webp", quality=60), "webp")
    assert len(stored) <= MAX_STORED_BYTES
    assert decode(stored).size == (1200, 900)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, *chunks: bytes) -> bytes:
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + _chunk(b"IEND", b"")


ZEROS = zlib.compress(bytes(20_000_000), 9)
MOVING = [Image.new("RGB", (200, 150), colour) for colour in ("#f00", "#00f")]
REFUSED = {
    "a bomb of pixels": (_png(60_000, 60_000, _chunk(b"IDAT", ZEROS)), "png", "more than 16 million pixels"),
    "a bomb of text": (_png(200, 150, *[_chunk(b"zTXt", b"a\0\0" + ZEROS)] * 8), "png", "broken PNG"),
    "cut off": (encode(Image.effect_noise((300, 300), 50))[:20_000], "png", "broken PNG"),
    "too small": (encode(Image.new("RGB", (400, 100))), "png", "less than 128 pixels wide or high"),
    "moving": (encode(MOVING[0], "webp", save_all=True, append_images=MOVING[1:]), "webp", "a moving picture"),
    "moving PNG": (encode(MOVING[0], save_all=True, append_images=MOVING[1:]), "png", "a moving picture"),
    "another format": (encode(Image.new("RGB", (200, 200)), "jpeg"), "png", "not PNG, as Content-Type says"),
    "a drawing": (DRAWING, "webp", "not WEBP, as Content-Type says"),
    "nothing": (b"", "png", "not PNG, as Content-Type says"),
    "too many bytes": (encode(Image.new("RGB", (200, 200))) + bytes(530_000), "png", "larger than 512 kB"),
    "pixels as a drawing": (encode(Image.new("RGB", (200, 200))), "svg", "line 1: not XML"),
}


@pytest.mark.parametrize(("content", "file_format", "reason"), REFUSED.values(), ids=REFUSED)
def test_is_refused(content: bytes, file_format: str, reason: str) -> None:
    with pytest.raises(InvalidPicture) as caught:
        prepare_picture(content, file_format)
    assert str(caught.value).startswith(reason)


def test_start_and_end_are_shown_side_by_side_and_texts_are_no_markup() -> None:
    drawing = prepare_picture(DRAWING, "svg")
    pixels = prepare_picture(encode(Image.new("RGB", (400, 300), "#00f")), "png")
    joined = join_drawings([drawing, pixels], "<script>", "a & b")
    assert b"<title>&lt;script&gt;</title><desc>a &amp; b</desc>" in joined
    for shown in (decode(render_png(joined.decode(), 400)), decode(render_webp(joined.decode(), 400))):
        assert shown.size == (400, 300)
        assert shown.getbbox() == (0, 75, 400, 225)
        assert [shown.getpixel((x, 150)) for x in (100, 300)] == [(255, 0, 0, 255), (0, 0, 255, 255)]
    alone = join_drawings([pixels], "a", "b").decode()
    assert decode(render_png(alone, 640)).getpixel((5, 5)) == (0, 0, 255, 255)
