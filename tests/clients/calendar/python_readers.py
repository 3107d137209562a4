"""Print when the events of calendar files begin, as a Python library reads them: `{"file.ics": [epoch seconds]}`.

`python python_readers.py (icalendar | vobject | recurring-ical-events) FOLDER FROM TO`; FROM and TO are epoch seconds.
It runs in an environment of its own and imports nothing of the service.
"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import icalendar
import recurring_ical_events
import vobject
from dateutil.rrule import rruleset, rrulestr


def read_with_icalendar(text: str, first: datetime, last: datetime) -> Iterator[datetime]:
    """Take the zone as the file describes it, although the library knows zones by their names."""
    calendar: Any = icalendar.Calendar.from_ical(text)
    zones = {zone.tz_name: zone.to_tz(lookup_tzid=False) for zone in calendar.walk("VTIMEZONE")}
    for event in calendar.walk("VEVENT"):
        start = event["dtstart"]
        zone = zones[start.params["TZID"]] if "TZID" in start.params else UTC
        rule = event["rrule"].to_ical().decode()
        for local in _expand(start.dt.replace(tzinfo=None), rule, _list_exdates(event), last):
            yield local.replace(tzinfo=zone)


def _list_exdates(event: Any) -> list[datetime]:
    exdates = event.get("exdate", [])
    lists = exdates if isinstance(exdates, list) else [exdates]
    return [exdate.dt.replace(tzinfo=None) for dates in lists for exdate in dates.dts]


def read_with_vobject(text: str, first: datetime, last: datetime) -> Iterator[datetime]:
    """Take the zone as dateutil reads it from the file, although the library prefers a zone that it knows by name."""
    calendar = vobject.readOne(text)
    zone: tzinfo = calendar.vtimezone.gettzinfo() if "vtimezone" in calendar.contents else UTC
    for event in calendar.vevent_list:
        start = event.dtstart.value
        exdates = [moment.replace(tzinfo=None) for line in event.contents.get("exdate", []) for moment in line.value]
        for local in _expand(start.replace(tzinfo=None), event.rrule.value, exdates, last):
            yield local.replace(tzinfo=zone)


def _expand(start: datetime, rule: str, exdates: list[datetime], last: datetime) -> Iterator[datetime]:
    """Yield the local times of a rule, with dateutil."""
    occurrences = rruleset()
    occurrences.rrule(rrulestr(rule, dtstart=start, ignoretz=True))
    for exdate in exdates:
        occurrences.exdate(exdate)
    for local in occurrences:
        if local > last.replace(tzinfo=None) + timedelta(days=1):  # the local time can be ahead of UTC
            return
        yield local


def read_with_recurring_ical_events(text: str, first: datetime, last: datetime) -> Iterator[datetime]:
    for event in recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(first, last):
        yield event["dtstart"].dt


READERS = {
    "icalendar": read_with_icalendar,
    "vobject": read_with_vobject,
    "recurring-ical-events": read_with_recurring_ical_events,
}


def main(reader: str, folder: str, first: str, last: str) -> None:
    """Print the answer of a reader for all files of a folder."""
    start, end = (datetime.fromtimestamp(int(moment), UTC) for moment in (first, last))
    answer = {}
    for path in sorted(Path(folder).glob("*.ics")):
        moments = READERS[reader](path.read_bytes().decode(), start, end)
        answer[path.name] = [int(moment.timestamp()) for moment in moments if start <= moment < end]
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
