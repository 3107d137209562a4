"""Pictures of pixels, over white, to compare."""

import io
from collections import Counter
from functools import reduce

from PIL import Image, ImageChops, ImageStat
from PIL.ImageFilter import MaxFilter, MinFilter

Pixel = tuple[int, int, int]


class Picture:
    """Red, green and blue of every pixel; what is transparent counts as white."""

    def __init__(self, image: Image.Image) -> None:
        white = Image.new("RGBA", image.size, "white")
        white.alpha_composite(image.convert("RGBA"))
        self.image = white.convert("RGB")
        self.width, self.height = image.size

    def read_pixel(self, x: int, y: int) -> Pixel:
        pixel = self.image.getpixel((x, y))
        assert isinstance(pixel, tuple)
        red, green, blue = pixel
        return red, green, blue

    def count_colours(self) -> Counter[Pixel]:
        """Return how many pixels there are of each colour."""
        counts = self.image.getcolors(self.width * self.height) or []
        return Counter({(colour[0], colour[1], colour[2]): count for count, colour in counts})  # type: ignore[index]

    def flipped(self) -> "Picture":
        """Return the picture with left and right exchanged."""
        return Picture(self.image.transpose(Image.Transpose.FLIP_LEFT_RIGHT))

    def mean_difference(self, other: "Picture") -> float:
        """Return the mean difference of a channel, 0 to 255."""
        assert (self.width, self.height) == (other.width, other.height)
        return sum(ImageStat.Stat(ImageChops.difference(self.image, other.image)).mean) / 3

    def largest_area_difference(self, other: "Picture") -> int:
        """Return the largest difference of a channel, 0 to 255, where neither picture has an edge.

        Two renderers may differ at edges by their antialiasing. Inside an area they may not: a shape that is missing,
        moved by more than a pixel or of another colour differs there.
        """
        edges = [
            ImageChops.difference(picture.image.filter(MaxFilter(3)), picture.image.filter(MinFilter(3)))
            for picture in (self, other)
        ]
        channels = [channel for edge in edges for channel in edge.split()]
        edge_mask = reduce(ImageChops.lighter, channels).point([0, *[255] * 255])
        difference = ImageChops.difference(self.image, other.image)
        difference.paste((0, 0, 0), mask=edge_mask)
        return max(level for channel in difference.split() for level, count in enumerate(channel.histogram()) if count)


def read_picture(content: bytes) -> Picture:
    """Return the picture of a file; of a moving one, its first frame."""
    return Picture(Image.open(io.BytesIO(content)))


def read_frames(content: bytes) -> list[Picture]:
    """Return every frame of a moving picture."""
    image, frames = Image.open(io.BytesIO(content)), []
    for index in range(getattr(image, "n_frames", 1)):
        image.seek(index)
        frames.append(Picture(image))
    return frames
