"""Which elements, attributes and properties of SVG are taken from an uploaded drawing. What is not listed is not."""

from typing import Final, Literal

SVG_NAMESPACE: Final = "http://www.w3.org/2000/svg"
XLINK_NAMESPACE: Final = "http://www.w3.org/1999/xlink"

SHAPES: Final = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
ELEMENTS: Final = SHAPES | {
    "svg", "g", "defs", "symbol", "use", "clipPath", "mask", "marker", "linearGradient", "radialGradient", "stop",
}  # fmt: skip
"""Elements that are kept. None of them runs, loads, links, moves or needs a font."""
SILENT_ELEMENTS: Final = frozenset({"title", "desc", "metadata", "style"})
"""Elements that draw nothing: left out. Style sheets are read before, and become attributes."""
INERT_DEFINITIONS: Final = frozenset({"filter", "pattern", "font", "font-face", "color-profile", "cursor", "view"})
"""Definitions that draw nothing by themselves: left out, and what refers to them is refused."""
REFUSALS: Final = {
    **dict.fromkeys(("text", "tspan", "textPath", "tref"), "text needs a font: convert it to paths"),
    **dict.fromkeys(("image", "feImage"), "a bitmap inside a drawing: upload it as PNG or WebP"),
    **dict.fromkeys(
        ("animate", "animateMotion", "animateTransform", "animateColor", "set", "discard"),
        "a drawing must stand still: upload the start and the end of the movement",
    ),
    "filter": "filters are not shown everywhere: flatten shadows and blurs",
    "pattern": "patterns are not taken: draw their shapes",
    "svg": "a drawing inside a drawing: ungroup it",
    "a": "links are not taken: ungroup the link",
    "switch": "alternatives for other programs are not taken: export as plain SVG",
}
"""Why an element is refused, and what to do instead."""
ACTIVE_CONTENT: Final = "scripts and embedded documents are not taken: export as plain SVG"
"""Why any other element is refused."""

ValueKind = Literal["length", "lengths", "path", "transform", "paint", "reference", "target", "words"]
"""The grammar of a value: see `svg_values`."""

PROPERTIES: Final[dict[str, ValueKind]] = {
    **dict.fromkeys(("fill", "stroke", "color", "stop-color"), "paint"),
    **dict.fromkeys(
        ("opacity", "fill-opacity", "stroke-opacity", "stop-opacity", "stroke-width", "stroke-miterlimit",
         "stroke-dashoffset"),
        "length",
    ),
    "stroke-dasharray": "lengths",
    **dict.fromkeys(("clip-path", "mask", "marker", "marker-start", "marker-mid", "marker-end"), "reference"),
    **dict.fromkeys(
        ("fill-rule", "clip-rule", "stroke-linecap", "stroke-linejoin", "display", "visibility", "overflow",
         "paint-order", "mask-type", "vector-effect"),
        "words",
    ),
}  # fmt: skip
"""Properties that may stand in an attribute, in `style` or in a style sheet; all become attributes."""
ATTRIBUTES: Final[dict[str, ValueKind]] = {
    **PROPERTIES,
    **dict.fromkeys(
        ("x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2", "fx", "fy", "fr", "offset",
         "refX", "refY", "markerWidth", "markerHeight", "pathLength"),
        "length",
    ),
    **dict.fromkeys(("points", "viewBox"), "lengths"),
    "d": "path",
    **dict.fromkeys(("transform", "gradientTransform"), "transform"),
    "href": "target",
    **dict.fromkeys(
        ("clipPathUnits", "gradientUnits", "spreadMethod", "maskUnits", "maskContentUnits", "markerUnits",
         "preserveAspectRatio"),
        "words",
    ),
    "orient": "words",
}  # fmt: skip
"""Attributes that are kept, with the grammar of their values. All others are left out."""
REFUSED_PROPERTIES: Final = {
    "filter": "filters are not shown everywhere: flatten shadows and blurs",
    "mix-blend-mode": "blend modes are not shown everywhere: flatten them",
}
"""Properties that change what is seen and are not taken; their initial values (`none`, `normal`) are left out."""
