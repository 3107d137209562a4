"""The public JSON shape of a reference: a source of the catalogue."""

from pydantic import Field

from app.kit.models import FrozenModel
from app.kit.timestamps import Timestamp
from app.rules.notices import License
from app.rules.vocabulary import Certainty, ReferenceKind
from app.schemas.exercise import Slug


class Reference(FrozenModel):
    """A source of the catalogue."""

    slug: Slug
    authors: str | None
    title: str
    year: int | None
    year_printed: int | None = Field(
        description="The year as the article prints it; null where the article does not cite this source."
    )
    container: str | None = Field(description="Journal, publisher or site.")
    doi: str | None
    url: str | None
    kind: ReferenceKind
    certainty: Certainty = Field(description="How certain it is that this is the source that the article means.")
    note: str = Field(description="What the source supports, and its limits.")
    license: License
    updated_at: Timestamp
    serial: int = Field(description="The catalogue serial of its last change.")
