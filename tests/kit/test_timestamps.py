"""Times in answers: UTC, whole seconds, Z."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.models import FrozenModel
from app.kit.timestamps import Timestamp, format_timestamp


class Record(FrozenModel):
    updated_at: Timestamp


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 11, 28, 1, 34, 28, 836108, UTC), "2026-11-28T01:34:28Z"),
        (datetime(2026, 11, 28, 1, 34, 28, 999999, timezone(timedelta(hours=2))), "2026-11-27T23:34:28Z"),
    ],
)
def test_fractions_and_offsets_go(moment: datetime, text: str) -> None:
    copied = Record(updated_at=datetime(1970, 1, 1, tzinfo=UTC)).model_copy(update={"updated_at": moment})
    assert Record(updated_at=moment).updated_at.microsecond == 0
    for record in (Record(updated_at=moment), copied):
        assert record.model_dump(mode="json") == {"updated_at": text}
        assert record.model_dump_json() == f'{{"updated_at":"{text}"}}'


@given(st.integers(0, 10**16), st.timezones())
def test_a_time_is_read_back_within_a_second(microseconds: int, zone: tzinfo) -> None:
    moment = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)).astimezone(zone)
    read = datetime.strptime(format_timestamp(moment), "%Y-%m-%dT%H:%M:%S%z")
    assert timedelta(0) <= moment - read < timedelta(seconds=1)
