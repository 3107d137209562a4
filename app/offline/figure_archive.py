"""All pictures of the catalogue in one archive: which there are, what is in them, and how one is told from another."""

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Annotated, Literal, NamedTuple

from pydantic import Field
from typing_extensions import TypeAliasType

from app.catalogue.figure_responses import find_drawing, find_tempo
from app.catalogue.snapshot import Snapshot
from app.figures import assets
from app.figures.figure_hash import hash_figure
from app.figures.motion_loop import MotionTempo
from app.figures.palette import Theme
from app.figures.picture_options import USUAL_LOOK, FigurePhase, Frame, PictureLook
from app.figures.pixel_rendering import find_motion_renderer
from app.kit.errors import FieldError, InvalidRequest
from app.kit.query import QueryModel
from app.offline.zip_writer import ZipWriter

ArchiveFormat = TypeAliasType(
    "ArchiveFormat",
    Annotated[Literal["svg", "webp", "lottie"], Field(description="The format of the pictures in an archive.")],
)
ENDINGS: dict[ArchiveFormat, str] = {"svg": "svg", "webp": "webp", "lottie": "json"}
WEBP_WIDTH = 400
"""Pixels: as `figure.webp` has it where no width is asked for."""


class ArchiveQuery(QueryModel):
    """Which pictures."""

    format: ArchiveFormat = Field("svg", description="Of the pictures; WebP and Lottie are motions.")
    theme: Theme | None = Field(
        None, description="Colours. Absent: `auto` for SVG, which follows the reader's own setting, else `light`."
    )
    phase: FigurePhase | None = Field(None, description="Absent: `both` for SVG. WebP and Lottie are `animated`.")
    frame: Frame = Field("landscape", description="Of stills; motions are `landscape`.")


class ArchivedPicture(NamedTuple):
    """One picture: the slug of its exercise, the slug under which that is drawn, and the tempo of its motion."""

    slug: str
    drawing: str
    tempo: MotionTempo


class FigureArchive(NamedTuple):
    """One archive: the format, theme, phase and frame of its pictures."""

    format: ArchiveFormat
    theme: Theme
    phase: FigurePhase
    frame: Frame = "landscape"

    @classmethod
    def of(cls, query: ArchiveQuery) -> "FigureArchive":
        """Return the archive that a query asks for. Raises `InvalidRequest` for a choice without pictures."""
        is_svg = query.format == "svg"
        archive = cls(
            query.format,
            query.theme or ("auto" if is_svg else "light"),
            query.phase or ("both" if is_svg else "animated"),
            query.frame,
        )
        if not is_svg and archive.theme == "auto":
            raise _refuse("theme", f"A {query.format} picture has fixed colours.", ["light", "dark"])
        if not is_svg and archive.phase != "animated":
            raise _refuse("phase", f"A {query.format} picture is a motion.", ["animated"])
        if not archive.is_still and archive.frame != "landscape":
            raise _refuse("frame", "An archive of motions has one frame.", ["landscape"])
        return archive

    @property
    def is_still(self) -> bool:
        """Whether its pictures stand still: then it is small enough to be made at once."""
        return self.phase != "animated"

    def list_pictures(self, catalogue: Snapshot) -> list[ArchivedPicture]:
        """Return the picture of each exercise of the catalogue that is drawn, by slug."""
        drawings = ((slug, find_drawing(catalogue, slug)) for slug in catalogue.exercises.records)
        return [ArchivedPicture(slug, drawing, find_tempo(catalogue, slug)) for slug, drawing in drawings if drawing]

    def name_file(self, slug: str) -> str:
        """Return the name of a picture in the archive."""
        return f"{slug}.{ENDINGS[self.format]}"

    def digest(self, catalogue: Snapshot) -> str:
        """Return a digest that equal archives have in common: of its name and of what is drawn."""
        pictures = [(slug, hash_figure(drawing, tempo)) for slug, drawing, tempo in self.list_pictures(catalogue)]
        return hashlib.sha256(repr((tuple(self), pictures)).encode()).hexdigest()[:32]


def _refuse(name: str, reason: str, allowed: list[str]) -> InvalidRequest:
    detail = f"{reason} Send {' or '.join(allowed)}, or leave it out."
    error: FieldError = {"in": "query", "name": name, "detail": detail, "allowed": allowed}
    return InvalidRequest(f"{name}: {detail}", errors=[error])


def write_still_archive(archive: FigureArchive, catalogue: Snapshot) -> bytes:
    """Return an archive of stills. Its files are stored as they are: an encoding of the whole finds what they share."""
    writer = ZipWriter()
    pieces = [
        writer.add(archive.name_file(picture.slug), render_vectors(archive, picture), is_deflated=False)
        for picture in archive.list_pictures(catalogue)
    ]
    return b"".join([*pieces, writer.close()])


def render_vectors(archive: FigureArchive, picture: ArchivedPicture) -> bytes:
    """Return one picture of an archive of SVG or Lottie."""
    if archive.format == "lottie":
        return assets.render_lottie(picture.drawing, archive.theme, tempo=picture.tempo)
    look = PictureLook(frame=archive.frame)
    return assets.render_svg(picture.drawing, archive.phase, archive.theme, look=look, tempo=picture.tempo)


def prepare_webp(archive: FigureArchive, picture: ArchivedPicture) -> Callable[[], bytes]:
    """Return the function of a module that renders one picture of an archive of WebP, with its arguments."""
    render_motion = find_motion_renderer()  # an optional extra: without it this raises `ImportError`
    document, loop = assets.load_motion(picture.drawing, archive.theme, None, USUAL_LOOK, picture.tempo)
    return partial(render_motion, document, loop, WEBP_WIDTH, "webp")
