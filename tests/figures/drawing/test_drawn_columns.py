"""What of a picture is drawn on."""

from app.figures.drawing.drawn_columns import COLUMN_COUNT, measure_columns
from app.figures.drawing.svg import HEIGHT_PX


def test_columns_hold_the_highest_and_the_lowest_pixel() -> None:
    """A straight line across four columns, and a curve in one; moving outlines count in every sample."""
    line = '<path d="M1000 500l300 100"/>'
    samples = [f"M2050 {y}q5 5 10 0t10 0z" for y in (900, 700)]
    moving = f'<path d="{samples[0]}"><animate attributeName="d" values="{";".join(samples)}"/></path>'
    columns = measure_columns(line + moving)
    assert len(columns) == COLUMN_COUNT
    assert columns[10] == (50, 53)
    for place, (top, bottom) in enumerate(columns[10:13]):  # sampled every five pixels
        assert abs(top - (50 + place * 10 / 3)) < 2
        assert abs(bottom - (50 + (place + 1) * 10 / 3)) < 2
    assert columns[20] == (70, 90)
    assert columns[0] == (HEIGHT_PX, 0)
