"""Cards of records for pages of others: shown in a frame, in the colours that the page around them asks for."""

import base64
import hashlib
from typing import Annotated, Any, NamedTuple

from pydantic import ConfigDict, Field

from app.figures.palette import Theme
from app.kit.links import PublicAddress
from app.kit.models import FrozenModel
from app.pages.assets import describe_policy
from app.pages.exercise_page import list_facts
from app.pages.exercise_parts import list_session_facts
from app.pages.rendering import PageHead, render_page
from app.pages.session_pages import first_figure, list_events
from app.pages.sharing import describe_sharing
from app.schemas.exercise import Exercise
from app.schemas.routine import Routine
from app.sessions.printout import describe_dose

SCRIPTS = ("embed.js",)


class EmbedQuery(FrozenModel):
    """How a card looks. What it does not know it ignores: content systems add parameters of their own."""

    model_config = ConfigDict(extra="ignore")

    theme: Theme = "auto"
    accent: Annotated[str, Field(pattern="^[0-9a-fA-F]{6}$")] | None = None
    """Red, green and blue as six hexadecimal digits."""


class Embed(NamedTuple):
    """A card, and the policy under which a browser shows it in any page."""

    page: str
    policy: str


def render_exercise_embed(exercise: Exercise, query: EmbedQuery, address: PublicAddress) -> Embed:
    """Return the card of an exercise."""
    head = _describe_head(exercise, "exercises", address, SCRIPTS)
    values = {"exercise": exercise, "dose": describe_dose(exercise.dose), "facts": list_facts(exercise)}
    return _render("embed_exercise.html", head._replace(figure=exercise.figure), query, values)


def render_routine_embed(routine: Routine, query: EmbedQuery, address: PublicAddress) -> Embed:
    """Return the card of a routine, with its player."""
    head = _describe_head(routine, "routines", address, (*SCRIPTS, "player.js"))
    facts = list_session_facts(routine.session, routine.recipe.available_equipment)
    values = {"routine": routine, "facts": facts, "timeline": list_events(routine.session, head.path)}
    return _render("embed_routine.html", head._replace(figure=first_figure(routine.session)), query, values)


def _describe_head(
    record: Exercise | Routine, plural: str, address: PublicAddress, scripts: tuple[str, ...]
) -> PageHead:
    return PageHead(
        path=describe_sharing(record, plural, address).embed_path,
        address=address,
        title=record.name,
        description=record.summary,
        canonical_path=f"/{plural}/{record.slug}",
        scripts=scripts,
    )


def _render(template: str, head: PageHead, query: EmbedQuery, values: dict[str, Any]) -> Embed:
    style = write_accent(query.accent) if query.accent else None
    page = render_page(template, head, theme=query.theme, style=style, **values)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() if style else None
    return Embed(page, describe_policy("*", digest))


def write_accent(colour: str) -> str:
    """Return the style that puts a colour in: on surfaces, with letters on it that are dark or light as can be read.

    Words keep the colours of the theme: nobody knows whether the colour can be read on them.
    """
    red, green, blue = (_linear(int(colour[start : start + 2], 16)) for start in (0, 2, 4))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue  # WCAG 2, relative luminance
    letters = "#000000" if luminance > 0.179 else "#ffffff"  # where the contrast to both is the same
    return f":root{{--surface:#{colour};--on-surface:{letters}}}"


def _linear(channel: int) -> float:
    """Return the light of a channel of sRGB, 0 to 1."""
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
