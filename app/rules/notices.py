"""What goes with every exercise and session: what the service is not, when to stop, and the terms of its content."""

from pydantic import BaseModel, ConfigDict


class Disclaimer(BaseModel):
    """What this information is and is not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    text: str
    locale: str


class License(BaseModel):
    """The terms under which a record may be used."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    url: str
    attribution: str


DISCLAIMER = Disclaimer(
    version="1",
    text=(
        "This is general education. It is not medical advice and not a diagnosis, and no clinician has reviewed it "
        "yet. If you are pregnant, ill, injured, getting over an operation or simply unsure, ask a doctor or "
        "physiotherapist before you start. This is not an emergency service: in an emergency, call your local "
        "emergency number."
    ),
    locale="en",
)
"""The version goes up whenever the text changes, so that an app knows when to show it again."""

STOP_RULES: tuple[str, ...] = (
    "Stop if a pain is sharp, or grows while you move.",
    "Stop if any part of you goes numb, tingles or turns weak.",
    "Stop if pain spreads into an arm or a leg, or around the ribs.",
    "Stop and sit or lie down if you feel dizzy or faint.",
    (
        "For chest pain or pressure, breathlessness that rest does not ease, fainting or a sudden severe headache: "
        "stop and call your local emergency number."
    ),
    (
        "For new numbness around the groin or seat, trouble with bladder or bowel, or weakness in both legs: "
        "stop and go to an emergency department today."
    ),
    "If an exercise still hurts a day later, leave it out and ask a doctor or physiotherapist.",
)
"""When to stop, the most urgent last but one; the last is for the day after. Editorial, not yet read by a clinician."""

CONTENT_LICENSE = License(
    id="CC-BY-4.0",
    name="Creative Commons Attribution 4.0 International",
    url="https://creativecommons.org/licenses/by/4.0/",
    attribution="Thoracic Mobility API",
)
"""The terms of texts, data and figures; the program has its own licence."""
