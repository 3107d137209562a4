"""Parts that every calendar file of the service has in common: head of the file, alarm, picture."""

from icalendar import Alarm, Calendar, Event

PNG_PARAMETERS = {"FMTTYPE": "image/png"}


def start_calendar(product: str) -> Calendar:
    """Return a calendar without events; `product` names in the file which part of the service has made it."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Thoracic Mobility API//{product} 1//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def build_alarm(text: str) -> Alarm:
    """Return an alarm that shows a text at the start of its event."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", "PT0S", encode=False)  # the library writes P0D, which is rare
    return alarm


def add_picture(event: Event, png_url: str) -> None:
    """Add a picture to an event: as RFC 7986 has it, and as an attachment for programs that are older than it."""
    event.add("image", png_url, parameters={**PNG_PARAMETERS, "VALUE": "URI", "DISPLAY": "BADGE"})
    event.add("attach", png_url, parameters=PNG_PARAMETERS)
