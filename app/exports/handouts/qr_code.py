"""QR codes (ISO/IEC 18004) as vectors."""

QUIET_ZONE = 4
"""Modules of empty space on each side, as the standard asks for."""


def draw_qr_code(text: str) -> str:
    """Return a QR code as an SVG document, dark on white, with its quiet zone.

    Its correction of errors is `M`: 15 % of the code may be worn, as on paper that is folded.
    """
    import segno  # few ask for hand-outs, all would wait for it

    code = segno.make_qr(text, error="m")
    svg: str = code.svg_inline(border=QUIET_ZONE, dark="#17212b", light="#ffffff", omitsize=True)
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
