"""Every frame shows a drawing as large as it can be, whole, and with words where there are two of it."""

import re
from itertools import combinations, product

import pytest

from app.figures import assets
from app.figures.composition import compose_picture
from app.figures.frames import AS_STORED, CANVASES, MAX_ZOOM, STORED_CANVAS, fit_box, is_cut_off, write_group
from app.figures.lettering import write_words
from app.figures.palette import DARK, LABEL_COLOURS, LIGHT
from app.figures.panel_layout import (
    LABEL_GAP_PX,
    LABEL_ROOM_PX,
    LABEL_SIZE,
    PANEL_GAP_PX,
    PANEL_MARGIN_PX,
    Panel,
    PlacedPanel,
    find_label_box,
    place_panels,
)
from app.figures.picture_layout import (
    MAT_MARGIN_PX,
    MAX_LANDSCAPE_ZOOM,
    find_box,
    find_panel_box,
    list_parts,
    measure_filled,
)
from app.figures.picture_options import PHASES, Frame, PictureLook
from app.figures.raster import render_png
from app.figures.rectangle import Rectangle, unite_rectangles
from tests.figures.pixels import read_picture

SLUGS = assets.list_drawn_slugs()
SHAPED_FRAMES: tuple[Frame, ...] = ("square", "portrait")
NUMBER = re.compile(r"-?[\d.]+")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_drawing_fills_half_of_its_frame_or_reaches_from_edge_to_edge(slug: str) -> None:
    """Wide drawings cannot fill an upright frame without losing a part; they are as wide as it is."""
    asset = assets.read_asset(slug)
    for frame, phase in product(SHAPED_FRAMES, PHASES):
        canvas, parts = CANVASES[frame], list_parts(asset, phase, frame)
        if len(parts) > 1:
            continue
        placement, area = parts[0].placement, parts[0].area
        shown = placement.place(find_box(asset, phase, frame))
        assert (shown.left, shown.top) >= (area.left, area.top)
        assert shown.right <= area.right
        assert shown.bottom <= area.bottom + 1e-6
        # A drawing that is cut off has no room below it.
        below = 0 if shown.bottom > area.bottom - 1e-3 else canvas.padding
        free = area.width - shown.width - 2 * canvas.padding, area.height - shown.height - canvas.padding - below
        is_largest = min(free) < 1 or placement.zoom == MAX_ZOOM
        assert is_largest or measure_filled(asset, phase, frame) >= 0.5, (frame, phase)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_landscape_picture_is_filled_from_edge_to_edge_and_shows_mat_and_wall_whole(slug: str) -> None:
    asset = assets.read_asset(slug)
    for phase in PHASES:
        part, *others = list_parts(asset, phase, "landscape")
        if others:
            continue
        names = {"animated", "backdrop", "arrows"} & asset["bounds"].keys()
        shown = part.placement.place(unite_rectangles([Rectangle(*asset["bounds"][name]) for name in names]))
        is_cut = shown.bottom > 300 - 1e-6
        room = [shown.left, shown.top, 400 - shown.right, *([] if is_cut else [300 - shown.bottom])]
        assert min(room) >= MAT_MARGIN_PX - 1e-6
        assert min(room) <= 15 or part.placement.zoom == MAX_LANDSCAPE_ZOOM


def test_beside_a_map_of_muscles_a_landscape_picture_leaves_room() -> None:
    (part,) = list_parts(assets.read_asset("cat-cow"), "both", "landscape", has_map=True)
    assert part.placement == AS_STORED


@pytest.mark.parametrize("slug", SLUGS)
def test_two_drawings_are_whole_and_apart_with_their_words(slug: str) -> None:
    asset = assets.read_asset(slug)
    for frame in ("landscape", *SHAPED_FRAMES):
        canvas, parts = CANVASES[frame], list_parts(asset, "both", frame)
        boxes = [part.placement.place(find_panel_box(asset, part.phase)) for part in parts if part.label]
        boxes += [find_label_box(part.label) for part in parts if part.label]
        is_cut = any(is_cut_off(find_panel_box(asset, phase)) for phase in ("start", "end"))
        for box in boxes:
            assert (box.left, box.top) >= (PANEL_MARGIN_PX - 1e-6, PANEL_MARGIN_PX - 1e-6)
            assert box.right <= canvas.width - PANEL_MARGIN_PX + 1e-6
            assert box.bottom <= canvas.height - (0 if is_cut else PANEL_MARGIN_PX) + 1e-6
        for one, other in combinations(boxes, 2):
            assert find_distance(one, other) >= LABEL_GAP_PX - 1e-6


def find_distance(one: Rectangle, other: Rectangle) -> float:
    """Return the larger one of the distances across and down between two boxes; below 0 where they overlap."""
    across = max(one.left, other.left) - min(one.right, other.right)
    return max(across, max(one.top, other.top) - min(one.bottom, other.bottom))


def place_boxes(start: Rectangle, end: Rectangle, continuation_px: float = 0) -> list[PlacedPanel]:
    panels = [Panel(box, (box.left + box.right) / 2, word) for box, word in ((start, "start"), (end, "end"))]
    return place_panels(panels, STORED_CANVAS, continuation_px)


def test_two_drawings_side_by_side_are_as_large_as_both_allow() -> None:
    """A narrow drawing leaves its room to a wide one."""
    narrow, wide = Rectangle(0, 0, 66, 220), Rectangle(0, 0, 300, 220)
    start, end = place_boxes(narrow, wide)
    assert start.placement.zoom == pytest.approx((400 - 2 * PANEL_MARGIN_PX - PANEL_GAP_PX) / 366)
    assert start.area.top == end.area.top
    # As much room left of the pair as between the two and right of them; as much above the drawings as below the words.
    assert start.area.left == pytest.approx(end.area.left - start.area.right) == pytest.approx(400 - end.area.right)
    assert start.area.top == pytest.approx(300 - find_label_box(end.label).bottom)


def test_wide_drawings_stand_one_above_the_other_where_that_makes_them_clearly_larger() -> None:
    low, high = Rectangle(0, 200, 360, 280), Rectangle(0, 100, 360, 280)
    start, end = place_boxes(low, low)
    assert start.label.side == "above"
    assert start.placement.zoom == pytest.approx((400 - 2 * PANEL_MARGIN_PX) / 360)
    assert end.area.top > start.area.bottom + LABEL_ROOM_PX
    assert start.area.left == end.area.left
    # Words left of high drawings leave them all of the height.
    start, end = place_boxes(low._replace(right=300), high._replace(right=300))
    assert start.label.side == "left"
    assert start.placement.zoom == pytest.approx((300 - 2 * PANEL_MARGIN_PX - PANEL_GAP_PX) / 260)
    beside, _ = place_boxes(Rectangle(0, 0, 180, 200), Rectangle(0, 0, 180, 200))
    assert beside.label.side == "below"


def test_of_low_drawings_that_are_cut_off_more_is_shown() -> None:
    box = Rectangle(0, 60, 300, 300)
    short, long = (place_boxes(box, box, continuation_px)[0] for continuation_px in (0, 500))
    assert short.placement.zoom == long.placement.zoom
    assert short.placement.place(box).bottom == pytest.approx(300)
    assert find_label_box(long.label).top == pytest.approx(PANEL_MARGIN_PX)
    assert long.placement.place(box).bottom < 300 - 50


@pytest.mark.parametrize("slug", SLUGS)
def test_start_end_and_motion_lie_alike_in_every_frame(slug: str) -> None:
    asset = assets.read_asset(slug)
    for frame in ("landscape", *SHAPED_FRAMES):
        assert len({list_parts(asset, phase, frame)[0].placement for phase in ("start", "end", "animated")}) == 1


def test_a_close_up_keeps_its_ghost_in_a_landscape_picture() -> None:
    """What has been enlarged for a small movement would look the same twice."""
    counts = [len(list_parts(assets.read_asset(slug), "both", "landscape")) for slug in ("chin-tuck", "sphinx-pose")]
    assert counts == [1, 2]


def test_a_word_stands_below_the_feet_and_not_below_an_arm() -> None:
    """The arm of the end reaches far to one side."""
    end = list_parts(assets.read_asset("seated-open-book"), "both", "landscape")[1]
    assert end.label
    assert end.label.x > (end.area.left + end.area.right) / 2 + 10


def test_the_word_of_a_mirrored_panel_goes_with_its_person() -> None:
    asset, places = assets.read_asset("standing-overhead-reach"), []
    end = list_parts(asset, "both", "landscape")[1]
    assert end.label
    word = find_label_box(end.label)
    first = re.compile(r'lettering" d="M(\d+)')
    for is_mirrored in (False, True):
        document = compose_picture(asset, "both", PictureLook(), is_mirrored).document
        places.append(int(first.findall(document)[1]) / 10)
    mirrored_left = places[1] - places[0] + word.left
    assert mirrored_left + word.right == pytest.approx(end.area.left + end.area.right, abs=0.1)
    assert abs(places[1] - places[0]) > 5


def test_most_pictures_fill_half_of_the_frame_that_suits_them() -> None:
    """Of the frames of each exercise the best one is filled by half; 400 by 300 pixels alone does it for a third."""
    best = [
        max(measure_filled(assets.read_asset(slug), "both", frame) for frame in ("landscape", *SHAPED_FRAMES))
        for slug in SLUGS
    ]
    assert sum(share >= 0.5 for share in best) >= 0.9 * len(best)
    assert min(best) > 0.3


def test_a_box_is_placed_in_the_middle_and_one_that_is_cut_off_at_the_edge() -> None:
    area = Rectangle(0, 0, 300, 400)
    assert fit_box(Rectangle(100, 100, 200, 120), area, 10).place(Rectangle(100, 100, 200, 120)) == pytest.approx(
        (70, 184, 230, 216)
    )
    cut = fit_box(Rectangle(100, 100, 300, 300), area, 10)
    assert cut.place(Rectangle(100, 100, 300, 300)) == pytest.approx((10, 120, 290, 400))
    low = Rectangle(100, 200, 300, 300)
    for continuation_px, bottom in ((0, 400), (50, 330), (500, 150)):
        assert fit_box(low, area, 10, continuation_px).place(low).bottom == pytest.approx(bottom)
    assert write_group(AS_STORED) == '<g transform="scale(.1)">'
    assert write_group(cut, 300) == '<g transform="translate(430 -20)scale(-.14 .14)">'


@pytest.mark.parametrize(
    ("slug", "frame"), [("chair-twist", "landscape"), ("chair-twist", "square"), ("dead-bug-heel-tap", "portrait")]
)
def test_two_panels_are_named_in_their_order_on_either_side(slug: str, frame: Frame) -> None:
    for side in ("left", "right"):
        svg = assets.render_svg(slug, "both", "dark", side, PictureLook(frame=frame)).decode()
        words = re.findall(rf'<path [^>]*stroke="{LABEL_COLOURS["dark"]["text"]}" d="(M(\d+) (\d+)[^"]+)"', svg)
        shapes = [NUMBER.sub("n", data) for data, _, _ in words]
        assert shapes == [NUMBER.sub("n", write_words(word, 0, 0, LABEL_SIZE)) for word in ("start", "end")]
        places = [(int(y) // 1000, int(x)) for _, x, y in words]
        assert places == sorted(places)


@pytest.mark.parametrize("slug", ["cat-cow", "band-lat-pulldown"])
def test_an_icon_is_simple_and_shows_the_phase_that_tells_most(slug: str) -> None:
    icon, look = assets.read_asset(slug)["about"]["icon"], PictureLook(frame="icon")
    document = assets.render_svg(slug, "both", "light", look=look).decode()
    assert document == assets.render_svg(slug, icon, "light", look=look).decode()
    whole = assets.render_svg(slug, icon, "light").decode()
    for tone in ("mat", "mat2", "mat3", "eye", "arrow"):
        assert f'fill="{LIGHT[tone]}"' not in document
    assert document.count("<path") < whole.count("<path")
    picture = read_picture(render_png(document, 64))
    assert (picture.width, picture.height) == (64, 64)
    assert picture.count_colours()[tuple(bytes.fromhex(LIGHT["top"][1:]))] > 64  # type: ignore[index]


def test_outlines_are_as_wide_in_every_frame() -> None:
    """Within the tenth of a pixel: what is enlarged is the drawing, not its lines."""
    for frame in ("landscape", *SHAPED_FRAMES):
        document = assets.render_svg("bent-over-reach", "end", "dark", look=PictureLook(frame=frame)).decode()
        scale = re.search(r"scale\(([.\d]+)\)", document)
        widths = re.findall(rf'stroke-width="([\d.]+)" stroke-linejoin="round" stroke="{DARK["skin-e"]}"', document)
        assert scale
        assert {round(float(scale[1]) * float(width), 1) for width in widths} == {2.4}
