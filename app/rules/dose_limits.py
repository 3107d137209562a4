"""Limits of the doses that a session may give: seconds of work, of sets, of single holds and of rests, also by age.

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
HOLD_SECONDS = (20, 30)
"""Seconds that one hold of a stretch may last: 10 to 30 s (Garber 2011). A briefer stretch may stay brief."""
LONG_HOLD_SECONDS = (20, 30, 45, 60)
"""The same for an exercise whose own hold is longer than 30 s, because the position is at ease."""
HOLD_SECONDS_65_PLUS = (30, 45, 60)
"""The same for people of 65 and over; the last is the longest hold that they are given."""
SHORT_HOLD_SECONDS = (15, 20, 30)
"""The same before training and in a desk break."""
HANG_SECONDS = (15, 20, 30)
"""Seconds that one hang on a bar may last."""
HANG_SECONDS_65_PLUS = (15, 20)
"""The same for people of 65 and over."""
MAX_WEIGHT_BEARING_HOLD_S = 30
"""Seconds of one hold while the hands carry weight."""
REST_STEP_S = 5
"""Rests are multiples of this many seconds."""
MIN_REST_S = 10
"""A rest between sets below this many seconds is raised."""
