"""FastAPI dependencies of the reminder routes."""

from typing import Annotated, NamedTuple

from fastapi import Depends, Request

from app.kit.settings import Settings


class LinkBase(NamedTuple):
    """The start of every absolute link of an answer."""

    url: str
    is_public: bool
    """True where the operator has set the address. Else it comes from the Host header of the request."""


async def current_link_base(request: Request) -> LinkBase:
    """Return the public address of the service, without a slash at its end."""
    settings: Settings = request.app.state.settings
    return LinkBase(str(settings.public_url or request.base_url).rstrip("/"), bool(settings.public_url))


CurrentLinkBase = Annotated[LinkBase, Depends(current_link_base)]
"""The address that the links of an answer start with."""
