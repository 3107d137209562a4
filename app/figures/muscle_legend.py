"""The map of the muscles with its legend, beside a drawing: what works, helps, is stretched or massaged, in a word."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.figures.lettering import ASCENDER_HEIGHT, measure_words, write_words
from app.figures.muscle_map import MAP_BODY_HEIGHT, MAP_VIEWS, MapView, list_map_patches, load_muscle_map
from app.figures.muscle_overlay import OPPOSITE, ColouredMuscle, write_patch, write_texture
from app.figures.muscle_patches import Outline, write_outline
from app.figures.muscle_place import MapPlace, Size
from app.figures.palette import CLASS_PREFIX
from app.figures.picture_options import ShownMuscle
from app.figures.texts import FigureTexts
from app.texts.loader import load_texts

BODY_GAP = 44
"""Between the two bodies, in drawing units, as all lengths here."""
CAPTION_SIZE, WORD_SIZE = 11.0, 12.6
"""Size of the words under the bodies, and of the legend: a fifth of the height of small letters."""
CAPTION_SPACE = 150
"""What the words under the bodies need."""
LINE_HEIGHT = 150
"""From one line of the legend to the next."""
SWATCH_WIDTH, SWATCH_HEIGHT, SWATCH_GAP = 190, 104, 70
"""Size of the samples in the legend, and their distance from the words."""
COLUMN_GAP = 110
"""Between the bodies and a legend beside them."""
ROLES = ("primary", "secondary", "stretched", "massaged")
"""The roles in the order of the legend."""
DEEP = "deep"
"""The line of the legend for muscles that others cover."""
SIDE_WORDS = {"R": "right", "L": "left"}
"""The sides in words."""
UNITS = 10
"""Drawing units to a pixel."""


class MapLegend(NamedTuple):
    """The map with the lines of its legend."""

    muscles: tuple[ColouredMuscle, ...]
    lines: tuple[str, ...]

    @property
    def bodies_size(self) -> Size:
        """Width and height of the two bodies with the words under them."""
        width = load_muscle_map().half_width * 4 + BODY_GAP
        return width, MAP_BODY_HEIGHT + CAPTION_SPACE

    @property
    def legend_size(self) -> Size:
        """Width and height of the legend."""
        words = load_texts(FigureTexts).legend
        widest = max(measure_words(words[line], WORD_SIZE) for line in self.lines)
        return SWATCH_WIDTH + SWATCH_GAP + widest, LINE_HEIGHT * len(self.lines)

    @property
    def sizes_px(self) -> tuple[Size, ...]:
        """The sizes that it may have in pixels: legend below the bodies, or beside them."""
        (width, height), (legend_width, legend_height) = self.bodies_size, self.legend_size
        below = max(width, legend_width), height + legend_height
        beside = width + COLUMN_GAP + legend_width, max(height, legend_height)
        return tuple((w / UNITS, h / UNITS) for w, h in (below, beside))

    def write(self, place: MapPlace) -> str:
        """Return the group of the map, to stand before the drawing."""
        (width, height), (legend_width, legend_height) = self.bodies_size, self.legend_size
        if place.shape == 0:
            whole = max(width, legend_width)
            bodies, legend = ((whole - width) / 2, 0.0), ((whole - legend_width) / 2, height)
        else:
            whole = max(height, legend_height)
            bodies = 0.0, (whole - height) / 2
            legend = width + COLUMN_GAP, (whole - CAPTION_SPACE - legend_height) / 2
        parts = f"{''.join(self._write_bodies(*bodies))}{''.join(self._write_lines(*legend))}"
        return f'<g transform="translate({place.x:.1f} {place.y:.1f})scale(.1)">{parts}</g>'

    def _write_bodies(self, left: float, top: float) -> Iterator[str]:
        parts, words = load_muscle_map(), load_texts(FigureTexts).views
        for index, view in enumerate(MAP_VIEWS):
            middle = left + parts.half_width * (2 * index + 1) + BODY_GAP * index
            yield f'<g transform="translate({middle:.0f} {top:.0f})">'
            yield _path("map-body", parts.body) + _path("map-hair", parts.hair[view])
            for is_deep in (False, True):
                for role, outline in self._list_outlines(view, is_deep):
                    yield _write_deep(role, outline) if is_deep else write_patch(role, [outline], "map-muscle")
            width = measure_words(words[view], CAPTION_SIZE)
            baseline = MAP_BODY_HEIGHT + 40 + ASCENDER_HEIGHT * CAPTION_SIZE
            yield _path("caption", write_words(words[view], -width / 2, baseline, CAPTION_SIZE))
            yield "</g>"

    def _list_outlines(self, view: MapView, is_deep: bool) -> Iterator[tuple[str, Outline]]:
        parts = load_muscle_map()
        order = {name: place for place, (name, _) in enumerate(parts.patches[view])}
        for muscle in sorted(self.muscles, key=lambda shown: order.get(shown.muscle, 0)):
            if (muscle.muscle in parts.deep) is is_deep:
                for side in muscle.sides:
                    yield from ((muscle.role, outline) for outline in list_map_patches(view, muscle.muscle, side))

    def _write_lines(self, left: float, top: float) -> Iterator[str]:
        words = load_texts(FigureTexts).legend
        for place, line in enumerate(self.lines):
            y = top + LINE_HEIGHT * place
            swatch = _outline_swatch(left, y + (LINE_HEIGHT - SWATCH_HEIGHT) / 2)
            yield _write_deep("", swatch) if line == DEEP else write_patch(line, [swatch], "map-muscle")
            baseline = y + LINE_HEIGHT / 2 + WORD_SIZE * 2.5
            yield _path("lettering", write_words(words[line], left + SWATCH_WIDTH + SWATCH_GAP, baseline, WORD_SIZE))


def make_legend(muscles: Sequence[ColouredMuscle], is_mirrored: bool) -> MapLegend:
    """Return the map of muscles; in a mirrored drawing they change their sides."""
    shown = tuple(
        muscle._replace(sides=tuple(OPPOSITE[side] for side in muscle.sides)) if is_mirrored else muscle
        for muscle in muscles
    )
    used = {muscle.role for muscle in muscles}
    deep = any(muscle.muscle in load_muscle_map().deep for muscle in muscles)
    return MapLegend(shown, tuple(role for role in ROLES if role in used) + ((DEEP,) if deep else ()))


def describe_muscles(names: Sequence[ShownMuscle], muscles: Sequence[ColouredMuscle], is_mirrored: bool) -> str:
    """Return a sentence that names the coloured muscles by role; those of one side with their side."""
    texts = load_texts(FigureTexts)
    phrases = []
    for role in ROLES:
        listed = []
        for shown, coloured in zip(names, muscles, strict=True):
            if shown.role == role:
                side = coloured.sides[0] if len(coloured.sides) == 1 else ""
                word = SIDE_WORDS.get(OPPOSITE[side] if side and is_mirrored else side)
                listed.append(texts.one_side.fill(muscle=shown.name, side=texts.sides[word]) if word else shown.name)
        if listed:
            phrases.append(texts.muscles_of_role.fill(role=texts.legend[role], muscles=", ".join(listed)))
    return texts.muscles.fill(muscles="; ".join(phrases))


def _write_deep(role: str, outline: Outline) -> str:
    """Return a muscle that others cover: pale, with a dashed rim."""
    if not role:
        return _path("map-deep-sample", write_outline(outline))
    area = _path(f"map-deep {CLASS_PREFIX}{role}-deep", write_outline(outline))
    return area + write_texture(role, [outline], "map-muscle")


def _outline_swatch(left: float, top: float) -> Outline:
    """Return a rounded sample of the legend, with its points so that textures look as on the body."""
    x, y, w, h = round(left / 2) * 2, round(top / 2) * 2, SWATCH_WIDTH, SWATCH_HEIGHT
    across = [x + w * step // 6 // 2 * 2 for step in range(7)]
    upper, lower = [(at, y) for at in across], [(at, y + h) for at in reversed(across)]
    return ((x, y + h // 4 * 2), *upper[0:], (x + w, y + h // 4 * 2), *lower)


def _path(classes: str, data: str) -> str:
    return f'<path class="{CLASS_PREFIX}{classes}" d="{data}"/>'
