"""Why an exercise is in a prescription."""

from app.sessions.explain.phrases import join_goals
from app.sessions.prescription.dosed_items import DosedItem
from app.sessions.prescription.safety import name_rule
from app.sessions.prescription.texts import PrescriptionTexts
from app.sessions.texts import ItemReasonTexts, load_texts


def explain_item(item: DosedItem, replaced: dict[int, str]) -> tuple[str, ...]:
    """Return all reasons; those that follow from a stated condition are last, and are never stored."""
    texts = load_texts(PrescriptionTexts).reasons
    overridden = [texts.overridden.fill(**name_rule(rule.condition, rule.strains)) for rule in item.overridden]
    return (*list_storable_reasons(item, replaced), *overridden)


def list_storable_reasons(item: DosedItem, replaced: dict[int, str]) -> tuple[str, ...]:
    """Return the reasons that tell nothing of the person. `replaced` holds names of exercises by index of the item."""
    texts, of_items, exercise = load_texts(PrescriptionTexts).reasons, load_texts(ItemReasonTexts), item.exercise
    main_goals = [goal for goal in exercise.goals if exercise.goal_weights[goal] > 1]
    old = replaced.get(item.item_index)
    return (
        texts.prescribed if old is None else of_items.replacement.fill(exercise=old),
        *([texts.one_side[item.item.side]] if item.item.side is not None else []),
        of_items.serves.fill(goals=join_goals(main_goals or exercise.goals)),
    )
