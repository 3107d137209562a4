"""The frame of an uploaded drawing: every picture is 400 wide and 300 high, as the drawings of this project are."""

import base64
import re
from typing import Final, NamedTuple

from app.figures.uploads.picture_limits import FRAME_HEIGHT, FRAME_WIDTH, InvalidPicture
from app.figures.uploads.svg_cleaning import CleanElement
from app.figures.uploads.svg_names import SHAPES, SVG_NAMESPACE
from app.figures.uploads.svg_values import NUMBER

BEGINNING: Final = (
    f'<svg xmlns="{SVG_NAMESPACE}" width="{FRAME_WIDTH}" height="{FRAME_HEIGHT}" '
    f'viewBox="0 0 {FRAME_WIDTH} {FRAME_HEIGHT}">'
)
"""What every sanitised drawing begins with."""
END: Final = "</svg>"
IMAGE: Final = re.compile(rf"{re.escape(BEGINNING)}<image [^>]*base64,([A-Za-z0-9+/=]*)\"/>{END}")
MAX_DECIMALS: Final = 4
MIN_VIEW: Final = 0.1
"""Width and height of what a drawing shows, in its units, at least: numbers are written with four decimals."""
HORIZONTAL: Final = frozenset({"x", "width", "cx", "rx", "x1", "x2"})
VERTICAL: Final = frozenset({"y", "height", "cy", "ry", "y1", "y2"})


class ViewBox(NamedTuple):
    """The part of the plane that a drawing shows."""

    x: float
    y: float
    width: float
    height: float


def find_view_box(root: CleanElement) -> ViewBox:
    """Return what a drawing shows: its `viewBox`, else its size in pixels. Raises `InvalidPicture`."""
    size = (root.attributes.get(name, "").removesuffix("px") for name in ("width", "height"))
    written = root.attributes.get("viewBox") or f"0 0 {' '.join(size)}"
    numbers = [float(number) for number in NUMBER.findall(written)]
    is_plain = not NUMBER.sub("", written).strip(" ,")  # no other unit than pixels
    if not is_plain or len(numbers) != len(ViewBox._fields) or min(numbers[2:]) < MIN_VIEW:
        raise InvalidPicture('a viewBox is needed, such as viewBox="0 0 400 300"', root.line)
    return ViewBox(*numbers)


def frame_drawing(inside: str, view: ViewBox, prefix: str) -> str:
    """Return what a drawing shows in the middle of the frame, as large as it can be. Nothing outside of it is seen."""
    scale = min(FRAME_WIDTH / view.width, FRAME_HEIGHT / view.height)
    left = (FRAME_WIDTH - scale * view.width) / 2 - scale * view.x
    top = (FRAME_HEIGHT - scale * view.height) / 2 - scale * view.y
    transform = f"translate({_write_number(left)} {_write_number(top)})scale({scale:.9g})"
    edge = " ".join(f'{name}="{_write_number(value)}"' for name, value in view._asdict().items())
    return (
        f'{BEGINNING}<clipPath id="{prefix}-0"><rect {edge}/></clipPath>'
        f'<g transform="{transform}"><g clip-path="url(#{prefix}-0)">{inside}</g></g>{END}'
    )


def write_image(content: bytes, media_type: str) -> str:
    """Return a drawing that is one picture of pixels, of the shape of the frame."""
    address = f"data:{media_type};base64,{base64.b64encode(content).decode()}"
    return f'{BEGINNING}<image width="{FRAME_WIDTH}" height="{FRAME_HEIGHT}" href="{address}"/>{END}'


def read_image(drawing: bytes) -> bytes | None:
    """Return the picture of pixels that `write_image` wrote into a drawing; None where it is another drawing."""
    found = IMAGE.fullmatch(drawing.decode())
    return base64.b64decode(found[1]) if found else None


def resolve_percentage(element: str, attribute: str, value: str, view: ViewBox) -> str:
    """Return a length of a shape that is a part of what the drawing shows, in its units; another value as it is."""
    if not value.endswith("%") or element not in SHAPES | {"use"}:
        return value
    share = float(value.removesuffix("%")) / 100
    if attribute in HORIZONTAL:
        return _write_number(share * view.width)
    if attribute in VERTICAL:
        return _write_number(share * view.height)
    if attribute == "r":
        return _write_number(share * ((view.width**2 + view.height**2) / 2) ** 0.5)
    return value


def _write_number(value: float) -> str:
    return f"{value:.{MAX_DECIMALS}f}".rstrip("0").rstrip(".")
