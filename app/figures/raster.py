"""PNG from SVG with flat colours (the renderer knows neither variables nor media queries)."""

import resvg_py

from app.figures.palette import style


def themed(svg: str, theme: str) -> str:
    """The document with its style sheet."""
    return svg.replace("{style}", style(theme), 1)


def png(svg: str, width: int) -> bytes:
    """A themed still SVG as PNG bytes."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width))
