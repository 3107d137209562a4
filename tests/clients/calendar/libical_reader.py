"""Print when the events of calendar files begin, as libical reads them: `{"file.ics": [epoch seconds]}`.

`python libical_reader.py FOLDER FROM TO`; FROM and TO are epoch seconds. It needs GObject and the description of
libical: Debian's packages python3-gi and gir1.2-ical-3.0, which belong to Debian's own Python.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402 - the version must be chosen before


def read_occurrences(text: str, last: int) -> Iterator[int]:
    """Yield the starts of all events, with the zone as the file describes it."""
    calendar = ICalGLib.Component.new_from_string(text)
    event = calendar.get_first_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
    while event is not None:
        yield from _expand_event(calendar, event, last)
        event = calendar.get_next_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)


def _expand_event(calendar: Any, event: Any, last: int) -> Iterator[int]:
    start_property = event.get_first_property(ICalGLib.PropertyKind.DTSTART_PROPERTY)
    start = start_property.get_dtstart()
    tzid = start_property.get_first_parameter(ICalGLib.ParameterKind.TZID_PARAMETER)
    zone = calendar.get_timezone(tzid.get_tzid()) if tzid else ICalGLib.Timezone.get_utc_timezone()
    excluded = set()
    exdate = event.get_first_property(ICalGLib.PropertyKind.EXDATE_PROPERTY)
    while exdate is not None:
        excluded.add(exdate.get_exdate().as_ical_string())
        exdate = event.get_next_property(ICalGLib.PropertyKind.EXDATE_PROPERTY)
    rule = event.get_first_property(ICalGLib.PropertyKind.RRULE_PROPERTY).get_rrule()
    occurrences = ICalGLib.RecurIterator.new(rule, start)
    local = occurrences.next()
    while not local.is_null_time() and local.as_timet_with_zone(zone) < last:
        if local.as_ical_string() not in excluded:
            yield local.as_timet_with_zone(zone)
        local = occurrences.next()


def main(folder: str, first: str, last: str) -> None:
    """Print the answer for all files of a folder."""
    answer = {}
    for path in sorted(Path(folder).glob("*.ics")):
        starts = read_occurrences(path.read_bytes().decode(), int(last))
        answer[path.name] = [start for start in starts if start >= int(first)]
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
