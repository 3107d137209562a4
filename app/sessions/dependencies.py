"""What the routes of sessions need beside the request, by name."""

from typing import Annotated

from fastapi import Depends, Request

from app.kit.work_limiter import WorkLimiter


async def current_build_limiter(request: Request) -> WorkLimiter:
    limiter: WorkLimiter = request.app.state.build_limiter
    return limiter


BuildLimiter = Annotated[WorkLimiter, Depends(current_build_limiter)]
"""The one queue of builds, swaps and alternatives."""
