"""Pictures that partners uploaded for exercises of their own: how they are stored, and what records say of them."""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from sqlmodel import Session as Transaction
from sqlmodel import col, delete, select, update

from app.catalogue.tables import PICTURE_PHASES, ExercisePicture
from app.changes.ownership import owner_of
from app.kit.database import Database
from app.kit.errors import Problem
from app.schemas.exercise import Figure

HASH_DIGITS = 12
MAX_PARTNER_BYTES = 64 * 1024 * 1024
"""Bytes of all pictures of a partner."""


class PictureTexts(NamedTuple):
    """What is known of a stored picture without the picture itself."""

    digest: str
    size_bytes: int
    alt: str
    license: str
    credit: str


class OwnPicture(NamedTuple):
    """A picture of an own exercise, as it is stored: its drawing, its text alternative, and whose it is."""

    drawing: bytes
    alt: str
    license: str
    credit: str

    @property
    def texts(self) -> PictureTexts:
        """What is known of it without the drawing."""
        digest = hashlib.sha256(self.drawing).hexdigest()
        return PictureTexts(digest, len(self.drawing), self.alt, self.license, self.credit)


class OwnPicturesTooLarge(Problem):
    """The pictures of a partner take as much as they may."""

    status, title = 409, "No more pictures"


PicturesByPhase = Mapping[str, PictureTexts]


def load_picture_texts(transaction: Transaction) -> dict[str, dict[str, PictureTexts]]:
    """Return what is known of all uploaded pictures, by exercise and phase."""
    columns = (getattr(ExercisePicture, name) for name in ("exercise", "phase", *PictureTexts._fields))
    pictures: dict[str, dict[str, PictureTexts]] = {}
    for exercise, phase, *texts in transaction.execute(select(*columns)):
        pictures.setdefault(exercise, {})[phase] = PictureTexts(*texts)
    return pictures


def load_pictures(database: Database, slugs: list[str]) -> dict[str, dict[str, OwnPicture]]:
    """Return the pictures of own exercises, by exercise and phase, the start before the end."""
    with database.read_transaction() as transaction:
        rows = transaction.exec(select(ExercisePicture).where(col(ExercisePicture.exercise).in_(slugs))).all()
    pictures: dict[str, dict[str, OwnPicture]] = {}
    for row in sorted(rows, key=lambda row: PICTURE_PHASES.index(row.phase)):
        picture = OwnPicture(row.drawing, row.alt, row.license, row.credit)
        pictures.setdefault(row.exercise, {})[row.phase] = picture
    return pictures


def store_picture(transaction: Transaction, slug: str, phase: str, picture: OwnPicture | None) -> None:
    """Store a picture in place of the one that there was; None: only take that one out."""
    is_same = (col(ExercisePicture.exercise) == slug) & (col(ExercisePicture.phase) == phase)
    transaction.exec(delete(ExercisePicture).where(is_same))
    if picture is not None:
        fields = picture.texts._asdict()
        transaction.add(ExercisePicture(exercise=slug, phase=phase, drawing=picture.drawing, **fields))


def check_size(pictures: Mapping[str, PicturesByPhase], slug: str) -> None:
    """Raise `OwnPicturesTooLarge` where the pictures of the partner of this exercise take more than they may."""
    partner = owner_of(slug)
    of_partner = [
        texts for of_slug, phases in pictures.items() if owner_of(of_slug) == partner for texts in phases.values()
    ]
    size = sum(texts.size_bytes for texts in of_partner)
    if size > MAX_PARTNER_BYTES:
        raise OwnPicturesTooLarge(
            f"Your {len(of_partner)} pictures would take {size // 1024} kB, and may take {MAX_PARTNER_BYTES // 1024}. "
            "Delete some, or upload simpler ones."
        )


def move_pictures(transaction: Transaction, slug: str, new_slug: str | None) -> None:
    """Give the pictures of an exercise to what took its place; None: delete them."""
    is_its = col(ExercisePicture.exercise) == slug
    if new_slug is None:
        transaction.exec(delete(ExercisePicture).where(is_its))
    else:
        transaction.exec(update(ExercisePicture).where(is_its).values(exercise=new_slug))


def describe_own_figure(slug: str, pictures: PicturesByPhase) -> Figure | None:
    """Return what the record of an own exercise says of its pictures; None where there are none."""
    ordered = [(phase, pictures[phase]) for phase in PICTURE_PHASES if phase in pictures]
    if not ordered:
        return None
    path = f"/v1/exercises/{slug}/figure"
    return Figure(
        hash=hashlib.sha256(repr(ordered).encode()).hexdigest()[:HASH_DIGITS],
        svg=f"{path}.svg",
        png=f"{path}.png",
        webp=f"{path}.webp",
        gif=None,
        lottie=None,
        drawn_side="both",
        alt=" ".join(texts.alt for _, texts in ordered),
        alt_other_side=None,
        license=" / ".join(dict.fromkeys(texts.license for _, texts in ordered)),
        credit=" / ".join(dict.fromkeys(texts.credit for _, texts in ordered)),
    )
