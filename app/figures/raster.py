"""PNG pictures from SVG documents."""

import resvg_py


def render_png(svg: str, width: int) -> bytes:
    """Return an SVG document as PNG bytes, `width` pixels wide.

    The renderer knows no media queries and no animation: the document must be a still one in the light or dark theme.
    Words in it are lines, not texts.
    """
    # Looking for fonts takes a third as long as the rendering.
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True))
