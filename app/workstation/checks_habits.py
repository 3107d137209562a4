"""Checks of habits: hours of sitting, on a laptop alone, and looking down at a phone. Limits are editorial."""

from collections.abc import Iterator

from app.workstation.checks import ValueLimits, severity_above, severity_from
from app.workstation.dimension import make_dimension
from app.workstation.findings import Action, WorkstationFinding, make_finding
from app.workstation.plan import Observation
from app.workstation.texts import workstation_texts

SITTING_LIMITS = ValueLimits(tolerated=45, minor=60, moderate=120)
"""Minutes of sitting without getting up."""
SITTING_TARGET_MIN = 30
"""Minutes of sitting to aim at."""
LAPTOP_LIMITS = ValueLimits(tolerated=1, minor=2, moderate=4)
"""Hours a day on a laptop alone. Already one hour is a finding."""
PHONE_LIMITS = ValueLimits(tolerated=10, minor=20, moderate=40)
"""Minutes of an hour looking down at a phone. Already ten are a finding."""


def check_habits(observation: Observation) -> Iterator[WorkstationFinding]:
    """Yield a finding for each habit that lasts too long."""
    observed, actions = observation.observed, workstation_texts().actions
    sitting, laptop, phone = observed.longest_sitting_min, observed.laptop_only_h, observed.phone_head_down_min_h
    if sitting is not None and (severity := severity_above(sitting, SITTING_LIMITS)):
        target = make_dimension(
            SITTING_TARGET_MIN,
            SITTING_TARGET_MIN,
            SITTING_LIMITS.tolerated - SITTING_TARGET_MIN,
            unit="min",
            source="editorial",
        )
        yield make_finding(
            "longest_sitting", severity, sitting, target, Action(actions.sit_shorter, guideline="movement-breaks")
        )
    if laptop is not None and (severity := severity_from(laptop, LAPTOP_LIMITS)):
        target = make_dimension(0, 0, LAPTOP_LIMITS.tolerated, unit="h", source="editorial")
        yield make_finding(
            "laptop_only",
            severity,
            laptop,
            target,
            Action(actions.equip_laptop, guideline="laptop-setup", costs_nothing=False),
        )
    if phone is not None and (severity := severity_from(phone, PHONE_LIMITS)):
        target = make_dimension(0, 0, PHONE_LIMITS.tolerated, unit="min/h", source="editorial")
        yield make_finding(
            "phone_head_down", severity, phone, target, Action(actions.raise_phone, guideline="phone-head-position")
        )
