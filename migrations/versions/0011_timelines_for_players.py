"""Every stored event of a timeline has all that a player shows: name, place, sets, side, a line of text, the picture.

The cue is left out: it is the first line of `say`. The side of an event outside work is the side that
comes; a closing event is added. A dose and an extra set have `text`.

The next seeding writes the routines anew; a stored session keeps the lines that it gets here.

Revision 0011, after 0010.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True)
CHANGE = sa.table("change", sa.column("serial"), sa.column("record", JSON))
ROUTINE = sa.table("routine", sa.column("slug"), sa.column("session", JSON))
SESSION = sa.table("session", sa.column("id"), sa.column("content", JSON))
DOSE_FIELDS = {"sets", "reps", "hold_s", "breaths", "tempo", "rest_s", "per_side"}
EXTRA_SET_FIELDS = {"side", "reps", "hold_s", "breaths"}
NEW_EVENT_FIELDS = ("name", "position_in_session", "phase", "sets", "text", "figure")
Object = dict[str, Any]


def upgrade() -> None:
    convert_stored(add_to)


def downgrade() -> None:
    convert_stored(remove_from)


def convert_stored(convert: Callable[[Object], Object]) -> None:
    """Convert the JSON of routines, of the history of changes and of stored sessions."""
    connection = op.get_bind()
    for table, key, column in (
        (ROUTINE, ROUTINE.c.slug, ROUTINE.c.session),
        (CHANGE, CHANGE.c.serial, CHANGE.c.record),
        (SESSION, SESSION.c.id, SESSION.c.content),
    ):
        for name, value in connection.execute(sa.select(key, column)).all():
            converted = convert_all_in(value, convert)
            if converted != value:
                connection.execute(sa.update(table).where(key == name).values({column.name: converted}))


def convert_all_in(value: Any, convert: Callable[[Object], Object]) -> Any:
    """Return the JSON value with every object in it converted, inner ones first."""
    if isinstance(value, list):
        return [convert_all_in(item, convert) for item in value]
    if not isinstance(value, dict):
        return value
    return convert({name: convert_all_in(item, convert) for name, item in value.items()})


def add_to(value: Object) -> Object:
    if value.keys() == DOSE_FIELDS:
        return {**value, "text": describe_dose(value)}
    if value.keys() == EXTRA_SET_FIELDS:
        pace = None if value["breaths"] or (value["hold_s"] and not value["reps"]) else value
        return {**value, "text": describe_dose({**value, "sets": 1, "tempo": pace, "per_side": False})}
    if "timeline" in value and "phases" in value:
        return {**value, "timeline": complete_timeline(value)}
    return value


def remove_from(value: Object) -> Object:
    if value.keys() - {"text"} in (DOSE_FIELDS, EXTRA_SET_FIELDS):
        return {name: item for name, item in value.items() if name != "text"}
    if "timeline" in value and "phases" in value:
        return {**value, "timeline": [reduce_event(event) for event in value["timeline"] if event["kind"] != "done"]}
    return value


def reduce_event(event: Object) -> Object:
    kept = {name: item for name, item in event.items() if name not in NEW_EVENT_FIELDS}
    kept["cue"] = kept["say"][0]["text"]
    return kept if event["kind"] == "work" else {**kept, "side": None}


def complete_timeline(session: Object) -> list[Object]:
    """Return the events of a session with all fields, and the closing one."""
    items = {item["exercise"]["slug"]: (phase["phase"], item) for phase in session["phases"] for item in phase["items"]}
    events: list[Object] = []
    side = "both"
    # Backwards: what is before the work has the side of the work that comes.
    for event in reversed(session["timeline"]):
        side = event.get("side") or side
        events.insert(0, complete_event(event, *items[event["slug"]], side))
    if events:
        last = session["timeline"][-1]
        said = {"say": [{"at_s": 0, "text": "Done."}]}
        nothing = dict.fromkeys(("set", "reps", "pace"))
        end = {**last, **said, **nothing, "kind": "done", "at_s": last["at_s"] + last["duration_s"], "duration_s": 0}
        events.append(complete_event(end, *items[end["slug"]], events[-1]["side"]))
    return events


def complete_event(event: Object, phase: str, item: Object, side: str) -> Object:
    card, dose, kind = item["exercise"], item["dose"], event["kind"]
    figure = card["figure"] and figure_address(card["figure"]["svg"], kind, event.get("pace"), side)
    return {
        **{name: value for name, value in event.items() if name != "cue"},
        "name": card["name"],
        "position_in_session": item["position_in_session"],
        "phase": phase,
        "side": side,
        "sets": dose["sets"] + bool(item.get("extra_set")),
        "text": describe_event(event, dose, side),
        "figure": figure,
    }


def figure_address(svg: str, kind: str, pace: Object | None, side: str) -> str:
    phase = "start" if kind != "work" else "animated" if pace else "end"
    return f"{svg}?phase={phase}" if side == "both" else f"{svg}?phase={phase}&side={side}"


def describe_event(event: Object, dose: Object, side: str) -> str:
    on_side = "" if side == "both" else f", {side} side"
    kind = event["kind"]
    if kind == "work":
        return describe_amount(event, dose) + on_side
    if kind == "switch":
        return f"{side.capitalize()} side next"
    if kind == "rest":
        return f"Next set{on_side}"
    return "Done" if kind == "done" else describe_dose(dose)


def describe_amount(event: Object, dose: Object) -> str:
    reps = event.get("reps")
    if dose["breaths"]:
        return f"{reps} breaths"
    if dose["tempo"]:
        return f"{reps} repetitions"
    return f"Hold {event['duration_s']} s" if (reps or 1) == 1 else f"{reps} holds of {dose['hold_s']} s"


def describe_dose(dose: Object) -> str:
    if dose["breaths"]:
        text = f"{dose['breaths']} breaths"
    elif dose["tempo"] is None and (dose["reps"] or 1) == 1:
        text = f"{dose['sets']} x {dose['hold_s']} s"
    elif dose["tempo"] is None:
        text = f"{dose['sets']} x {dose['reps']} holds of {dose['hold_s']} s"
    else:
        text = f"{dose['sets']} x {dose['reps']}" + (f", hold {dose['hold_s']} s" if dose["hold_s"] else "")
    return f"{text}, each side" if dose["per_side"] else text
