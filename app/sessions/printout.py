"""A session as a person would read it, in plain text."""

from app.catalogue.shapes import Exercise
from app.rules.dose import Dose
from app.sessions.plan import Item, Plan

PHASE = {"prepare": "Warm up", "mobilise": "Mobilise", "strengthen": "Strengthen", "restore": "Wind down"}


def printout(plan: Plan) -> str:
    """The whole session: what to do, how much, why, and what was left out."""
    lines = [plan.title, f"{clock(plan.duration_s)} in all", ""]
    at = 0
    for block in plan.phases:
        lines.append(f"{PHASE[block.phase]} ({clock(block.duration_s)})")
        for item in block.items:
            lines += _item(at, item, plan.exercises[item.exercise.slug])
            at += item.duration_s
        lines.append("")
    lines += [
        f"For {one.goal.replace('_', ' ')}: {round(100 * one.given_share)} % of the work "
        f"({round(100 * one.asked_share)} % asked, {one.seconds} s). {one.reason or ''}".rstrip()
        for one in plan.coverage
    ]
    if plan.shortfall_reason is not None:
        lines.append(f"{plan.shortfall_s} s stay empty: {plan.shortfall_reason}")
    lines += list(plan.notes)
    for one in plan.excluded:
        instead = f"; instead: {one.alternative}" if one.alternative else ""
        lines.append(
            f"Left out for {one.condition.replace('_', ' ')}: {one.slug} ({one.feature.replace('_', ' ')}){instead}"
        )
    lines += ["", *plan.stop_rules, plan.disclaimer.text]
    return "\n".join(lines) + "\n"


def _item(at: int, item: Item, exercise: Exercise) -> list[str]:
    place = exercise.position.replace("_", " ")
    lines = [f"  {clock(at):>5}  {item.exercise.name}, {place}: {amount(item.dose)} ({item.duration_s} s)"]
    lines += [f"         {reason}" for reason in item.why]
    for advice in dict.fromkeys(one.advice for one in item.cautions):
        stated = dict.fromkeys(one.condition.replace("_", " ") for one in item.cautions if one.advice == advice)
        lines.append(f"         Care ({', '.join(stated)}): {advice}")
    return lines


def amount(dose: Dose) -> str:
    """A dose in words: `2 x 8 each side, 15 s rest`."""
    if dose.breaths is not None:
        said = f"{dose.breaths} breaths"
    elif dose.reps is None:
        said = f"{dose.sets} x {dose.hold_s} s"
    elif dose.tempo is None and dose.hold_s is not None:
        said = (
            f"{dose.sets} x {dose.reps} holds of {dose.hold_s} s" if dose.reps > 1 else f"{dose.sets} x {dose.hold_s} s"
        )
    else:
        said = f"{dose.sets} x {dose.reps}"
    side = " each side" if dose.per_side else ""
    rest = f", {dose.rest_s} s rest" if dose.sets > 1 and dose.rest_s else ""
    return said + side + rest


def clock(seconds: int) -> str:
    """Minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02d}"
