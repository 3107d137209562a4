"""Lengths of the body as parts of stature, with the error of such an estimate.

The ratios and their standard errors come from ANSUR II (US Army 2010-12, 4,082 men and 1,986 women, both sexes weighted
alike). These are fit adults in an upright posture, so the error is larger for other bodies. A person's own measurements
are better.
"""

from typing import NamedTuple


class StatureRatio(NamedTuple):
    """A length of the body, estimated as `ratio * stature`."""

    ratio: float
    standard_error_cm: float

    def estimate_cm(self, stature_cm: float) -> float:
        """Return the length of an average body of this standing height."""
        return self.ratio * stature_cm


POPLITEAL_HEIGHT = StatureRatio(0.2415, 1.5)
"""Floor to the underside of the thigh behind the knee, sitting, barefoot."""
SEATED_ELBOW_HEIGHT = StatureRatio(0.3827, 2.35)
"""Floor to the underside of the elbow, sitting, barefoot."""
ELBOW_REST_HEIGHT = StatureRatio(0.1413, 2.8)
"""Seat to the underside of the elbow."""
SEATED_EYE_HEIGHT = StatureRatio(0.7002, 1.7)
"""Floor to the eye, sitting, barefoot."""
STANDING_ELBOW_HEIGHT = StatureRatio(0.6138, 1.65)
"""Floor to the underside of the elbow, standing, barefoot."""
STANDING_EYE_HEIGHT = StatureRatio(0.9341, 0.85)
"""Floor to the eye, standing, barefoot."""
THIGH_TOP_HEIGHT = StatureRatio(0.3444, 1.7)
"""Floor to the top of the thigh, sitting, barefoot."""
SEAT_LENGTH = StatureRatio(0.2921, 2.1)
"""Buttock-popliteal length: back of the hip to the back of the knee, sitting."""
