"""What runs in a worker process: it keeps the last catalogues that it was sent, and runs jobs on them."""

from typing import Final, TypeVar

from app.rules.conditions import load_condition_texts
from app.rules.notices import load_disclaimer
from app.sessions.problem.cue_texts import CueTexts
from app.sessions.texts import SESSION_TEXTS, load_texts
from app.sessions.workers.builder_catalogue import BuilderCatalogue, CataloguePackage
from app.sessions.workers.jobs import Job, JobOutcome, run_job

Value = TypeVar("Value")
MAX_CATALOGUES: Final = 2
"""The one that is served, and the one before it, for requests that began with it."""
_catalogues: dict[int, BuilderCatalogue] = {}
"""By serial, the latest last."""


def prepare() -> None:
    """Read the texts, before the first job."""
    for texts in (CueTexts, *SESSION_TEXTS):
        load_texts(texts)
    load_condition_texts()
    load_disclaimer()


def load_catalogue(package: CataloguePackage) -> None:
    """Keep a catalogue, unless it is here already."""
    if package.serial in _catalogues:
        return
    _catalogues[package.serial] = BuilderCatalogue.unpack(package)
    while len(_catalogues) > MAX_CATALOGUES:
        del _catalogues[next(iter(_catalogues))]


def run_on_catalogue(serial: int, job: Job[Value]) -> JobOutcome[Value] | None:
    """Return what comes of a job; None where the catalogue of this serial must be sent first."""
    catalogue = _catalogues.get(serial)
    return run_job(job, catalogue) if catalogue is not None else None
