"""What the routes of sessions need beside the body, by name."""

from typing import Annotated

from fastapi import Depends, Path, Request

from app.kit.work_limiter import WorkLimiter
from app.sessions.storage.base_session import EXAMPLE_ID
from app.sessions.storage.store import SessionStore

SessionId = Annotated[
    str,
    Path(
        max_length=100,
        description="As answered when it was built; `example` always exists, `routine-` and a slug is that routine's.",
        examples=[EXAMPLE_ID],
    ),
]


async def current_build_limiter(request: Request) -> WorkLimiter:
    """Return the limiter of the application."""
    limiter: WorkLimiter = request.app.state.build_limiter
    return limiter


BuildLimiter = Annotated[WorkLimiter, Depends(current_build_limiter)]
"""The one queue of builds, swaps and alternatives."""


async def current_session_store(request: Request) -> SessionStore:
    """Return the store over the application's database, with its secret and its settings."""
    state = request.app.state
    return SessionStore(state.database, state.secret, state.settings.session_days)


Sessions = Annotated[SessionStore, Depends(current_session_store)]
"""The stored sessions; ids are made with the secret of the service."""
