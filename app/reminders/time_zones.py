"""Time zones by their IANA names, as people write them."""

from functools import cache
from zoneinfo import available_timezones

FLOATING = "floating"
"""Instead of a zone: times hold wherever the reader is (RFC 5545, 3.3.5), such as on a journey."""
EXCLUDED_ZONES = frozenset({"Factory", "localtime", "posixrules"})
"""Names of the zone database that are no places; which of them exist depends on the machine."""


@cache
def list_time_zones() -> frozenset[str]:
    """Return the names of all IANA time zones that this machine knows."""
    return frozenset(available_timezones()) - EXCLUDED_ZONES


@cache
def _zones_by_folded_name() -> dict[str, str]:
    return {_fold_name(name): name for name in (*list_time_zones(), FLOATING)}


def find_time_zone(name: str) -> str:
    """Return the IANA name, whatever its case, or `floating`. Raises `ValueError` with what would be right."""
    zone = _zones_by_folded_name().get(_fold_name(name))
    if zone is None:
        raise ValueError(f"This is not an IANA time zone, such as Europe/Berlin, and not floating{_suggest_zone(name)}")
    return zone


def _fold_name(name: str) -> str:
    return name.strip().casefold().replace(" ", "_")


def _suggest_zone(name: str) -> str:
    """Return the end of a sentence that names the zone that is probably meant; empty where none is near."""
    zone = _find_zone_of_windows(name) or _find_zone_of_city(name)
    return "" if zone is None else f"; try {zone}"


def _find_zone_of_windows(name: str) -> str | None:
    try:
        # The library is an optional extra.
        from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON
    except ImportError:
        return None
    folded = name.strip().casefold()
    return next((zone for windows, zone in WINDOWS_TO_OLSON.items() if windows.casefold() == folded), None)


def _find_zone_of_city(name: str) -> str | None:
    folded = _fold_name(name)
    return next((zone for zone in sorted(list_time_zones()) if _fold_name(zone).rpartition("/")[2] == folded), None)
