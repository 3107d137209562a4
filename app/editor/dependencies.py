"""FastAPI dependencies of the editor's routes."""

from typing import Annotated, NamedTuple

from fastapi import Depends, Header, Request, Security

from app.editor.catalogue_editor import CatalogueEditor
from app.editor.permissions import EditRequirement
from app.editor.preconditions import Preconditions
from app.kit.linked_response import find_link_base
from app.partners.dependencies import require_scope
from app.partners.key_ring import Caller

AuditorKey = Annotated[Caller, require_scope("audit:read", "own:write")]


class Editor(NamedTuple):
    """Who edits, and what edits the catalogue for requests."""

    caller: Caller
    catalogue: CatalogueEditor


async def current_catalogue_editor(request: Request) -> CatalogueEditor:
    """Return what edits the catalogue of the application."""
    editor: CatalogueEditor = request.app.state.catalogue_editor
    return editor


CurrentCatalogueEditor = Annotated[CatalogueEditor, Depends(current_catalogue_editor)]


async def current_editor(
    caller: Annotated[Caller, require_scope("catalogue:write", "own:write")], catalogue: CurrentCatalogueEditor
) -> Editor:
    """Return the holder of a key that may edit something."""
    return Editor(caller, catalogue)


CurrentEditor = Annotated[Editor, Depends(current_editor)]


async def current_record_editor(
    caller: Annotated[Caller, Security(EditRequirement())], catalogue: CurrentCatalogueEditor
) -> Editor:
    """Return the holder of a key that may edit the record that the path names."""
    return Editor(caller, catalogue)


RecordEditor = Annotated[Editor, Depends(current_record_editor)]


async def read_preconditions(
    request: Request,
    _if_match: Annotated[
        str | None,
        Header(
            alias="If-Match",
            description="The ETag of the version that was edited; `*`: whatever there is.",
            json_schema_extra={"example": "*"},
        ),
    ] = None,
    _if_none_match: Annotated[
        str | None, Header(alias="If-None-Match", description="`*`: only where there is no such record yet.")
    ] = None,
) -> Preconditions:
    """Return the preconditions of an edit; a header may come in several lines."""
    return Preconditions.of(request.headers, find_link_base(request.scope))


EditConditions = Annotated[Preconditions, Depends(read_preconditions)]
