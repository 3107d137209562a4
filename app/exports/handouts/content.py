"""What a hand-out says, whatever its format: everything is text, written once for PDF and page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from app.exports.handouts.cautions import CautionRow, list_caution_rows
from app.exports.handouts.qr_code import draw_qr_code
from app.exports.handouts.texts import handout_texts
from app.figures import assets
from app.figures.picture_options import FigurePhase
from app.kit.links import PublicAddress
from app.kit.models import FrozenModel
from app.pages.exercise_parts import ExerciseBlock, join_phrases, list_blocks, list_session_facts
from app.pages.texts import page_texts
from app.rules.notices import CONTENT_LICENSE
from app.rules.terms import load_terms
from app.rules.vocabulary import BodySide
from app.schemas.routine import Routine
from app.schemas.session import Session
from app.texts.loader import LANGUAGE

FindDrawing = Callable[[str], str | None]
"""Returns the slug under which an exercise is drawn, which after a rename is a former one; None where it is not."""


class Picture(FrozenModel):
    """A posture of an exercise."""

    label: str
    svg: str
    """The document of the drawing, in light colours."""
    alt: str


PicturesBySlug = Mapping[str, tuple[Picture, ...]]
"""Uploaded pictures of own exercises; they take the place of drawings."""
NO_PICTURES: Final[PicturesBySlug] = {}


class Detail(FrozenModel):
    """A line about the whole session, with its label."""

    label: str
    text: str


class HandoutExercise(FrozenModel):
    """One exercise: what to do, and how much."""

    name: str
    dose: str
    note: str | None
    """What a prescription says of it."""
    steps: tuple[str, ...]
    breathing: str
    purpose: str
    """What it is good for, in a sentence."""
    pictures: tuple[Picture, ...]
    """The start and the end; empty where the exercise is not drawn."""


class Credit(FrozenModel):
    """Whose the texts and pictures are, and under which licence they may be used."""

    text: str
    license: str
    license_url: str


class TickTable(FrozenModel):
    """The table to tick what was done."""

    title: str
    note: str
    exercise: str
    weeks: tuple[str, str]
    days: tuple[str, ...]


class Handout(FrozenModel):
    """A session or routine on paper. Every label is in it: a template adds no words."""

    language: str
    title: str
    summary: str
    facts: tuple[str, ...]
    details: tuple[Detail, ...]
    notes: tuple[str, ...]
    first_time: str
    page_url: str
    qr_code: Picture
    exercises: tuple[HandoutExercise, ...]
    breathing_label: str
    note_label: str
    ticks: TickTable
    stop_title: str
    stop_rules: tuple[str, ...]
    cautions_title: str
    cautions_note: str
    cautions: tuple[CautionRow, ...]
    disclaimer_title: str
    disclaimer: str
    credit: Credit


def describe_routine(
    routine: Routine,
    page_path: str,
    address: PublicAddress,
    find_drawing: FindDrawing,
    own_pictures: PicturesBySlug = NO_PICTURES,
) -> Handout:
    """Return the hand-out of a routine, with the address of its page."""
    texts = page_texts().routine
    details = (
        Detail(label=texts.audience, text=routine.audience),
        Detail(label=texts.when_to_use, text=routine.when_to_use),
    )
    facts = list_session_facts(routine.session, routine.recipe.available_equipment)
    handout = _describe(routine.session, facts, address.absolute_link(page_path), find_drawing, own_pictures)
    return handout.model_copy(
        update={"title": routine.name, "summary": routine.summary, "details": (*handout.details, *details)}
    )


def describe_session(
    session: Session,
    page_path: str,
    address: PublicAddress,
    find_drawing: FindDrawing,
    own_pictures: PicturesBySlug = NO_PICTURES,
) -> Handout:
    """Return the hand-out of a built session, with the address of its page."""
    return _describe(session, list_session_facts(session), address.absolute_link(page_path), find_drawing, own_pictures)


def _describe(
    session: Session, facts: Sequence[str], page_url: str, find_drawing: FindDrawing, own_pictures: PicturesBySlug
) -> Handout:
    texts, of_pages = handout_texts(), page_texts()
    blocks = list_blocks(session)
    cautions = list_caution_rows([block.exercise for block in blocks])
    goals = [load_terms()["goals"][coverage.goal].label_in_sentence for coverage in session.coverage]
    return Handout(
        language=LANGUAGE,
        title=session.title,
        summary="",
        facts=tuple(facts),
        details=(Detail(label=texts.goals, text=f"{join_phrases(goals)}."),) if goals else (),
        notes=session.notes,
        first_time=texts.first_time,
        page_url=page_url,
        qr_code=Picture(
            label=texts.qr_code.note, svg=draw_qr_code(page_url), alt=texts.qr_code.text.fill(url=page_url)
        ),
        exercises=tuple(
            _describe_exercise(
                block,
                own_pictures.get(block.exercise.slug) or _list_pictures(find_drawing(block.exercise.slug), block.side),
            )
            for block in blocks
        ),
        breathing_label=of_pages.breathing,
        note_label=of_pages.note,
        ticks=_describe_ticks(),
        stop_title=of_pages.stop_rules,
        stop_rules=session.stop_rules,
        cautions_title=texts.cautions.title,
        cautions_note=texts.cautions.note if cautions else texts.cautions.none,
        cautions=cautions,
        disclaimer_title=of_pages.disclaimer,
        disclaimer=session.disclaimer.text,
        credit=_describe_credit(),
    )


def _describe_exercise(block: ExerciseBlock, pictures: tuple[Picture, ...]) -> HandoutExercise:
    exercise = block.exercise
    return HandoutExercise(
        name=exercise.name,
        dose=block.dose,
        note=block.note,
        steps=exercise.steps,
        breathing=exercise.breathing,
        purpose=exercise.summary,
        pictures=pictures,
    )


def label_phases() -> dict[FigurePhase, str]:
    """Return what stands below the picture of each posture."""
    texts = handout_texts()
    return {"start": texts.start, "end": texts.end}


def _list_pictures(drawing: str | None, side: BodySide | None) -> tuple[Picture, ...]:
    """The start and the end; of the side that works alone, where there is one."""
    if drawing is None:
        return ()
    return tuple(
        Picture(
            label=label,
            svg=assets.render_svg(drawing, phase, "light", side).decode(),
            alt=assets.get_alt_text(drawing, phase, side),
        )
        for phase, label in label_phases().items()
    )


def _describe_ticks() -> TickTable:
    texts = handout_texts().ticks
    first, second = (texts.week.fill(number=number) for number in (1, 2))
    return TickTable(
        title=texts.title, note=texts.note, exercise=texts.exercise, weeks=(first, second), days=texts.days
    )


def _describe_credit() -> Credit:
    text = handout_texts().credit.fill(author=CONTENT_LICENSE.attribution)
    return Credit(text=text, license=assets.LICENSE_NAME, license_url=CONTENT_LICENSE.url)
