"""The gallery: one HTML page that shows every exercise by position. It has no scripts and loads nothing external."""

from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Annotated

from app.catalogue.filters import GalleryQuery
from app.figures.palette import Theme
from app.kit.links import relative_link
from app.rules.terms import load_terms
from app.schemas.exercise import Exercise
from app.texts import templates
from app.texts.loader import LANGUAGE, EveryKey, TextFile, load_texts
from app.texts.templates import Fields, PluralTemplate, Text

PACKAGE = Path(__file__).resolve().parent
GALLERY_CSP = (
    "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of the page: own images and own style sheet only."""

PAGE_PATH = "/gallery"
MAX_GOALS_SHOWN = 3
"""Goals that a card names; an exercise has its most important goals first."""


class GalleryTexts(TextFile):
    """The texts of the page; its HTML is in `templates/gallery`."""

    file_name = "gallery.yaml"
    title: Text
    introduction: Annotated[PluralTemplate, Fields()]
    goal_heading: Text
    all_goals: Text
    position_heading: Text
    theme_heading: Text
    themes: Annotated[dict[Theme, Text], EveryKey(Theme)]
    level: Annotated[templates.Template, Fields("level")]
    animation: Text
    data: Text
    licence_note: Text
    formats_note: Text
    documentation: Text


@cache
def read_stylesheet() -> bytes:
    """Return the style sheet of the page."""
    return (PACKAGE / "static" / "gallery.css").read_bytes()


def render_gallery(exercises: Iterable[Exercise], query: GalleryQuery) -> str:
    """Return the page as HTML: the exercises for the selected goal, grouped by position."""
    texts = load_texts(GalleryTexts)
    shown = [exercise for exercise in exercises if query.goal is None or query.goal in exercise.goals]
    sections, position_links = [], []
    for position, term in load_terms()["positions"].items():
        cards = [_card(exercise, query.theme, texts) for exercise in shown if exercise.position == position]
        if cards:
            label = escape(term.label)
            sections.append(_render("section", position=position, label=label, cards="\n".join(cards)))
            position_links.append(_render("position_link", position=position, label=label))
    return _render(
        "page",
        language=LANGUAGE,
        theme=query.theme,
        title=escape(texts.title),
        introduction=escape(texts.introduction.fill(len(shown))),
        goal_heading=escape(texts.goal_heading),
        goal_links=_goal_links(query, texts),
        position_heading=escape(texts.position_heading),
        position_links="".join(position_links),
        theme_heading=escape(texts.theme_heading),
        theme_links=_theme_links(query, texts),
        sections="".join(sections),
        licence_note=escape(texts.licence_note),
        formats_note=escape(texts.formats_note),
        documentation=escape(texts.documentation),
    )


@cache
def _template(name: str) -> Template:
    # The line break at the end of a file is for editors; only the page itself keeps it.
    text = (PACKAGE / "templates" / "gallery" / f"{name}.html").read_text(encoding="utf-8")
    return Template(text if name == "page" else text.removesuffix("\n"))


def _render(template_name: str, **values: str) -> str:
    """Return a template with its values filled in. The values are HTML: the caller escapes plain text."""
    return _template(template_name).substitute(values)


def _card(exercise: Exercise, theme: str, texts: GalleryTexts) -> str:
    goals = ", ".join(load_terms()["goals"][goal].label for goal in exercise.goals[:MAX_GOALS_SHOWN])
    image = animation_link = ""
    if exercise.figure is not None:
        svg = escape(relative_link(exercise.figure.svg, PAGE_PATH))
        image = _render("image", svg=svg, theme=theme, alt=escape(exercise.figure.alt))
        animation_link = _render("animation_link", svg=svg, theme=theme, animation=escape(texts.animation))
    return _render(
        "card",
        slug=exercise.slug,
        name=escape(exercise.name),
        summary=escape(exercise.summary),
        goals=escape(goals),
        level=escape(texts.level.fill(level=exercise.level)),
        image=image,
        animation_link=animation_link,
        data=escape(texts.data),
    )


def _goal_links(query: GalleryQuery, texts: GalleryTexts) -> str:
    """Return a link for each goal, and one for all goals; the theme stays as it is."""
    links = [_filter_link(texts.all_goals, None, query.theme, is_current=query.goal is None)]
    for goal, term in load_terms()["goals"].items():
        links.append(_filter_link(term.label, goal, query.theme, is_current=query.goal == goal))
    return "".join(links)


def _theme_links(query: GalleryQuery, texts: GalleryTexts) -> str:
    """Return a link for each theme; the goal stays as it is."""
    return "".join(
        _filter_link(label, query.goal, theme, is_current=query.theme == theme) for theme, label in texts.themes.items()
    )


def _filter_link(label: str, goal: str | None, theme: str, *, is_current: bool) -> str:
    parameters = [f"goal={goal}"] if goal else []
    parameters += [f"theme={theme}"] if theme != "auto" else []
    query = "?" + "&amp;".join(parameters) if parameters else ""
    current = ' aria-current="true"' if is_current else ""
    return _render("filter_link", query=query, current=current, label=escape(label))
