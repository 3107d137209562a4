"""FastAPI dependencies and path parameters of the catalogue's routes."""

from typing import Annotated, Any

from fastapi import Depends, Path, Request

from app.catalogue.holder import SnapshotHolder
from app.catalogue.snapshot import Snapshot
from app.kit.work_limiter import WorkLimiter
from app.schemas.exercise import SLUG_PATTERN


async def current_snapshot(request: Request) -> Snapshot:
    """Return the snapshot that is served now."""
    # Asynchronous, as the handlers that only read the snapshot are: moving to a thread takes longer than reading.
    holder: SnapshotHolder = request.app.state.catalogue
    return holder.snapshot


CurrentCatalogue = Annotated[Snapshot, Depends(current_snapshot)]
"""The catalogue that a handler answers from."""


async def current_picture_limiter(request: Request) -> WorkLimiter:
    """Return the limiter of the application."""
    limiter: WorkLimiter = request.app.state.picture_limiter
    return limiter


PictureLimiter = Annotated[WorkLimiter, Depends(current_picture_limiter)]
"""The one queue of still pictures that are rendered to pixels."""


async def current_motion_limiter(request: Request) -> WorkLimiter:
    """Return the limiter of the application."""
    limiter: WorkLimiter = request.app.state.motion_limiter
    return limiter


MotionLimiter = Annotated[WorkLimiter, Depends(current_motion_limiter)]
"""The one queue of moving pictures, whose rendering takes thirty times as long as that of a still one."""


def slug_path(example: str) -> Any:
    """Return the path parameter of a slug, with an example of one that exists."""
    return Path(pattern=SLUG_PATTERN, max_length=80, description="Stable id.", examples=[example])


ExerciseSlug = Annotated[str, slug_path("open-book")]
GuidelineSlug = Annotated[str, slug_path("desk-height")]
ReferenceSlug = Annotated[str, slug_path("cho-2017")]
RoutineSlug = Annotated[str, slug_path("desk-break-5-min-chair")]
