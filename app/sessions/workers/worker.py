"""What runs in a worker process: it keeps the last catalogues that it was sent, and runs jobs on them."""

from collections import OrderedDict
from typing import Final, TypeVar

from app.rules.conditions import load_condition_texts
from app.rules.notices import load_disclaimer
from app.sessions.prescription.texts import PrescriptionTexts
from app.sessions.problem.cue_texts import CueTexts
from app.sessions.texts import SESSION_TEXTS, load_texts
from app.sessions.workers.builder_catalogue import BuilderCatalogue, CatalogueKey, CataloguePackage
from app.sessions.workers.jobs import Job, JobOutcome, run_job

Value = TypeVar("Value")
MAX_CATALOGUES: Final = 6
"""The shared one that is served, the one before it, for requests that began with it, and some of partners."""
_catalogues: OrderedDict[CatalogueKey, BuilderCatalogue] = OrderedDict()
"""By their keys, the one that was used last at the end."""


def prepare() -> None:
    """Read the texts, before the first job."""
    for texts in (CueTexts, PrescriptionTexts, *SESSION_TEXTS):
        load_texts(texts)
    load_condition_texts()
    load_disclaimer()


def load_catalogue(package: CataloguePackage) -> None:
    """Keep a catalogue, unless it is here already."""
    if package.key in _catalogues:
        return
    _catalogues[package.key] = BuilderCatalogue.unpack(package)
    while len(_catalogues) > MAX_CATALOGUES:
        _catalogues.popitem(last=False)


def run_on_catalogue(key: CatalogueKey, job: Job[Value]) -> JobOutcome[Value] | None:
    """Return what comes of a job; None where the catalogue of this key must be sent first."""
    catalogue = _catalogues.get(key)
    if catalogue is not None:
        _catalogues.move_to_end(key)
    return run_job(job, catalogue) if catalogue is not None else None
