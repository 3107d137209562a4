"""What the routes of sessions need beside the body, by name."""

from typing import Annotated

from fastapi import Depends, Path, Request

from app.catalogue.dependencies import CurrentCatalogue
from app.sessions.storage.base_session import EXAMPLE_ID
from app.sessions.storage.existing_sessions import ExistingSessions
from app.sessions.storage.session_storage import SessionStorage
from app.sessions.workers.session_builder import SessionBuilder

SessionId = Annotated[
    str,
    Path(
        max_length=100,
        description="As answered when it was built; `example` always exists, `routine-` and a slug is that routine's.",
        examples=[EXAMPLE_ID],
    ),
]


async def current_session_builder(request: Request) -> SessionBuilder:
    """Return what builds sessions for the application."""
    builder: SessionBuilder = request.app.state.session_builder
    return builder


Builder = Annotated[SessionBuilder, Depends(current_session_builder)]
"""The one queue of builds, swaps and alternatives."""


async def current_session_storage(request: Request) -> SessionStorage:
    """Return the stored sessions, as requests use them."""
    state = request.app.state
    return SessionStorage(state.session_store, state.request_database, state.session_replica)


Storage = Annotated[SessionStorage, Depends(current_session_storage)]
"""The stored sessions; ids are made with the secret of the service."""


async def current_existing_sessions(
    catalogue: CurrentCatalogue, builder: Builder, storage: Storage
) -> ExistingSessions:
    """Return the sessions that can be read: the example, those of the routines, and the stored ones."""
    return ExistingSessions(storage, catalogue, builder.example)


Sessions = Annotated[ExistingSessions, Depends(current_existing_sessions)]
"""Every session that has an id."""
