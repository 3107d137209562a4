"""A canvas that takes centimetres and collects SVG shapes, coloured by class so that one drawing serves every theme.

Shapes, texts and dimension lines have the classes of the palette; `paint_document` puts the colours in their place.
"""

import math

from app.figures.palette import CLASS_PREFIX

Point = tuple[float, float]
"""x and y, in cm or pixels as the function says."""


class Canvas:
    """Collects shapes. Points are in cm: x ahead of the hip, y above the floor."""

    def __init__(self, scale: float, hip_x: float, floor_y: float) -> None:
        # Pixels to a centimetre, and the pixels of the point (0, 0).
        self.scale, self.hip_x, self.floor_y = scale, hip_x, floor_y
        self.shapes: list[str] = []

    def to_pixels(self, point: Point) -> Point:
        """Return a point in pixels of the drawing."""
        return self.hip_x + point[0] * self.scale, self.floor_y - point[1] * self.scale

    def add_markup(self, shape: str) -> None:
        """Add a ready SVG element."""
        self.shapes.append(shape)

    def add_line(self, kind: str, data: str) -> None:
        """Add a dimension line; `kind` is `rule` (thin line) or `span` (arrow), `data` the data of its path."""
        self.add_markup(f'<path class="{CLASS_PREFIX}{kind}" d="{data}"/>')

    def add_box(self, tone: str, low: Point, high: Point, corner_px: float = 0) -> None:
        """Add an upright rectangle between two corners."""
        (x, bottom), (right, y) = self.to_pixels(low), self.to_pixels(high)
        geometry = attributes(x=x, y=y, width=right - x, height=bottom - y, rx=corner_px)
        self.add_markup(f'<rect class="{CLASS_PREFIX}{tone}"{geometry}/>')

    def add_disc(self, tone: str, middle: Point, radius: float) -> None:
        """Add a disc."""
        # Rounded first: half circles of a radius that is longer than half their chord make an egg.
        (x, y), r = self.to_pixels(middle), round(radius * self.scale, 1)
        data = path_data("M", x - r, y, "a", r, r, " 0 1 0 ", 2 * r, 0.0, "a", r, r, " 0 1 0 ", -2 * r, 0.0, "z")
        self.add_markup(f'<path class="{CLASS_PREFIX}{tone}" d="{data}"/>')

    def add_arc(self, middle: Point, radius_px: float, start_deg: float, end_deg: float) -> None:
        """Add an angle mark of less than half a turn, from one direction to the other; 0 is ahead, 90 up."""
        x, y = self.to_pixels(middle)
        first, last = (
            (x + radius_px * math.cos(angle), y - radius_px * math.sin(angle))
            for angle in map(math.radians, (start_deg, end_deg))
        )
        data = path_data("M", *first, "A", radius_px, radius_px, " 0 0 0 ", *last)
        self.add_markup(f'<path class="{CLASS_PREFIX}rule" d="{data}"/>')

    def add_capsule(self, tone: str, start: Point, start_radius: float, end: Point, end_radius: float) -> None:
        """Add a bar between two points with a radius at each end: two arcs and their common tangents."""
        (start_x, start_y), (end_x, end_y) = self.to_pixels(start), self.to_pixels(end)
        start_radius, end_radius = start_radius * self.scale, end_radius * self.scale
        direction = math.atan2(end_y - start_y, end_x - start_x)
        length = math.hypot(end_x - start_x, end_y - start_y)
        # Angle between the bar and the radius to where a tangent touches; clamped for circles that contain each other.
        tangent = math.acos(max(-1.0, min(1.0, (start_radius - end_radius) / length)))

        def point_at(x: float, y: float, radius: float, angle: float) -> Point:
            return x + radius * math.cos(angle), y + radius * math.sin(angle)

        # The SVG flag for the longer of two possible arcs.
        start_arc, end_arc = str(int(tangent < math.pi / 2)), str(int(tangent > math.pi / 2))
        arc_from = point_at(start_x, start_y, start_radius, direction + tangent)
        arc_to = point_at(start_x, start_y, start_radius, direction - tangent)
        data = path_data("M", *arc_from, "A", start_radius, start_radius, f" 0 {start_arc} 1 ", *arc_to)
        arc_from = point_at(end_x, end_y, end_radius, direction - tangent)
        arc_to = point_at(end_x, end_y, end_radius, direction + tangent)
        data += path_data("L", *arc_from, "A", end_radius, end_radius, f" 0 {end_arc} 1 ", *arc_to, "Z")
        self.add_markup(f'<path class="{CLASS_PREFIX}{tone}" d="{data}"/>')

    def add_group(self, paths: str, origin: Point, size: float, stretch: float = 1.0) -> None:
        """Add ready paths with their origin at a point.

        A unit of the paths becomes `size` cm wide and `stretch` times that tall.
        """
        (x, y), x_scale = self.to_pixels(origin), self.scale * size
        matrix = f"{x_scale:.4g} 0 0 {x_scale * stretch:.4g} {format_number(x)} {format_number(y)}"
        self.add_markup(f'<g transform="matrix({matrix})">{paths}</g>')

    def add_text(self, point: Point, text: str, size: float, tone: str = "text", anchor: str = "start") -> None:
        """Add a text at a point of the drawing, in pixels."""
        weight = ' font-weight="600"' if tone == "text" else ""
        geometry = attributes(x=point[0], y=point[1], font_size=size)
        self.add_markup(f'<text class="{CLASS_PREFIX}{tone}"{geometry} text-anchor="{anchor}"{weight}>{text}</text>')


def attributes(**values: float) -> str:
    """Return numbers as attributes of an SVG element, each with a space before it."""
    return "".join(f' {name.replace("_", "-")}="{format_number(value)}"' for name, value in values.items())


def path_data(*parts: str | float) -> str:
    """Return commands and coordinates as the data of an SVG path; neighbouring numbers are separated by a space."""
    data, previous_is_number = "", False
    for part in parts:
        if isinstance(part, str):
            data += part
        else:
            data += (" " if previous_is_number else "") + format_number(part)
        previous_is_number = not isinstance(part, str)
    return data


def format_number(value: float) -> str:
    """Return a number as short as a tenth of a unit allows."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
