"""Resolves a word as it is typed to the terms that it may mean: exact, half typed, split or joined, misspelt."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from itertools import combinations, pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.catalogue.search.model import ALIAS_WEIGHT
from app.catalogue.search.tokenizer import Term, Token

MAX_PREFIX_MATCHES = 16
"""Terms that a half-typed word may mean; half of it where the word is complete or one letter long."""
MAX_CORRECTIONS = 6
"""Words that a misspelt word may mean."""

PREFIX_QUALITY = 0.85
"""Match quality of a term of which the word is a beginning."""
LONGER_WORD_QUALITY = 0.35
"""The same where the word is itself complete: whoever types "cat" may go on to "cats", but need not."""
LONGER_NAME_QUALITY = 0.1
"""The same for a complete word of up to three letters: whoever types "arm" hardly means the armpit."""
QUALITY_PER_EDIT = 0.8
"""Factor of the match quality for each wrong letter, and once more for another first letter."""
MIN_LENGTH_FOR_OTHER_START = 8
"""From this length on a word may begin with another letter, if nothing else is wrong."""
MIN_CORRECTED_LENGTH = 4
"""Length from which a word is corrected, and to which it is: words of three letters are one letter from many others."""
MIN_LENGTH_FOR_ANY_LETTER = 8
"""From this length on any letter may stand for any other; in a shorter word only for one that it is mistaken for."""
MIN_LENGTH_OF_DETAIL_PREFIX = 4
"""From this length on a beginning completes to every word; a shorter one only to words that records are called."""

KEYBOARD_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SIMILAR_SOUNDS = ("aeiouy", "ckqsxz", "bp", "dt", "fhv", "gj", "mn", "lr")
"""Letters that are written for each other by ear."""


class Lexicon:
    """The words of an index, either all that are negated in a text or all that are not."""

    def __init__(self, words: Mapping[str, Term], compounds: Mapping[str, Term], weights: Mapping[Term, float]) -> None:
        """`words`: word -> term; `compounds`: two words of a name written as one -> term; `weights`: term -> weight."""
        self.words = words
        self.terms = {**compounds, **words}
        self.known_terms = frozenset(self.terms.values())
        self._weights = weights
        self._sorted_words = sorted(self.terms)
        self._words_by_length: dict[int, list[str]] = defaultdict(list)
        for word in self._sorted_words:
            self._words_by_length[len(word)].append(word)

    def find_prefix_matches(self, prefix: str, limit: int, min_weight: float) -> list[Term]:
        """Return the terms of at least this weight of words that begin with `prefix`, the greatest weight first."""
        # No word has U+FFFF: it sorts behind every word that begins with the prefix.
        start = bisect_left(self._sorted_words, prefix)
        end = bisect_left(self._sorted_words, prefix + "\uffff")
        terms = dict.fromkeys(self.terms[word] for word in self._sorted_words[start:end])
        heavy_terms = [term for term in terms if self._weights[term] >= min_weight]
        return sorted(heavy_terms, key=lambda term: (-self._weights[term], len(term.stem), term.stem))[:limit]

    def find_near_words(self, text: str, max_distance: int) -> list[tuple[str, int]]:
        """Return words within an edit distance (with transpositions), each with it, the nearest first."""
        # Each edit changes the length by one at most, so words of other lengths need no comparison.
        lengths = range(len(text) - max_distance, len(text) + max_distance + 1)
        candidates = [word for length in lengths for word in self._words_by_length.get(length, ())]
        hits = process.extract(text, candidates, scorer=OSA.distance, score_cutoff=max_distance, limit=MAX_CORRECTIONS)
        return sorted(((word, int(distance)) for word, distance, _ in hits), key=lambda hit: (hit[1], hit[0]))


class SpellingCorrector:
    """Finds the terms that the words of a query may mean."""

    def __init__(self, plain_words: Lexicon, negated_words: Lexicon, right_terms: Set[Term] = frozenset()) -> None:
        """`right_terms`: words that mean nothing in this index, but are no misspellings of others, either."""
        self._right_terms = right_terms
        self._lexicons = {False: plain_words, True: negated_words}

    def resolve(self, tokens: Sequence[Token]) -> list[dict[Term, float]]:
        """Return, for each word of a query, the terms that it may mean with their match quality (0 to 1).

        A word that means nothing here has an empty dictionary. Two words that are one word here are resolved together.
        """
        resolved: list[dict[Term, float]] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            following = tokens[position + 1] if position + 1 < len(tokens) else None
            joined = self._join(token, following) if following is not None else None
            if joined is not None:
                resolved.append({joined: 1.0})
                position += 2
            else:
                resolved.append(self._resolve_word(token, is_last=following is None))
                position += 1
        return resolved

    def _join(self, token: Token, following: Token) -> Term | None:
        """Return the term of two words that are one word in this index, such as "pull up"; else None."""
        if following.is_negated:
            return None
        return self._lexicons[token.is_negated].words.get(token.text + following.text)

    def _resolve_word(self, token: Token, is_last: bool) -> dict[Term, float]:
        lexicon = self._lexicons[token.is_negated]
        is_known = token.term in lexicon.known_terms
        matches = {token.term: 1.0} if is_known else {}
        if is_last:  # only the last word of a query can be half typed
            for term, quality in self._complete(token, is_known).items():
                matches.setdefault(term, quality)
        # A known stem of an unknown word may be chance, so corrections are added. The word itself stays the best match.
        if not matches or (is_known and token.text not in lexicon.terms):
            for term, quality in self._correct(token).items():
                matches.setdefault(term, quality)
        return matches

    def _complete(self, token: Token, is_known: bool) -> dict[Term, float]:
        """Return the terms of words that begin as the token does, with their match quality."""
        is_short = token.length < MIN_LENGTH_OF_DETAIL_PREFIX
        limit = MAX_PREFIX_MATCHES // 2 if is_known or token.length == 1 else MAX_PREFIX_MATCHES
        quality = PREFIX_QUALITY
        if is_known:
            quality = LONGER_NAME_QUALITY if is_short else LONGER_WORD_QUALITY
        min_weight = ALIAS_WEIGHT if is_short else 0.0
        terms = self._lexicons[token.is_negated].find_prefix_matches(token.text, limit, min_weight)
        return dict.fromkeys(terms, quality)

    def _correct(self, token: Token) -> dict[Term, float]:
        """Return the terms of words that differ in a few letters, with their match quality."""
        max_distance = _max_edit_distance(token)
        if not max_distance or token.term in self._right_terms:
            return {}
        lexicon = self._lexicons[token.is_negated]
        matches: dict[Term, float] = {}
        for word, distance in lexicon.find_near_words(token.text, max_distance):
            has_same_start = word[0] == token.text[0]
            if not has_same_start and (distance > 1 or token.length < MIN_LENGTH_FOR_OTHER_START):
                continue
            if len(word) < MIN_CORRECTED_LENGTH or not _is_plausible_slip(token, word):
                continue
            quality = QUALITY_PER_EDIT**distance * (1.0 if has_same_start else QUALITY_PER_EDIT)
            term = lexicon.terms[word]
            matches[term] = max(matches.get(term, 0.0), quality)
        return matches


def _max_edit_distance(token: Token) -> int:
    """Return how many letters may be wrong: none in a very short word or in a number."""
    if token.length < MIN_CORRECTED_LENGTH or token.text.isdigit():
        return 0
    if token.length < 7:
        return 1
    return 2 if token.length < 12 else 3


def _is_plausible_slip(token: Token, word: str) -> bool:
    """Return whether each letter that stands for another one sounds like it, or is beside it on the keyboard.

    Ordinary words that are no misspellings differ from the words of the catalogue in any letter: a truck is no trunk.
    """
    if token.length >= MIN_LENGTH_FOR_ANY_LETTER:
        return True
    # Compared without their order, so that letters that have changed places count as right.
    typed, meant = Counter(token.text), Counter(word)
    fewer, more = sorted(((typed - meant), (meant - typed)), key=len)
    return all(any((letter, other) in CONFUSED_LETTERS for other in more) for letter in fewer)


def _list_confused_letters() -> frozenset[tuple[str, str]]:
    """Return the pairs of letters that stand for each other by ear or by a slip on the keyboard, in both orders."""
    neighbours = [pair for row in KEYBOARD_ROWS for pair in pairwise(row)]
    pairs = neighbours + [pair for sounds in SIMILAR_SOUNDS for pair in combinations(sounds, 2)]
    return frozenset(pairs) | frozenset((second, first) for first, second in pairs)


CONFUSED_LETTERS = _list_confused_letters()
