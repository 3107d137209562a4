"""From a word as typed to the stems it may stand for: as it is, half typed, written apart or together, or misspelt."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.catalogue.search.tokenizer import Word

HALF_TYPED = 16
"""How many words a beginning may stand for."""
GUESSES = 6
"""How many words a misspelling may stand for."""


class Spelling:
    """The words of an index, for those who type them nearly right."""

    def __init__(self, stems: Mapping[str, str], joined: Mapping[str, str], weights: Mapping[str, float]) -> None:
        """`stems`: every known word and its stem; `joined`: two words of a name written as one; `weights`: how much
        each stem counts where it counts most."""
        self._apart = stems
        self._stems = {**joined, **stems}
        self._weights = weights
        self._known = frozenset(self._stems.values())
        self._sorted = sorted(self._stems)
        self._alike: dict[tuple[bool, int], list[str]] = defaultdict(list)
        for word in self._sorted:
            self._alike[word[0] == "!", len(word)].append(word)

    def read(self, words: Sequence[Word]) -> list[dict[str, float]]:
        """For each word the stems it may stand for and how well (1 as typed); empty where it means nothing here."""
        found: list[dict[str, float]] = []
        place = 0
        while place < len(words):
            word = words[place]
            after = words[place + 1] if place + 1 < len(words) else None
            if after and (joined := self._apart.get(word.text + after.text)):
                found.append({joined: 1.0})
                place += 2
                continue
            found.append(self._one(word, last=after is None))
            place += 1
        return found

    def _one(self, word: Word, last: bool) -> dict[str, float]:
        stems: dict[str, float] = {}
        if word.stem in self._known:
            stems[word.stem] = 1.0
        if last:
            begun = 0.35 if stems else 0.85
            for stem in self._begun(word.text, HALF_TYPED // 2 if stems or len(word.text) == 1 else HALF_TYPED):
                stems.setdefault(stem, begun)
        if not stems or (word.stem in stems and word.text not in self._stems):
            stems |= {stem: fit for stem, fit in self._misspelt(word.text).items() if stem not in stems}
        return stems

    def _begun(self, text: str, most: int) -> list[str]:
        """Stems of the words that begin so, the weightiest first."""
        start = bisect_left(self._sorted, text)
        end = bisect_left(self._sorted, text + "\uffff")
        stems = dict.fromkeys(self._stems[word] for word in self._sorted[start:end])
        return sorted(stems, key=lambda stem: (-self._weights[stem], len(stem), stem))[:most]

    def _misspelt(self, text: str) -> dict[str, float]:
        far = _forgiven(text)
        if not far:
            return {}
        negated = text[0] == "!"
        lengths = range(len(text) - far, len(text) + far + 1)
        near = [word for length in lengths for word in self._alike.get((negated, length), ())]
        hits = process.extract(text, near, scorer=OSA.distance, score_cutoff=far, limit=GUESSES)
        stems: dict[str, float] = {}
        for word, distance, _ in sorted(hits, key=lambda hit: (hit[1], hit[0])):
            same_start = word[negated] == text[negated]
            if same_start or (distance == 1 and len(text) > 6):
                fit = 0.8**distance * (1.0 if same_start else 0.8)
                stem = self._stems[word]
                stems[stem] = max(stems.get(stem, 0.0), fit)
        return stems


def _forgiven(text: str) -> int:
    """How many letters may be wrong: none in a very short word or in a number."""
    if len(text) < 3 or text.isdigit():
        return 0
    return 1 if len(text) < 6 else 2 if len(text) < 12 else 3
