"""Words as they stand inside a sentence."""

from collections.abc import Iterable, Sequence

from app.rules.vocabulary import Equipment, Goal
from app.sessions.texts import PhraseTexts, load_texts


def goal_phrase(goal: Goal) -> str:
    """Return a goal as it stands in a sentence, such as `side bending`."""
    return load_texts(PhraseTexts).goals[goal]


def join_words(phrases: Sequence[str]) -> str:
    """Return the phrases as one: `a`, `a and b`, `a, b and c`."""
    return load_texts(PhraseTexts).all_of.join(phrases)


def join_goals(goals: Iterable[Goal]) -> str:
    """Return the goals as one phrase."""
    return join_words([goal_phrase(goal) for goal in goals])


def join_alternatives(phrases: Sequence[str]) -> str:
    """Return the phrases as one: `a, b or c`."""
    return load_texts(PhraseTexts).any_of.join(phrases)


def equipment_phrase(pieces: Iterable[Equipment]) -> str:
    """Return pieces of equipment of which any one will do: `a chair or a bench`."""
    equipment = load_texts(PhraseTexts).equipment
    return join_alternatives([equipment[piece] for piece in pieces])
