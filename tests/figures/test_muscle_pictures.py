"""Drawings with coloured muscles: what is coloured and where, the map and its legend, and the words that name them."""

import math
import re
from collections import Counter
from html import unescape
from xml.etree import ElementTree

import py_svg_hush
import pytest

from app.figures import assets
from app.figures.composition import list_columns
from app.figures.frames import CANVASES
from app.figures.motion_frames import FrameWriter
from app.figures.motion_loop import STANDARD_TEMPO, MotionTempo
from app.figures.muscle_legend import ROLES, make_legend
from app.figures.muscle_map import MAP_VIEWS, list_map_patches, load_muscle_map
from app.figures.muscle_overlay import ColouredMuscle, find_sides
from app.figures.muscle_patches import choose_hatching, is_seen, write_dots, write_grid, write_lines, write_outline
from app.figures.muscle_place import COLUMN_PX, find_place
from app.figures.palette import DARK, LIGHT, MUSCLE_COLOURS, TEXTURE_COLOURS
from app.figures.picture_layout import list_parts
from app.figures.picture_options import PHASES, Frame, PictureLook, ShownMuscle
from app.figures.raster import render_png
from app.rules.muscles import MUSCLE_ROLES, MUSCLES
from tests.figures.pixels import read_picture
from tests.figures.test_assets import NUMBER_WITH_SPACE
from tests.figures.test_svg_safety import ALLOWED_ELEMENTS

SVG = "{http://www.w3.org/2000/svg}"
SHOWN = tuple(ShownMuscle(muscle, MUSCLE_ROLES[place % 4], muscle) for place, muscle in enumerate(MUSCLES))
LOOK = PictureLook(muscles=SHOWN)
SLUGS = ("cat-cow", "goalpost-squeeze", "open-book", "shoulder-rolls")
"""From the side, from behind in two panels, one-sided from above, with a way back of its own."""


def draw(slug: str, phase: str, theme: str = "light", side: str | None = None, look: PictureLook = LOOK) -> str:
    return assets.render_svg(slug, phase, theme, side, look).decode()


def count_fills(svg: str) -> Counter[str]:
    fills = re.findall(r'fill="(#[0-9A-F]+)"', svg)
    return Counter(fill for fill in fills if fill in MUSCLE_COLOURS.values())


def test_the_map_has_every_muscle_on_one_view_at_least() -> None:
    parts = load_muscle_map()
    mapped = {muscle for view in MAP_VIEWS for muscle, _ in parts.patches[view]}
    assert mapped == set(MUSCLES)
    for view in MAP_VIEWS:
        for muscle in MUSCLES:
            right, left = (list(list_map_patches(view, muscle, side)) for side in "RL")
            assert [tuple((-x, y) for x, y in outline) for outline in right] == left
            for outline in right:
                assert max(abs(x) for x, _ in outline) < parts.half_width


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("slug", SLUGS)
def test_a_coloured_drawing_is_safe_to_embed(slug: str, phase: str) -> None:
    svg = draw(slug, phase, "auto")
    root = ElementTree.fromstring(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= ALLOWED_ELEMENTS
    assert not any("id" in element.attrib for element in root.iter())
    cleaned = py_svg_hush.filter_svg(svg.encode()).decode()
    assert ElementTree.canonicalize(cleaned, strip_text=True) == ElementTree.canonicalize(svg, strip_text=True)


@pytest.mark.parametrize("slug", SLUGS)
def test_muscles_move_with_the_body(slug: str) -> None:
    svg = assets.render_svg(slug, "animated", "light", look=LOOK, tempo=MotionTempo(3, 1, 3)).decode()
    moving = [
        animation.get("values", "").split(";")
        for path in ElementTree.fromstring(svg).iter(f"{SVG}path")
        if path.get("fill") in MUSCLE_COLOURS.values()
        for animation in path.iter(f"{SVG}animate")
    ]
    assert len(moving) >= 10
    for values in moving:
        assert len({NUMBER_WITH_SPACE.sub("n", value) for value in values}) == 1


def test_frames_of_pixels_have_them_too() -> None:
    document, loop = assets.load_motion("cat-cow", "light", None, LOOK, STANDARD_TEMPO)
    frame = FrameWriter(document, loop).write_frame(2.5)
    ElementTree.fromstring(frame)
    assert set(count_fills(frame)) == set(MUSCLE_COLOURS.values())


def test_the_record_decides_what_is_coloured() -> None:
    only = PictureLook(muscles=(ShownMuscle("obliques", "stretched", "obliques"),))
    svg = draw("cat-cow", "end", look=only)
    assert set(count_fills(svg)) == {MUSCLE_COLOURS["stretched"]}
    assert count_fills(draw("cat-cow", "end", look=PictureLook())) == Counter()
    # The swatch, the map (front and back, both sides), and the side that is seen.
    assert count_fills(svg)[MUSCLE_COLOURS["stretched"]] >= 1 + 3 + 1


def test_a_muscle_that_faces_away_is_on_the_map_only() -> None:
    """The chest cannot be seen from behind."""
    chest = PictureLook(muscles=(ShownMuscle("pectoralis_major", "stretched", "chest"),))
    assert count_fills(draw("goalpost-squeeze", "end", look=chest))[MUSCLE_COLOURS["stretched"]] == 1 + 2


@pytest.mark.parametrize(
    ("muscle", "drawn_side", "stated", "sides"),
    [
        ("latissimus_dorsi", "both", {}, "RL"),
        ("latissimus_dorsi", "right", {}, "R"),
        ("latissimus_dorsi", "left", {}, "L"),
        ("obliques", "left", {}, "RL"),
        ("obliques", "left", {"obliques": "working"}, "L"),
        ("hip_flexors", "left", {"hip_flexors": "other"}, "R"),
        ("hamstrings", "right", {"hamstrings": "both"}, "RL"),
    ],
)
def test_a_one_sided_exercise_uses_the_muscles_of_a_side(
    muscle: str, drawn_side: str, stated: dict[str, str], sides: str
) -> None:
    assert "".join(find_sides(muscle, drawn_side, stated)) == sides


def test_the_other_side_is_coloured_where_the_drawing_is_mirrored() -> None:
    look = PictureLook(muscles=(ShownMuscle("pectoralis_major", "stretched", "pectoralis major"),))
    left, right = (draw("open-book", "end", side=side, look=look) for side in ("left", "right"))
    assert "stretched: pectoralis major (left)." in left
    assert "stretched: pectoralis major (right)." in right

    def find_middle(svg: str) -> float:
        """Return the mean x of the muscle on the map, from the middle of the front view."""
        front = ElementTree.fromstring(svg).find(f"{SVG}g/{SVG}g")
        assert front is not None
        (path,) = (path for path in front.iter(f"{SVG}path") if path.get("fill") == MUSCLE_COLOURS["stretched"])
        return float(path.get("d", "").split("q")[0][1:].replace("-", " -").split()[0])

    # The person's left is on the right of the front view.
    assert find_middle(left) > 0 > find_middle(right)


def test_the_legend_names_the_roles_that_occur_and_what_is_deep() -> None:
    def list_lines(*pairs: tuple[str, str]) -> tuple[str, ...]:
        return make_legend([ColouredMuscle(muscle, role, ("R", "L")) for muscle, role in pairs], False).lines

    assert list_lines(("latissimus_dorsi", "primary")) == ("primary",)
    assert list_lines(("rhomboids", "secondary"), ("obliques", "primary")) == ("primary", "secondary", "deep")
    assert list_lines(("teres_major", "massaged"), ("obliques", "stretched")) == ("stretched", "massaged")
    assert set(ROLES) == set(MUSCLE_ROLES)


def test_the_description_names_the_muscles_by_role() -> None:
    look = PictureLook(
        muscles=(
            ShownMuscle("obliques", "primary", "obliques"),
            ShownMuscle("erector_spinae", "primary", "erector spinae"),
            ShownMuscle("hamstrings", "stretched", "hamstrings & co"),
        )
    )
    text = unescape(draw("cat-cow", "start", look=look))
    sentence = "Coloured muscles: main work: obliques, erector spinae; stretched: hamstrings & co."
    assert f"{sentence}</desc>" in text


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("slug", assets.list_drawn_slugs()[::3])
def test_the_map_covers_nothing_and_the_drawing_stays_large(slug: str, phase: str) -> None:
    sides = ("R", "L")
    legend = make_legend(
        [ColouredMuscle("obliques", "primary", sides), ColouredMuscle("rhomboids", "stretched", sides)], False
    )
    frames: tuple[Frame, ...] = ("landscape", "square", "portrait")
    for frame in frames:
        canvas, asset = CANVASES[frame], assets.read_asset(slug)
        parts = list_parts(asset, phase, frame, has_map=True)
        columns = list_columns(asset, parts, canvas, is_mirrored=False)
        place = find_place(columns, legend.sizes_px, (canvas.width, canvas.height), phase == "animated")
        assert place.scale >= (0.6 if frame == "landscape" else 0.44)
        width, height = legend.sizes_px[place.shape]
        assert 0 <= place.x <= canvas.width - width
        assert 0 <= place.y <= canvas.height - height
        for index, (top, bottom) in enumerate(columns):
            if bottom > top:
                left = place.shift_x + index * COLUMN_PX * place.scale
                overlaps_x = left < place.x + width and left + COLUMN_PX * place.scale > place.x
                drawn = (place.shift_y + top * place.scale, place.shift_y + bottom * place.scale)
                assert not (overlaps_x and drawn[0] < place.y + height and drawn[1] > place.y)


SQUARE = tuple((x, y) for x, y in ((0, 0), (40, 0), (80, 0), (80, 40), (80, 80), (40, 80), (0, 80), (0, 40)))
CIRCLE = tuple(
    (round(40 + 40 * math.cos(math.tau * place / 16)), round(40 + 40 * math.sin(math.tau * place / 16)))
    for place in range(16)
)


def test_textures_stay_inside_and_are_told_apart() -> None:
    hatching = choose_hatching([CIRCLE], 10)
    shapes = [texture(CIRCLE, hatching) for texture in (write_lines, write_grid, write_dots)]
    assert len(set(shapes)) == 3
    for shape in shapes:
        starts = re.findall(r"M(-?\d+) ?(-?\d+)", shape)
        assert len(starts) >= 4
        assert all(math.dist((int(x), int(y)), (40, 40)) < 39 for x, y in starts)


def test_lines_run_across_the_narrow_way_at_a_distance() -> None:
    strip = tuple((x, y * 10) for x, y in CIRCLE)
    close, wide = (choose_hatching([strip], distance) for distance in (20, 200))
    assert len(re.findall("M", write_lines(strip, close))) > len(re.findall("M", write_lines(strip, wide))) >= 1
    for x, y in re.findall(r"l(-?\d+) ?(-?\d+)", write_lines(strip, close)):
        assert abs(int(x)) > abs(int(y))


def test_an_outline_is_a_closed_curve() -> None:
    assert write_outline(SQUARE) == "M20 0q20 0 40 0t20 20 0 40-20 20-40 0-20-20 0-40 20-20z"
    assert is_seen(SQUARE)
    assert not is_seen(((4, 4),) * 8)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_are_on_the_picture_in_both_themes(theme: str) -> None:
    picture = read_picture(render_png(draw("cat-cow", "start", theme), 800))
    tones = {tuple(bytes.fromhex(colour[1:])) for colour in (*MUSCLE_COLOURS.values(), *TEXTURE_COLOURS.values())}
    pixels = {picture.read_pixel(x, y) for x in range(0, 800, 2) for y in range(0, 600, 2)}
    assert tones <= pixels
    assert tuple(bytes.fromhex((LIGHT if theme == "light" else DARK)["bg"][1:])) in pixels
