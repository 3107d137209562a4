"""FastAPI dependencies and path parameters of the catalogue's routes."""

import asyncio
from typing import Annotated, Any

from fastapi import Depends, Path, Request

from app.catalogue.holder import SnapshotHolder
from app.catalogue.snapshot import Snapshot
from app.changes.record_kind import RecordKind
from app.kit.work_limiter import WorkLimiter
from app.partners.dependencies import find_caller
from app.schemas.exercise import EXERCISE_SLUG_PATTERN, SLUG_PATTERN


def find_snapshot(request: Request) -> Snapshot:
    """Return the catalogue that the caller of a request may see: what is shared, and with a key the partner's own."""
    holder: SnapshotHolder = request.app.state.catalogue
    caller = find_caller(request.scope)
    return holder.snapshot_of(caller.partner if caller is not None else None)


def list_slugs(request: Request) -> list[str]:
    """Return the slugs of all kinds of records that the caller of a request may see."""
    catalogue = find_snapshot(request)
    collections = (catalogue.collection_of(kind) for kind in RecordKind)
    return sorted(frozenset[str]().union(*(collection.records for collection in collections)))


async def current_snapshot(request: Request) -> Snapshot:
    """Return the catalogue that the caller of a request may see."""
    # Asynchronous, as the handlers that only read the snapshot are: moving to a thread takes longer than reading.
    catalogue = find_snapshot(request)
    if catalogue.partner is not None and "q" in request.query_params:
        await asyncio.to_thread(catalogue.warm)  # that of everybody is warm; this one takes some tenths of a second
    return catalogue


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


def slug_path(example: str, pattern: str = SLUG_PATTERN) -> Any:
    """Return the path parameter of a slug, with an example of one that exists."""
    return Path(pattern=pattern, max_length=80, description="Stable id.", examples=[example])


ExerciseSlug = Annotated[str, slug_path("open-book", EXERCISE_SLUG_PATTERN)]
GuidelineSlug = Annotated[str, slug_path("desk-height")]
ReferenceSlug = Annotated[str, slug_path("cho-2017")]
RoutineSlug = Annotated[str, slug_path("desk-break-5-min-chair")]
