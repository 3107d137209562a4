"""The pages of a routine and of a session: what to do, with pictures, a player, when to stop, and the licence."""

from typing import Any, NamedTuple

from app.kit.links import PublicAddress, relative_link
from app.pages.exercise_parts import list_blocks, list_session_facts
from app.pages.rendering import PageHead, render_page
from app.pages.sharing import describe_sharing
from app.pages.structured_data import describe_routine
from app.schemas.exercise import Figure
from app.schemas.routine import Routine
from app.schemas.session import Session, TimelineEvent
from app.sessions.printout import format_clock

SCRIPTS = ("page.js", "player.js", "offline.js")


class TimerRow(NamedTuple):
    """One line of the timer."""

    clock: str
    duration_s: int
    kind: str
    cue: str


def render_routine_page(routine: Routine, path: str, address: PublicAddress) -> str:
    """Return the page of a routine as HTML. It is read at `path`, and known under `/routines/{slug}`."""
    canonical_path = f"/routines/{routine.slug}"
    sharing = describe_sharing(routine, "routines", address)
    head = PageHead(
        path=path,
        address=address,
        title=routine.name,
        description=routine.summary,
        canonical_path=canonical_path,
        data_path=f"/v1/routines/{routine.slug}",
        figure=first_figure(routine.session),
        embed_path=sharing.embed_path,
        structured_data=describe_routine(routine, sharing.page_url, address),
        scripts=SCRIPTS,
    )
    return render_page(
        "routine.html",
        head,
        routine=routine,
        session=routine.session,
        export_path=f"/v1/routines/{routine.slug}/export",
        facts=list_session_facts(routine.session, routine.recipe.available_equipment),
        blocks=list_blocks(routine.session),
        rows=_list_rows(routine.session),
        timeline=list_events(routine.session, path),
        sharing=sharing,
    )


def render_session_page(session: Session, path: str, address: PublicAddress) -> str:
    """Return the page of a built session as HTML. No search engine is to keep it: it is somebody's own."""
    head = PageHead(
        path=path,
        address=address,
        title=session.title,
        description=session.title,
        data_path=f"/v1/sessions/{session.id}",
        figure=first_figure(session),
        scripts=SCRIPTS,
    )
    return render_page(
        "session.html",
        head,
        session=session,
        export_path=f"/v1/sessions/{session.id}/export",
        facts=list_session_facts(session),
        blocks=list_blocks(session),
        rows=_list_rows(session),
        timeline=list_events(session, path),
    )


def first_figure(session: Session) -> Figure | None:
    """Return the first illustration of a session; None where nothing of it is drawn."""
    figures = (item.exercise.figure for phase in session.phases for item in phase.items)
    return next((figure for figure in figures if figure is not None), None)


def _list_rows(session: Session) -> list[TimerRow]:
    return [
        TimerRow(format_clock(event.at_s), event.duration_s, event.kind, event.say[0].text)
        for event in session.timeline
    ]


def list_events(session: Session, path: str) -> list[dict[str, Any]]:
    """Return the timeline for the player of the page at `path`, from which the pictures are linked, with versions."""
    return [
        event.model_dump(mode="json") | {"figure": _link_figure(session, event, path)} for event in session.timeline
    ]


def _link_figure(session: Session, event: TimelineEvent, path: str) -> str | None:
    figure = session.exercises[event.slug].figure
    return relative_link(f"{event.figure}&v={figure.hash}", path) if event.figure and figure else None
