"""The record kinds of the catalogue as one type."""

from app.schemas.exercise import Exercise
from app.schemas.guideline import Guideline
from app.schemas.reference import Reference
from app.schemas.routine import Routine

AnyRecord = Exercise | Guideline | Reference | Routine
"""A record of any kind."""
