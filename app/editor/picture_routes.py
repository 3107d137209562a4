"""Pictures of own exercises over HTTP: a partner uploads the start and the end of the movement, or takes them out."""

from typing import Annotated, Any, Final, NamedTuple

from fastapi import APIRouter, Depends, Path, Query, Request, Security
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue, slug_path
from app.catalogue.own_figures import OwnPicture, OwnPicturesTooLarge
from app.catalogue.redirects import RecordNotFound
from app.catalogue.tables import PICTURE_PHASES
from app.changes.record_kind import RecordKind
from app.editing.record_edits import PictureEdit
from app.editing.written_entries import OutdatedRecord
from app.editor.answers import NOT_STORED, carry_out, recording_refusals
from app.editor.audit import Attempt
from app.editor.decisions import decide_picture
from app.editor.dependencies import CurrentCatalogueEditor, EditConditions, Editor
from app.editor.edit_documentation import EDIT_PROBLEMS, KEY_PROBLEMS
from app.editor.errors import RecordInUse
from app.editor.permissions import PictureRequirement, SharedFigure
from app.editor.picture_uploads import read_picture
from app.editor.schemas import EditQuery, PictureQuery
from app.figures.uploads.preparation import FORMAT_BY_MEDIA_TYPE
from app.kit.errors import BodyTooLarge, UnsupportedMediaType
from app.kit.openapi import ETAG_HEADER
from app.kit.work_limiter import ServiceBusy
from app.partners.key_ring import Caller
from app.schemas.exercise import EXERCISE_SLUG_PATTERN, Exercise

router = APIRouter(tags=["Editing"])
PATH: Final = "/v1/exercises/{slug}/figure/{phase}"
PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    **EDIT_PROBLEMS,
    **BodyTooLarge.openapi_responses(UnsupportedMediaType),
    **SharedFigure.openapi_responses(*KEY_PROBLEMS),
    **OwnPicturesTooLarge.openapi_responses(RecordInUse, OutdatedRecord),
}
STORED: Final[dict[int | str, dict[str, Any]]] = {
    204: {"description": "Done. The ETag is that of the record, for the next edit.", "headers": {"ETag": ETAG_HEADER}}
}
BINARY: Final = {"schema": {"type": "string", "format": "binary"}}
OwnSlug = Annotated[str, slug_path("acme--wall-drill", EXERCISE_SLUG_PATTERN)]
PicturePhase = Annotated[
    str,
    Path(
        pattern=f"^({'|'.join(PICTURE_PHASES)})$", description="`start` or `end` of the movement.", examples=["start"]
    ),
]


async def current_picture_editor(
    caller: Annotated[Caller, Security(PictureRequirement())], catalogue: CurrentCatalogueEditor
) -> Editor:
    """Return the holder of a key that may keep the exercise of the path."""
    return Editor(caller, catalogue)


PictureEditor = Annotated[Editor, Depends(current_picture_editor)]


class Upload(NamedTuple):
    """A request with a picture, and the exercise that it is for; None where there is no such exercise."""

    request: Request
    exercise: Exercise | None

    async def read(self) -> bytes:
        """Return the picture as it is stored. The limiter is of uploads alone: none keeps a reader from pictures."""
        return await read_picture(self.request, self.request.app.state.upload_limiter)


async def current_upload(request: Request, slug: OwnSlug, catalogue: CurrentCatalogue) -> Upload:
    """Return what is uploaded, not yet read."""
    return Upload(request, catalogue.exercises.records.get(slug))


@router.put(
    PATH,
    status_code=204,
    response_class=Response,
    responses={**STORED, **ServiceBusy.openapi_responses(), **PROBLEMS},
    openapi_extra={
        "requestBody": {
            # A form that must have a file cannot be sent at the first click, and then nobody sees that a key is needed.
            "required": False,
            "description": "The picture; at most 512 kB. A drawing must be plain: shapes, colours, gradients.",
            "content": dict.fromkeys(FORMAT_BY_MEDIA_TYPE, BINARY),
        }
    },
    summary="Upload a picture of an own exercise",
)
async def put_exercise_picture(
    slug: OwnSlug,
    phase: PicturePhase,
    upload: Annotated[Upload, Depends(current_upload)],
    editor: PictureEditor,
    conditions: EditConditions,
    query: Annotated[PictureQuery, Query()],
) -> Response:
    """SVG, PNG or WebP for an exercise of the partner's own, with the `ETag` of its record in `If-Match`.

    A drawing is written anew from what is known to be harmless; pixels are encoded anew, without metadata. What is not
    taken is told with its line. It stands in a frame of 4 to 3, as all illustrations do.
    """
    attempt = Attempt.of(editor.caller, "put_picture", RecordKind.EXERCISE, slug)
    async with recording_refusals(editor, attempt, query.dry_run):
        if upload.exercise is None:
            raise RecordNotFound(f"There is no exercise {slug!r}. Write it first: PUT /v1/exercises/{slug}.")
        conditions.check(upload.exercise)  # before the work; again when it is stored
        drawing = await upload.read()
    credit = query.credit or editor.caller.name
    picture = OwnPicture(drawing, query.alt.strip(), query.license.strip(), credit.strip())
    edit = PictureEdit(phase, picture)
    return _confirm(await carry_out(editor, attempt, decide_picture(slug, edit), conditions, query.dry_run))


@router.delete(
    PATH, status_code=204, response_class=Response, responses={**STORED, **PROBLEMS}, summary="Take a picture out"
)
async def delete_exercise_picture(
    slug: OwnSlug,
    phase: PicturePhase,
    editor: PictureEditor,
    conditions: EditConditions,
    query: Annotated[EditQuery, Query()],
) -> Response:
    """The exercise shows the other picture then, or none. Done, too, where there was no such picture."""
    attempt = Attempt.of(editor.caller, "delete_picture", RecordKind.EXERCISE, slug)
    decide = decide_picture(slug, PictureEdit(phase, None))
    return _confirm(await carry_out(editor, attempt, decide, conditions, query.dry_run))


def _confirm(answer: Response) -> Response:
    """Return the answer to an edit without its body."""
    headers = {name: answer.headers[name] for name in ("ETag", "X-Catalogue-Serial")}
    return Response(status_code=204, headers={**NOT_STORED, **headers})
