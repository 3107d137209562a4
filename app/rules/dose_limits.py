"""Limits of the doses that a session may give: seconds of work, of sets, holds and rests, also by age.

Editorial where no source is named; no clinician has reviewed them yet.
"""

MAX_WORK_S = 240
"""Seconds of work of one exercise in a session. More brings little; only an exercise's own dose may be longer."""
MAX_SLOW_SET_S = 75
"""Seconds of one set of slow repetitions. A set of the exercise's own dose may be longer; so for the next two."""
MAX_STRENGTH_SET_S = 90
"""Seconds of one set of strength work."""
MAX_HANGING_SET_S = 40
"""Seconds of one set of pulling on a bar."""
MAX_HOLD_TOTAL_S = 60
"""Seconds of one stretch in all sets together: 60 s give nearly all that a day can give (Garber 2011)."""
MAX_HOLD_TOTAL_65_PLUS_S = 90
"""The same for people of 65 and over, whom somewhat more helps."""
MAX_WEIGHT_BEARING_HOLD_S = 30
"""Seconds of one hold while the hands carry weight."""
REST_STEP_S = 5
"""Rests are multiples of this many seconds."""
MIN_REST_S = 10
"""A rest between sets below this many seconds is raised."""
