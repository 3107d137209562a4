"""The timeline of a session as WebVTT: a cue for each event, to show beside a video or a sound."""

import html
from collections.abc import Iterable
from typing import Final

from app.schemas.session import EventKind, TimelineEvent

NAMED_KINDS: Final[frozenset[EventKind]] = frozenset({"introduction", "work"})
"""Events that are told by the name of their exercise. The text of the others may be that of the work they lead to."""


def write_webvtt(timeline: Iterable[TimelineEvent]) -> bytes:
    """Return a cue for each event that lasts. The cues rise strictly, and none overlaps another.

    A cue has two lines: the name of the exercise while it is done or explained, else what is spoken (`Switch sides.`);
    and the text of the event.

    The end lasts 0 seconds. WebVTT has no cue without a length, so the end has none.
    """
    cues = (_write_cue(number, event) for number, event in enumerate(timeline, start=1) if event.duration_s)
    return "\n".join(["WEBVTT\n", *cues]).encode()


def _write_cue(number: int, event: TimelineEvent) -> str:
    times = f"{format_time(event.at_s)} --> {format_time(event.at_s + event.duration_s)}"
    heading = event.name if event.kind in NAMED_KINDS else event.say[0].text
    return f"{number}\n{times}\n{_escape(heading)}\n{_escape(event.text)}\n"


def _escape(text: str) -> str:
    """Return a text as one line of a cue. An empty line would end the cue."""
    return html.escape(" ".join(text.split()), quote=False)


def format_time(seconds: int) -> str:
    """Return a time as WebVTT writes it: `00:07:05.000`."""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.000"
