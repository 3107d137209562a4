"""What a partner reads about itself."""

from datetime import date

from pydantic import Field

from app.kit.models import FrozenModel
from app.kit.timestamps import Timestamp
from app.partners.scopes import KeyScope


class DailyKeyUse(FrozenModel):
    """What was asked with a key on one day."""

    day: date = Field(description="In UTC.")
    requests: int
    refused: int = Field(description="How many of them the rate refused.")


class PartnerKey(FrozenModel):
    """The key of the request: whose it is, and what it allows."""

    partner: str = Field(description="The slug of the partner; it begins the slugs of its own exercises.")
    name: str = Field(description="The name of the partner.")
    key_id: str = Field(description="Names the key, and is no part of it.")
    scopes: list[KeyScope]
    expires_at: Timestamp | None = Field(description="When the key ends; null: never.")
    requests_per_minute: int | None = Field(
        description="The rate of the key; null: no limit. A build counts as 10, ten answers from memory as one."
    )
    use: list[DailyKeyUse] = Field(
        description="The last 30 days with a request, the newest first; the last seconds may be missing."
    )
