"""What the routes of sessions need beside the request, by name."""

from typing import Annotated

from fastapi import Depends, Request

from app.kit.work_limiter import WorkLimiter
from app.sessions.store import SessionStore


async def current_build_limiter(request: Request) -> WorkLimiter:
    limiter: WorkLimiter = request.app.state.build_limiter
    return limiter


BuildLimiter = Annotated[WorkLimiter, Depends(current_build_limiter)]
"""The one queue of builds, swaps and alternatives."""


async def current_session_store(request: Request) -> SessionStore:
    state = request.app.state
    return SessionStore(state.database, state.secret, state.settings.session_days)


Sessions = Annotated[SessionStore, Depends(current_session_store)]
"""Where built sessions are kept."""
