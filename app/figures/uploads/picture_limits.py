"""Limits of an uploaded picture, and the error of one that is not taken."""

from typing import Final

MAX_UPLOAD_BYTES: Final = 512 * 1024
"""Bytes of a picture as it is sent."""
MAX_STORED_BYTES: Final = 320 * 1024
"""Bytes of a drawing, or of pixels as WebP, as they are stored."""
MAX_ELEMENTS: Final = 5000
"""Elements of a drawing, those that are left out included."""
MAX_DEPTH: Final = 32
"""Elements inside each other."""
MAX_ATTRIBUTES: Final = 100
"""Attributes of one element."""
MAX_STYLE_RULES: Final = 200
"""Selectors of all style sheets of a drawing."""
MAX_DRAWN_ELEMENTS: Final = 20_000
"""Elements that are drawn, each as often as it is repeated, by `use` or as a marker for instance."""
MAX_REFERENCE_DEPTH: Final = 100
"""Elements that are inside each other, or refer to each other, one after the other."""
MAX_NUMBER: Final = 1_000_000.0
"""Largest absolute value of any number of a drawing."""
MAX_PIXELS: Final = 16_000_000
"""Pixels of a picture of pixels, known from its first bytes before it is decoded."""
MIN_SIDE_PIXELS: Final = 128
"""Width and height of a picture of pixels at least."""
MAX_WIDTH_PIXELS: Final = 1600
"""Width of a stored picture of pixels; a larger one is made smaller."""
FRAME_WIDTH: Final = 400
"""Width of the frame of every picture, in the units of its drawing."""
FRAME_HEIGHT: Final = 300
"""Height of the frame of every picture: all have the shape of the drawings of this project."""


class InvalidPicture(ValueError):
    """A picture that is not taken, and why, in words for the person who drew it. It repeats nothing of the picture."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason, line)
        self.reason, self.line = reason, line

    def __str__(self) -> str:
        return self.reason if self.line is None else f"line {self.line}: {self.reason}"
