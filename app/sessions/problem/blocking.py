"""Who must ask a professional before any session."""

from collections.abc import Collection

from app.rules.conditions import load_condition_texts
from app.rules.vocabulary import AgeBand, Condition
from app.sessions.errors import SessionBlockedError
from app.sessions.texts import RefusalTexts, load_texts


def check_not_blocked(conditions: Collection[Condition], age_band: AgeBand | None) -> None:
    """Raise `SessionBlockedError` where a professional must be asked first."""
    texts = load_texts(RefusalTexts).blocked
    blocking = load_condition_texts().blocking
    instead = [blocking[condition] for condition in conditions if condition in blocking]
    if instead:
        raise SessionBlockedError(texts.condition, instead)
    if age_band == "under-18":
        raise SessionBlockedError(texts.minor, [texts.minor_instead])
