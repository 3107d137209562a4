"""The public JSON shapes of the editor's API."""

from typing import Annotated, Any, Final

from pydantic import AfterValidator, ConfigDict, Field

from app.changes.record_kind import RecordKind
from app.editor.edit_words import EditAction, RecordAction, RestoredState
from app.kit.models import FrozenModel, RequestModel
from app.kit.plain_text import check_plain_line
from app.kit.query import QueryModel
from app.kit.timestamps import Timestamp
from app.schemas.exercise import ExerciseSlug

PlainLine: Final = AfterValidator(check_plain_line)


class RecordEffect(FrozenModel):
    """A record that an edit wrote: the edited one, or one that is derived from it or names it."""

    kind: RecordKind
    slug: ExerciseSlug
    action: RecordAction


class EditOutcome(FrozenModel):
    """What an edit did, or with `dry_run` would do."""

    kind: RecordKind
    slug: ExerciseSlug = Field(description="After a rename the new one.")
    etag: str | None = Field(description="For the next `If-Match`; null where there is no such record.")
    serial: int = Field(description="The catalogue serial with the edit.")
    audit_id: int | None = Field(description="The entry of the audit trail; null where nothing was written.")
    dry_run: bool
    effects: tuple[RecordEffect, ...] = Field(description="Every record that was written; none where nothing differs.")


class WrittenEntry(FrozenModel):
    """What is written for a record, in the form of the seed files and of `PUT`."""

    kind: RecordKind
    slug: ExerciseSlug
    entry: dict[str, Any] = Field(description="Without what is derived: contraindications, easier links, durations.")


class RestoreRequest(RequestModel):
    """Which version to restore."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "before"}]})

    state: RestoredState = Field("before", description="`before` undoes the edit.")


class AuditQuery(QueryModel):
    """Which edits."""

    kind: RecordKind | None = Field(None, description="Only those of records of this kind.")
    slug: Annotated[str, Field(max_length=80), PlainLine] | None = Field(
        None, description="Only those of the record named so."
    )
    partner: Annotated[str, Field(max_length=80), PlainLine] | None = Field(
        None, description="Only those of this partner's keys."
    )
    since: int = Field(0, ge=0, description="Only those after this id.")
    limit: int = Field(100, ge=1, le=1000, description="Edits on a page at most.")


class EditQuery(QueryModel):
    """How to edit."""

    dry_run: bool = Field(
        False,
        description="Check everything, say what would be written, and write nothing.",
        json_schema_extra={"example": True},
    )


class PictureQuery(EditQuery):
    """What belongs to an uploaded picture, and how to store it."""

    alt: Annotated[str, Field(min_length=10, max_length=400, pattern=r"\S"), PlainLine] = Field(
        description="The text alternative: the posture in words, for those who do not see the picture.",
        examples=["Standing with the back against a wall, the arms raised sideways."],
    )
    license: Annotated[str, Field(min_length=2, max_length=200, pattern=r"\S"), PlainLine] = Field(
        description="Under which licence others may use the picture: an SPDX identifier, or your own words.",
        examples=["CC-BY-4.0"],
    )
    credit: Annotated[str, Field(min_length=2, max_length=200, pattern=r"\S"), PlainLine] | None = Field(
        None, description="Whom to credit for the picture; absent: the name of the partner."
    )


class AuditItem(FrozenModel):
    """An edit that was asked for: who, when, what, and how it ended."""

    id: int
    at: Timestamp
    partner: str = Field(description="Whose key it was.")
    key_id: str = Field(description="The key; its secret is not stored.")
    action: EditAction
    kind: RecordKind
    slug: str = Field(description="As it was at that time.")
    status: int = Field(description="Of the answer: 200 or 201, where it was written.")
    detail: str | None = Field(description="Why it was refused.")
    serial: int | None = Field(description="The catalogue serial with the edit; null where it was refused.")
    before: dict[str, Any] | None = Field(description="The entry before; null where there was none, or it was refused.")
    after: dict[str, Any] | None = Field(description="The entry after; null where it is deleted, or was refused.")


class AuditPage(FrozenModel):
    """A page of the audit trail, oldest first."""

    items: tuple[AuditItem, ...]
    next_since: int = Field(description="The `since` of the next page; the same again where there is nothing more.")
