"""The rate algorithm: exact over any time, however requests fall."""

from hypothesis import given
from hypothesis import strategies as st

from app.partners.gcra import SECOND_NS, WINDOW_NS, WINDOW_S, Quota, Reservation, decide, reserve
from app.partners.local_limiter import LocalLimiter

QUOTA = Quota("address", 600)


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now_ns = 5 * WINDOW_NS

    def __call__(self) -> int:
        return self.now_ns


@given(
    units=st.integers(1, 100_000),
    pauses_ms=st.lists(st.integers(0, 20_000), min_size=1, max_size=80),
    costs=st.lists(st.sampled_from([0.1, 1, 5, 10, 20]), min_size=80, max_size=80),
)
def test_a_client_gets_its_quota_and_what_grew_back_and_no_more(
    units: int, pauses_ms: list[int], costs: list[float]
) -> None:
    quota, clock = Quota("address", units), Clock()
    limiter, begun_ns, used_ns = LocalLimiter(clock_ns=clock), clock.now_ns, 0
    for pause_ms, cost in zip(pauses_ms, costs, strict=False):
        clock.now_ns += pause_ms * 1_000_000
        decision = limiter.charge_now("a", quota, cost)
        if decision.is_admitted:
            used_ns += quota.duration_of(cost)
        else:
            # What it is told is true: a second earlier it would still be too much, then it is not.
            clock.now_ns += decision.wait_s * SECOND_NS
            assert limiter.charge_now("a", quota, cost).is_admitted
            used_ns += quota.duration_of(cost)
        assert used_ns <= WINDOW_NS + clock.now_ns - begun_ns
        assert 0 <= decision.remaining <= units


def test_ten_thousand_requests_are_counted_exactly() -> None:
    """600 at once, then 10 a second: in 100 s that is 600 and 1000 more."""
    clock = Clock()
    limiter = LocalLimiter(clock_ns=clock)
    begun_ns, admitted = clock.now_ns, 0
    for number in range(10_000):
        clock.now_ns = begun_ns + number * 100 * SECOND_NS // 10_000
        admitted += limiter.admit_now("a", QUOTA.duration_of(1))
    assert abs(admitted - 1600) <= 1
    assert sum(limiter.admit_now("b", QUOTA.duration_of(0.1)) for _ in range(10_000)) == 6000


def test_what_costs_more_than_the_quota_takes_all_of_it() -> None:
    decision, full_at_ns = decide(Quota("key", 3), 0, WINDOW_NS, Quota("key", 3).duration_of(10))
    assert (decision.is_admitted, decision.remaining, full_at_ns) == (True, 0, 2 * WINDOW_NS)
    assert decide(Quota("key", 3), full_at_ns, WINDOW_NS, 1)[0].is_admitted is False


def test_a_refund_is_what_a_request_did_not_cost() -> None:
    limiter = LocalLimiter(clock_ns=Clock())
    for _ in range(5991):
        assert limiter.admit_now("a", QUOTA.duration_of(1))
        limiter.refund("a", QUOTA, 0.9)
    assert not limiter.admit_now("a", QUOTA.duration_of(1))


def test_memory_is_bounded_and_forgets_first_who_owes_nothing() -> None:
    clock = Clock()
    limiter = LocalLimiter(max_clients=100, clock_ns=clock)
    while limiter.admit_now("greedy", QUOTA.duration_of(1)):
        pass
    for number in range(1000):
        limiter.admit_now(f"client {number}", QUOTA.duration_of(1))
        clock.now_ns += SECOND_NS // 500  # each owes for a tenth of a second
        assert len(limiter) <= 100
    assert not limiter.admit_now("greedy", QUOTA.duration_of(60))
    for number in range(1000):  # all at one moment
        limiter.admit_now(f"other {number}", QUOTA.duration_of(1))
    assert len(limiter) == 100


@given(full_s=st.integers(-100, 100), parts=st.tuples(*[st.integers(0, WINDOW_S)] * 3))
def test_a_part_is_taken_whole_or_not_and_a_debt_always(full_s: int, parts: tuple[int, int, int]) -> None:
    now_ns = 10 * WINDOW_NS
    debt, need, spare = (part * SECOND_NS for part in parts)
    begun_ns = max(now_ns + full_s * SECOND_NS, now_ns)
    taken, full_at_ns = reserve(now_ns + full_s * SECOND_NS, now_ns, Reservation(debt, need, spare))
    assert taken in {debt, debt + need, debt + spare, debt + need + spare}
    assert full_at_ns == begun_ns + taken
    assert full_at_ns <= max(now_ns + WINDOW_NS, begun_ns + debt)
