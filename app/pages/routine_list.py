"""The page with every routine as a card."""

from collections.abc import Iterable
from typing import NamedTuple

from app.kit.links import PublicAddress
from app.pages.exercise_parts import list_session_facts
from app.pages.rendering import PageHead, render_page
from app.pages.texts import page_texts
from app.schemas.exercise import Figure
from app.schemas.routine import Routine

PATH = "/routines"


class RoutineCard(NamedTuple):
    """A routine in a list."""

    routine: Routine
    figure: Figure | None
    facts: list[str]


def render_routine_list(routines: Iterable[Routine], address: PublicAddress) -> str:
    """Return the page as HTML: the shortest routine first."""
    texts = page_texts().routine
    ordered = sorted(routines, key=lambda routine: (routine.session.duration_s, routine.name))
    cards = [_describe_card(routine) for routine in ordered]
    head = PageHead(
        path=PATH,
        address=address,
        title=texts.list_title,
        description=texts.list_summary,
        canonical_path=PATH,
        data_path="/v1/routines",
        figure=next((card.figure for card in cards if card.figure), None),
    )
    return render_page("routine_list.html", head, cards=cards)


def _describe_card(routine: Routine) -> RoutineCard:
    figures = [item.exercise.figure for phase in routine.session.phases for item in phase.items]
    facts = list_session_facts(routine.session, routine.recipe.available_equipment)
    return RoutineCard(routine, next((figure for figure in figures if figure), None), facts)
