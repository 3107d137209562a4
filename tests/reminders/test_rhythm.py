"""When reminders come: in order, without overlap, within the stretches of work."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.reminders.rhythm import REMINDER_RULES, list_reminder_times
from app.reminders.working_hours import WorkSpan
from tests.reminders.workdays import ALL_KINDS

two_spans = st.lists(st.integers(0, 30 * 60), min_size=4, max_size=4, unique=True).map(
    lambda bounds: [WorkSpan(*sorted(bounds)[:2]), WorkSpan(*sorted(bounds)[2:])]
)


@given(two_spans, st.sets(st.sampled_from(ALL_KINDS), min_size=1))
def test_reminders_never_overlap_and_lie_within_the_hours(spans: list[WorkSpan], kinds: set[str]) -> None:
    times = list_reminder_times(spans, [kind for kind in ALL_KINDS if kind in kinds])
    assert [time.minute for time in times] == sorted({time.minute for time in times})
    for minute, kind in times:
        assert kind in kinds
        assert any(
            start < minute <= end - 10 and minute * 60 + REMINDER_RULES[kind].duration_s <= end * 60
            for start, end in spans
        )
    breaks = [time for time in times if time.kind != "sit_stand"]
    for current, following in pairwise(breaks):
        assert current.minute * 60 + REMINDER_RULES[current.kind].duration_s <= following.minute * 60
    assert sum(time.kind == "session" for time in times) <= 1
