"""The gallery: one HTML page that shows every exercise by position. It has no scripts and loads nothing external."""

from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Annotated

from app.catalogue.filters import GalleryQuery
from app.figures.palette import Theme
from app.rules.terms import load_terms
from app.schemas.exercise import Exercise
from app.texts.loader import EveryKey, TextFile, load_texts
from app.texts.templates import Text

PACKAGE = Path(__file__).resolve().parent
GALLERY_CSP = (
    "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of the page: own images and own style sheet only."""

MAX_GOALS_SHOWN = 3
"""Goals that a card names; an exercise has its most important goals first."""


class GalleryTexts(TextFile):
    """The labels of the links; the other words of the page are in its templates."""

    file_name = "gallery.yaml"
    all_goals: Text
    themes: Annotated[dict[Theme, Text], EveryKey(Theme)]


@cache
def read_stylesheet() -> bytes:
    """The style sheet of the page."""
    return (PACKAGE / "static" / "gallery.css").read_bytes()


def render_gallery(exercises: Iterable[Exercise], query: GalleryQuery) -> str:
    """The page as HTML: the exercises for the requested goal, grouped by position."""
    shown = [exercise for exercise in exercises if query.goal is None or query.goal in exercise.goals]
    sections, position_links = [], []
    for position, term in load_terms()["positions"].items():
        group = [exercise for exercise in shown if exercise.position == position]
        if group:
            cards = "\n".join(_card(exercise, query.theme) for exercise in group)
            sections.append(_render("section", position=position, label=escape(term.label), cards=cards))
            position_links.append(_render("position_link", position=position, label=escape(term.label)))
    return _render(
        "page",
        theme=query.theme,
        count=str(len(shown)),
        goal_links=_goal_links(query),
        position_links="".join(position_links),
        theme_links=_theme_links(query),
        sections="".join(sections),
    )


@cache
def _template(name: str) -> Template:
    # The line break at the end of a file is for editors; only the page itself keeps it.
    text = (PACKAGE / "templates" / "gallery" / f"{name}.html").read_text(encoding="utf-8")
    return Template(text if name == "page" else text.removesuffix("\n"))


def _render(template_name: str, **values: str) -> str:
    """Fill a template. The values are HTML: the caller escapes plain text."""
    return _template(template_name).substitute(values)


def _card(exercise: Exercise, theme: str) -> str:
    goals = ", ".join(load_terms()["goals"][goal].label for goal in exercise.goals[:MAX_GOALS_SHOWN])
    image = animation_link = ""
    if exercise.figure is not None:
        svg = escape(exercise.figure.svg)
        image = _render("image", svg=svg, theme=theme, alt=escape(exercise.figure.alt))
        animation_link = _render("animation_link", svg=svg, theme=theme)
    return _render(
        "card",
        slug=exercise.slug,
        name=escape(exercise.name),
        summary=escape(exercise.summary),
        goals=escape(goals),
        level=str(exercise.level),
        image=image,
        animation_link=animation_link,
    )


def _goal_links(query: GalleryQuery) -> str:
    """A link for each goal, and one for all goals; the theme stays as it is."""
    links = [_filter_link(load_texts(GalleryTexts).all_goals, None, query.theme, current=query.goal is None)]
    for goal, term in load_terms()["goals"].items():
        links.append(_filter_link(term.label, goal, query.theme, current=query.goal == goal))
    return "".join(links)


def _theme_links(query: GalleryQuery) -> str:
    """A link for each theme; the goal stays as it is."""
    labels = load_texts(GalleryTexts).themes
    return "".join(
        _filter_link(label, query.goal, theme, current=query.theme == theme) for theme, label in labels.items()
    )


def _filter_link(label: str, goal: str | None, theme: str, *, current: bool) -> str:
    parameters = [f"goal={goal}"] if goal else []
    parameters += [f"theme={theme}"] if theme != "auto" else []
    query = "?" + "&amp;".join(parameters) if parameters else ""
    return _render("filter_link", query=query, current=' aria-current="true"' if current else "", label=escape(label))
