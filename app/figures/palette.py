"""Colours of the drawings in both themes, and the style rules made from them. Needs no drawing library."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from app.figures.persons import USUAL_APPEARANCE, Appearance, list_person_tones

Theme = TypeAliasType(
    "Theme",
    Annotated[
        Literal["light", "dark", "auto"], Field(description="Colour themes; `auto` follows the reader's own setting.")
    ],
)
FixedTheme = TypeAliasType(
    "FixedTheme",
    Annotated[Literal["light", "dark"], Field(description="Colours that do not follow the setting of the reader.")],
)
CLASS_PREFIX = "tmf-"
"""Every class of a drawing begins with this, so that none collides with a class of the page that embeds it."""
LIGHT = {
    "bg": "#F4F6F8",
    "skin": "#E6B79C",
    "skin2": "#CF9E83",
    "skin-e": "#9C6547",
    "top": "#2F93A1",
    "top2": "#25717C",
    "top-e": "#1B5963",
    "leg": "#3A4A6B",
    "leg2": "#2A3650",
    "leg-e": "#1B2439",
    "hair": "#3F3130",
    "hair-e": "#705A54",
    "eye": "#33282B",
    "prop": "#BCC6D2",
    "prop2": "#98A5B5",
    "prop3": "#DAE1E9",
    "mat": "#BFCBE3",
    "mat2": "#A8B7D4",
    "mat3": "#D6DFF1",
    "wall": "#DAE2ED",
    "wall2": "#C9D3E1",
    "wall3": "#EAEFF6",
    "pad": "#5E6B80",
    "pad2": "#4C586B",
    "pad3": "#75829A",
    "dark": "#4A5567",
    "dark2": "#6B788C",
    "dark3": "#8794A6",
    "metal": "#7B8796",
    "metal2": "#5D6876",
    "metal3": "#98A4B2",
    "metal-e": "#4C5663",
    "roll": "#8F7BC8",
    "roll2": "#6F5BA8",
    "roll3": "#AC9BDD",
    "roll-e": "#574391",
    "band": "#E9A825",
    "wood": "#B98A55",
    "cloth": "#D9868C",
    "cloth2": "#B9646B",
    "cloth3": "#E8A9AD",
    "cloth-e": "#A2525A",
    "spine": "#E4572E",
    "case": "#FFFFFF",
    "arrow": "#DD4A1F",
    "ghost": "#AEBAC9",
    "floor": "#E3E8EE",
}
"""Hex colour of every tone in the light theme; the names are those of `DARK`."""
DARK = {
    "bg": "#12171F",
    "skin": "#DDAA8C",
    "skin2": "#BE8E74",
    "skin-e": "#7C4F39",
    "top": "#2E9AAA",
    "top2": "#227684",
    "top-e": "#12505A",
    "leg": "#7384AC",
    "leg2": "#5C6D96",
    "leg-e": "#323E5C",
    "hair": "#6E544A",
    "hair-e": "#47332C",
    "eye": "#241C1C",
    "prop": "#566171",
    "prop2": "#424C59",
    "prop3": "#6F7B8C",
    "mat": "#323D54",
    "mat2": "#293347",
    "mat3": "#3B4863",
    "wall": "#313C4C",
    "wall2": "#3A4658",
    "wall3": "#465469",
    "pad": "#7A879C",
    "pad2": "#5F6B7E",
    "pad3": "#93A0B5",
    "dark": "#8490A2",
    "dark2": "#667284",
    "dark3": "#9CA7B7",
    "metal": "#8B97A6",
    "metal2": "#6A7584",
    "metal3": "#A9B4C1",
    "metal-e": "#3D4652",
    "roll": "#9784D2",
    "roll2": "#7461B0",
    "roll3": "#B6A6E6",
    "roll-e": "#4B3A80",
    "band": "#F2B83B",
    "wood": "#C4965F",
    "cloth": "#C97F86",
    "cloth2": "#A85F67",
    "cloth3": "#DA959B",
    "cloth-e": "#87434A",
    "spine": "#F0562A",
    "case": "#FFFFFF",
    "arrow": "#FF8A5C",
    "ghost": "#5D6C80",
    "floor": "#1C232D",
}
"""Hex colour of every tone in the dark theme.

A plain name is the colour of a near or middle surface, `2` a far or shaded one, `3` a lit one, `-e` an outline.
"""
THEMES = {"light": LIGHT, "dark": DARK}
"""The tones of the two themes that have colours of their own."""
MUSCLE_COLOURS = {"primary": "#C41E3A", "secondary": "#FA9828", "stretched": "#2350C4", "massaged": "#CDB4F6"}
"""Hex colour of each role of a muscle, in both themes; they differ in lightness, too, for colour-blind readers."""
TEXTURE_COLOURS = {"secondary": "#6E2C00", "stretched": "#FFFFFF", "massaged": "#4A2391"}
"""Hex colour of the dots, lines and grids on them; the main work has none."""
BODY_RIM, MAP_RIM = "#FFFFFF", "#3A1A1A"
"""Hex colours of the rim of a muscle on the body and on the map, in both themes. A dark one is lost on dark skin."""
LABEL_COLOURS = {
    "light": {"text": "#1D2836", "muted": "#4C5B6E", "rule": "#7C899B"},
    "dark": {"text": "#F2F5F9", "muted": "#B4C0CF", "rule": "#8592A5"},
}
"""Colours of texts (`text`, `muted`) and dimension lines (`rule`); texts have the contrast of WCAG AA at least."""
OUTLINED_TONES = ("skin", "top", "leg", "hair", "metal", "roll", "cloth")
"""Tones with an outline colour of their own (`-e`)."""
ROD_TONES = ("band", "wood", "cloth", "metal", "metal2", "metal3", "dark", "pad2")
"""Tones in which rods, tubes and bands are stroked."""
LINE_TONES = ("case", "spine", "arrow")
"""Tones that are stroked, never filled."""
STROKE_STYLES = {
    "e": "fill:none;stroke-width:24;stroke-linejoin:round",
    "case": "fill:none;stroke-linecap:round;stroke-width:56",
    "spine": "fill:none;stroke-linecap:round;stroke-width:33",
    "arrow": "fill:none;stroke-linecap:round;stroke-width:34",
    "rod": "fill:none;stroke-linecap:round;stroke-linejoin:round",
    "mouth": "fill:none;stroke-width:16",
    "brow": "fill:none;stroke-width:13",
    "crease": "fill:none;stroke-width:12",
    "strand": "fill:none;stroke-linecap:round;stroke-width:11",
    "ring": "fill:none;stroke-width:32",
    "ring-fill": "fill:none;stroke-width:32",
    "collar": "fill:none;stroke-width:24",
    "fold": "fill:none;stroke-linecap:round;stroke-width:13",
    "seam": "fill:none;stroke-linecap:round;stroke-width:13",
    "blade": "fill:none;stroke-linecap:round;stroke-width:19",
    "muscle": "stroke-width:7;stroke-linejoin:round",
    "muscle-texture": "fill:none;stroke-linecap:round;stroke-width:10",
    "map-muscle": "stroke-width:5;stroke-linejoin:round",
    "map-muscle-texture": "fill:none;stroke-linecap:round;stroke-width:9",
    "map-deep": "fill-opacity:.45;stroke-width:11;stroke-dasharray:22 15",
    "map-deep-sample": "fill:none;stroke-width:11;stroke-dasharray:22 15",
    "map-body": "stroke-width:8",
    "lettering": "fill:none;stroke-linecap:round;stroke-linejoin:round;stroke-width:13",
    "caption": "fill:none;stroke-linecap:round;stroke-linejoin:round;stroke-width:11",
    "arrowhead": "stroke-width:16;stroke-linejoin:round",
    "rule": "fill:none;stroke-width:1",
    "span": "stroke-width:1.4",
}
"""Rules that do not depend on the theme, by class.

Widths are drawing units: tenths of a pixel, but pixels for the dimension lines `rule` and `span`, which are not scaled.
"""


OUTLINE_CLASSES = (
    "e",
    "case",
    "spine",
    "arrow",
    "arrowhead",
    "mouth",
    "brow",
    "crease",
    "strand",
    "collar",
    "fold",
    "seam",
)
"""Classes of lines that keep their width where a drawing is enlarged."""


def list_colour_rules(theme: str, appearance: Appearance = USUAL_APPEARANCE) -> dict[str, str]:
    """Return the declarations of every class that has a colour, in the light or dark theme, for a person.

    Raises KeyError for another theme.
    """
    tones = THEMES[theme] | list_person_tones(theme, appearance)
    rules = {
        tone: f"fill:{colour}" for tone, colour in tones.items() if not tone.endswith("-e") and tone not in LINE_TONES
    }
    rules |= {f"e-{tone}": f"stroke:{tones[tone + '-e']}" for tone in OUTLINED_TONES}
    rules |= {tone: f"stroke:{tones[tone]}" for tone in LINE_TONES}
    rules |= {f"r-{tone}": f"stroke:{tones[tone]}" for tone in ROD_TONES}
    rules |= dict.fromkeys(("mouth", "crease"), f"stroke:{tones['skin-e']}")
    rules |= {"ring": f"stroke:{tones['ghost']}", "ring-fill": f"stroke:{tones['top']}"}
    rules |= {"blade": f"stroke:{tones['top2']}"}
    rules |= {"brow": f"stroke:{tones.get('brow-e', tones['hair'])}", "collar": f"stroke:{tones['top-e']}"}
    rules |= {"fold": f"stroke:{tones['top-e']}", "seam": f"stroke:{tones['leg-e']}"}
    rules |= {"strand": f"stroke:{tones['hair-e']}"}
    rules |= dict.fromkeys(("arrowhead", "span"), f"fill:{tones['arrow']};stroke:{tones['arrow']}")
    labels = LABEL_COLOURS[theme]
    rules |= {name: f"fill:{labels[name]}" for name in ("text", "muted")}
    rules |= {role: f"fill:{colour};stroke:{BODY_RIM}" for role, colour in MUSCLE_COLOURS.items()}
    rules |= {f"{role}-map": f"fill:{colour};stroke:{MAP_RIM}" for role, colour in MUSCLE_COLOURS.items()}
    rules |= {f"{role}-deep": f"fill:{colour};stroke:{labels['text']}" for role, colour in MUSCLE_COLOURS.items()}
    rules |= {f"{role}-texture": f"stroke:{colour}" for role, colour in TEXTURE_COLOURS.items()}
    rules |= {"map-body": f"fill:{tones['ghost']};stroke:{labels['rule']}", "map-hair": f"fill:{labels['rule']}"}
    rules |= {"lettering": f"stroke:{labels['text']}", "caption": f"stroke:{labels['muted']}"}
    rules |= {"map-deep-sample": f"stroke:{labels['text']}"}
    rules["rule"] = f"stroke:{labels['rule']}"
    return rules


def build_motion_style(scope: str) -> str:
    """Return the rule that shows a still drawing in place of the moving one to readers who prefer reduced motion.

    `scope` is the class of the picture's root.
    """
    moving, still = f".{scope} .{CLASS_PREFIX}moving", f".{scope} .{CLASS_PREFIX}still"
    return (
        f"{still}{{display:none}}@media(prefers-reduced-motion:reduce)"
        f"{{{moving}{{display:none}}{still}{{display:inline}}}}"
    )
