"""Six readers of calendars against the zone data of the machine: when each break of two years begins, in many zones.

`python -m tests.clients.calendar PYTHON`, with the Python that has the reading libraries: `make calendars` installs
them. Every reader must be there; exit code 1 where one is missing, or an occurrence is at a wrong instant.
"""

import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.reminders.schedule import ReminderSchedule, build_schedule
from app.reminders.workday import Workday
from app.reminders.working_hours import WEEKDAYS
from tests.reminders.workdays import ADDRESS, ROUTINES, render

HERE = Path(__file__).resolve().parent
ZONES = (
    *("Europe/Berlin", "Europe/London", "Europe/Dublin", "Europe/Chisinau", "America/New_York", "America/St_Johns"),
    *("America/Havana", "America/Sao_Paulo", "America/Santiago", "America/Nuuk", "Pacific/Easter", "Antarctica/Troll"),
    *("Africa/Casablanca", "Africa/Cairo", "Africa/Johannesburg", "Asia/Gaza", "Asia/Jerusalem", "Asia/Tehran"),
    *("Asia/Kathmandu", "Asia/Tokyo", "Australia/Adelaide", "Australia/Lord_Howe", "Pacific/Auckland"),
    *("Pacific/Chatham", "UTC"),
)
WEEKS: dict[str, dict[str, Any]] = {
    "days": {"start": "07:00", "end": "19:00", "days": WEEKDAYS},
    "shifts": {
        "days": ("MO=20:00-06:00", "WE=08:00-12:00", "WE=14:00-18:00", "FR", "SA=22:00-06:00", "SU=12:00-20:00"),
        "lunch": "12:30-13:00",
        "off": ("2026-02-02", "2026-10-25", "2026-12-24/2027-01-01"),
    },
}
"""Working hours: by day on all days, and by shifts with nights and days off."""
FIRST_DAY = date(2026, 1, 5)
LAST_DAY = FIRST_DAY + timedelta(days=2 * 365)


def expect_starts(workday: Workday, schedule: ReminderSchedule) -> tuple[list[int], set[int]]:
    """Return the instants of all breaks by the zone data, and those whose local time the clock skips or repeats.

    RFC 5545 says what the latter mean, but libraries differ; no clock changes within usual working hours.
    """
    zone, starts, unclear = ZoneInfo(workday.timezone), [], set()
    for reminder in schedule.reminders:
        clock = time.fromisoformat(reminder.at)
        first_day = FIRST_DAY + timedelta(days=reminder.next_day)
        for number in range((LAST_DAY - first_day).days + 2):
            day = first_day + timedelta(days=number)
            work_day = day - timedelta(days=reminder.next_day)
            if WEEKDAYS[day.weekday()] not in reminder.days or work_day in schedule.days_off:
                continue
            local = datetime.combine(day, clock, zone)
            first, second = (int(local.replace(fold=fold).timestamp()) for fold in (0, 1))
            starts.append(first)
            if first != second:
                unclear |= {first, second, first - 3600, second + 3600}
    return starts, unclear


def list_commands(python: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the name of each reader and the command that runs it."""
    for name in ("icalendar", "vobject", "recurring-ical-events"):
        yield name, [python, str(HERE / "python_readers.py"), name]
    for name in ("ical.js", "node-ical"):
        yield name, ["node", str(HERE / "javascript_readers.mjs"), name]
    yield "libical", ["/usr/bin/python3", str(HERE / "libical_reader.py")]


def main(python: str) -> int:
    """Compare all readers; return the exit code."""
    span = [str(int(datetime.combine(day, time(), UTC).timestamp())) for day in (FIRST_DAY, LAST_DAY)]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        expected = write_calendars(Path(folder))
        runs = [
            pool.submit(compare_reader, reader, [*command, folder, *span], expected)
            for reader, command in list_commands(python)
        ]
        faults = sum(run.result() for run in runs)
    return 1 if faults else 0


def write_calendars(folder: Path) -> dict[str, tuple[list[int], set[int]]]:
    """Write the calendar of each zone and week; return by file name what is expected of it."""
    expected = {}
    for zone, (week, fields) in itertools.product(ZONES, WEEKS.items()):
        workday = Workday(timezone=zone, first_day=FIRST_DAY, **fields)
        name = f"{zone.replace('/', '_')}-{week}.ics"
        (folder / name).write_bytes(render(workday))
        expected[name] = expect_starts(workday, build_schedule(workday, ROUTINES, ADDRESS))
    return expected


def compare_reader(reader: str, command: list[str], expected: dict[str, tuple[list[int], set[int]]]) -> int:
    """Print what one reader reads; return the number of occurrences that are missing or at a wrong instant."""
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        print(f"{reader}: does not run: {run.stderr.strip().splitlines()[-1:]}")
        return 1
    answer = json.loads(run.stdout)
    first, last = int(command[-2]), int(command[-1])
    count = unclear_count = 0
    faults: Counter[str] = Counter()
    for name, (starts, unclear) in expected.items():
        right = Counter(start for start in starts if first <= start < last and start not in unclear)
        read = Counter(start for start in answer[name] if start not in unclear)
        count += right.total()
        unclear_count += len(starts) - right.total()
        faults[name] = (right - read).total() + (read - right).total()
    wrong = {name: number for name, number in faults.items() if number}
    print(f"{reader}: {count} occurrences in {len(expected)} calendars, {sum(wrong.values())} wrong {wrong or ''}")
    return sum(wrong.values())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
