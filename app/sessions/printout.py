"""A session as a person would read it, in plain text."""

from app.rules.dose import Dose
from app.rules.terms import load_terms
from app.schemas.exercise import Exercise
from app.schemas.session import SessionItem
from app.sessions.explain.item_reasons import words
from app.sessions.plan import Plan

PHASE = {"prepare": "Warm up", "mobilise": "Mobilise", "strengthen": "Strengthen", "restore": "Wind down"}


def printout(plan: Plan) -> str:
    """The whole session: what to do, how much, why, and what was left out."""
    lines = [plan.title, f"{clock(plan.duration_s)} in all", ""]
    at = 0
    for block in plan.phases:
        # A break has one phase that takes in exercises of every kind.
        heading = PHASE[block.phase] if len(plan.phases) > 1 else "Exercises"
        lines.append(f"{heading} ({clock(block.duration_s)})")
        for item in block.items:
            lines += _item(at, item, plan.exercises[item.exercise.slug])
            at += item.duration_s
        lines.append("")
    lines += [
        f"For {words(one.goal)}: {round(100 * one.actual_share)} % of the work "
        f"({round(100 * one.requested_share)} % asked, {one.seconds} s). {one.reason or ''}".rstrip()
        for one in plan.coverage
    ]
    if plan.shortfall_reason is not None:
        lines.append(f"{plan.shortfall_s} s stay empty: {plan.shortfall_reason}")
    lines += list(plan.notes)
    for one in plan.excluded:
        instead = f"; instead: {one.alternative}" if one.alternative else ""
        terms = load_terms()
        condition, feature = terms["conditions"][one.condition], terms["features"][one.feature]
        because = f"{condition.label_in_sentence}: {one.slug} ({feature.label_in_sentence})"
        lines.append(f"Left out for {because}{instead}")
    lines += ["", *plan.stop_rules, plan.disclaimer.text]
    return "\n".join(lines) + "\n"


def _item(at: int, item: SessionItem, exercise: Exercise) -> list[str]:
    place = exercise.position.replace("_", " ")
    lines = [f"  {clock(at):>5}  {item.exercise.name}, {place}: {amount(item.dose)} ({item.duration_s} s)"]
    lines += [f"         {reason}" for reason in item.why]
    return lines + _care(item)


def _care(item: SessionItem) -> list[str]:
    """Every advice once, under all the conditions that ask for it."""
    asking: dict[str, dict[str, None]] = {}
    for one in item.cautions:
        asking.setdefault(one.advice, {})[load_terms()["conditions"][one.condition].label_in_sentence] = None
    advised: dict[str, list[str]] = {}
    for advice, conditions in asking.items():
        advised.setdefault(", ".join(conditions), []).append(advice)
    return [f"         Care ({conditions}): {' '.join(said)}" for conditions, said in advised.items()]


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
