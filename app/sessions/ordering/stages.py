"""The stages of a session: finer than phases, and always in this order."""

from typing import Final

STAGE_COUNT: Final = 7
"""Prepare, mobilise, holds and breathing of a short or a warming session, strength, light
strength and that of the trunk, restore, closing breaths."""
PHASE_OF_STAGE: Final = (0, 1, 1, 2, 2, 3, 3)
"""Phase (prepare 0, mobilise 1, strengthen 2, restore 3) of each stage."""
PHASE_COUNT: Final = 4
"""Number of phases."""
