"""What a partner reads about itself."""

from pydantic import Field

from app.kit.models import FrozenModel
from app.kit.timestamps import Timestamp
from app.partners.scopes import KeyScope


class PartnerKey(FrozenModel):
    """The key of the request: whose it is, and what it allows."""

    partner: str = Field(description="The slug of the partner; it begins the slugs of its own exercises.")
    name: str = Field(description="The name of the partner.")
    key_id: str = Field(description="Names the key, and is no part of it.")
    scopes: list[KeyScope]
    expires_at: Timestamp | None = Field(description="When the key ends; null: never.")
