"""Search: an index of one kind of record, asked with whatever words people use, as they type.

Pure: built once from documents and synonyms, never changed. The cost of a query is that of the postings it touches.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import log
from typing import Any, NamedTuple

from app.catalogue.search.spelling import Spelling
from app.catalogue.search.tokenizer import GENERIC, Word, fold, words_of

NAME, ALIAS, SYNONYM = 10.0, 8.0, 9.0
"""What a word counts in the name, in another name and as a synonym; fields say their own weight, 1 for a plain text."""
FADE = 0.93
"""How much less each further target of a synonym counts."""
FACET = 0.3
"""What a record counts that a synonym reaches by a facet only, beside one that it names."""
FLOOR = 0.1
"""What is left out: all that scores less than this share of the best."""

DENIED, DENIED_FROM = 0.3, 2.5
"""What is left of a record that the query says no to, and how weighty the word must be in it."""


class Document(NamedTuple):
    """A record to be found: its names (the best first), weighted texts, and facets with their strength (0 to 1)."""

    slug: str
    names: tuple[str, ...]
    fields: tuple[tuple[float, str], ...]
    facets: Mapping[str, float]


class Synonym(NamedTuple):
    """A word or phrase that people use, the slugs it leads to (best first), and facets that fit as well."""

    term: str
    targets: tuple[str, ...]
    facets: tuple[str, ...]

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "Synonym":
        targets = (*stored["exercises"], *stored["guidelines"], *stored["routines"])
        return cls(stored["term"], targets, tuple(stored["maps_to"]))


class Phrase(NamedTuple):
    """A synonym of several words: their stems, and what each document gains."""

    stems: tuple[str, ...]
    gains: dict[int, float]


class Name(NamedTuple):
    """What a document is called: by itself (strength 1), or by people (less)."""

    place: int
    stems: tuple[str, ...]
    strength: float


class Asked(NamedTuple):
    """One word of a query: the stems it may stand for, each with how well, and what each document has of them."""

    stems: dict[str, float]
    weight: float
    scores: dict[int, float]


class SearchIndex:
    """Documents of one kind, found by words."""

    def __init__(self, documents: Iterable[Document], synonyms: Iterable[Synonym] = ()) -> None:
        found = sorted(documents, key=lambda one: one.slug)
        self._slugs = tuple(one.slug for one in found)
        self._place = {slug: place for place, slug in enumerate(self._slugs)}
        self._stems: dict[str, str] = {}
        self._joined: dict[str, str] = {}
        self._phrases: dict[str, list[Phrase]] = defaultdict(list)
        self._names: list[Name] = []
        self._titles: dict[str, list[int]] = defaultdict(list)
        postings: dict[str, dict[int, float]] = defaultdict(dict)
        for place, document in enumerate(found):
            self._read(place, document, postings)
        for synonym in synonyms:
            self._learn(synonym, found, postings)
        count = len(self._slugs)
        self._rarity = {stem: log(1 + count / len(found)) for stem, found in postings.items()}
        self._postings = {
            stem: {place: self._rarity[stem] * has for place, has in found.items()} for stem, found in postings.items()
        }
        self._named: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self._names):
            for stem in set(name.stems):
                self._named[stem].append(number)
        self._spelling = Spelling(
            self._stems, self._joined, {stem: max(found.values()) for stem, found in postings.items()}
        )

    def search(self, query: str) -> tuple[str, ...]:
        """Slugs, best first; none where no word means anything here."""
        folded = fold(query)
        words = words_of(query)
        if not words:
            if not GENERIC.isdisjoint(folded):
                return self._slugs
            words = [Word(one, one) for one in folded if len(folded) == 1]
        asked = [self._ask(stems) for stems in self._spelling.read(words) if stems]
        scores = self._score(asked) if asked else {}
        for place in self._denied(words):
            if place in scores:
                scores[place] *= DENIED
        least = FLOOR * max(scores.values(), default=0.0)
        for place, likeness in self._likeness(asked).items():
            scores[place] *= 1 + likeness
        most = max(scores.values(), default=1.0)
        for place in self._titles.get(" ".join(folded), ()):
            scores[place] = 2 * most
        ranked = sorted((-round(score, 6), place) for place, score in scores.items() if score >= least)
        return tuple(self._slugs[place] for _, place in ranked)

    def _denied(self, words: Sequence[Word]) -> set[int]:
        """Documents that are, need or are called what the query says no to (and no text speaks of its absence)."""
        stems = [word.stem[1:] for word in words if word.stem.startswith("!") and word.stem not in self._postings]
        weighty = [(stem, DENIED_FROM * self._rarity[stem]) for stem in stems if stem in self._postings]
        return {place for stem, least in weighty for place, has in self._postings[stem].items() if has >= least}

    def _read(self, place: int, document: Document, postings: dict[str, dict[int, float]]) -> None:
        """A word counts in full where it counts most, and a little for every other place."""
        found: dict[str, list[float]] = defaultdict(list)
        named = [(ALIAS if number else NAME, name) for number, name in enumerate(document.names)]
        for weight, text in (*named, *document.fields):
            for word in dict.fromkeys(words_of(text)):
                self._stems[word.text] = word.stem
                found[word.stem].append(weight)
        for title in document.names:
            self._titles[" ".join(fold(title))].append(place)
        names = [words_of(name) for name in document.names]
        for name in names:
            for one, other in pairwise(name):
                joined = one.text + other.text
                self._joined[joined] = joined
                found[joined].append(SYNONYM)
        for stem, weights in found.items():
            most = max(weights)
            postings[stem][place] = most + min(0.1 * (sum(weights) - most), 1.0)
        self._names += [Name(place, tuple(word.stem for word in name), 1.0) for name in names if name]

    def _learn(self, synonym: Synonym, documents: Sequence[Document], postings: dict[str, dict[int, float]]) -> None:
        words = words_of(synonym.term)
        gains = self._gains(synonym, documents)
        if not words or not gains:
            return
        stems = tuple(word.stem for word in words)
        for word in words:
            self._stems[word.text] = word.stem
        for rank, slug in enumerate(slug for slug in synonym.targets if slug in self._place):
            self._names.append(Name(self._place[slug], stems, 0.9 * FADE**rank))
        if len(words) > 1:
            self._phrases[words[0].stem].append(Phrase(stems, gains))
            named = {place: 0.15 * gain for place, gain in gains.items() if gain > SYNONYM / 2}
            gains = named or gains
        for word in words:
            found = postings[word.stem]
            for place, gain in gains.items():
                found[place] = max(found.get(place, 0.0), gain)

    def _gains(self, synonym: Synonym, documents: Sequence[Document]) -> dict[int, float]:
        wanted = [self._place[slug] for slug in synonym.targets if slug in self._place]
        gains = {place: SYNONYM * FADE**rank for rank, place in enumerate(wanted)}
        for place, document in enumerate(documents):
            strength = max((document.facets.get(facet, 0.0) for facet in synonym.facets), default=0.0)
            if strength and place not in gains:
                gains[place] = SYNONYM * FACET * strength
        return gains

    def _ask(self, stems: dict[str, float]) -> Asked:
        weight = max(self._rarity[stem] for stem in stems)
        if len(stems) == 1 and 1.0 in stems.values():
            return Asked(stems, weight, self._postings[next(iter(stems))])
        scores: dict[int, float] = {}
        for stem, fit in stems.items():
            for place, score in self._postings[stem].items():
                if fit * score > scores.get(place, 0.0):
                    scores[place] = fit * score
        return Asked(stems, weight, scores)

    def _score(self, asked: Sequence[Asked]) -> dict[int, float]:
        """Sum over the words, times the square of the share of the query that a document answers."""
        first, *others = asked
        total = dict(first.scores)
        covered = dict.fromkeys(total, first.weight)
        for one in others:
            weight = one.weight
            for place, score in one.scores.items():
                total[place] = total.get(place, 0.0) + score
                covered[place] = covered.get(place, 0.0) + weight
        for start, phrase, fit in self._spoken(asked):
            part = asked[start : start + len(phrase.stems)]
            worth = fit * sum(one.weight for one in part)
            for place, gain in phrase.gains.items():
                has = missing = 0.0
                for one in part:
                    if place in one.scores:
                        has += one.scores[place]
                    else:
                        missing += one.weight
                total[place] = total.get(place, 0.0) + max(0.0, gain * worth - has)
                covered[place] = covered.get(place, 0.0) + missing
        whole = sum(one.weight for one in asked)
        return {place: score * (covered[place] / whole) ** 2 for place, score in total.items()}

    def _spoken(self, asked: Sequence[Asked]) -> Iterable[tuple[int, Phrase, float]]:
        """The longest phrase at each place of the query, from left to right."""
        start = 0
        while start < len(asked):
            found = [
                (min(len(phrase.stems), len(asked) - start), fit, phrase)
                for stem in asked[start].stems
                for phrase in self._phrases.get(stem, ())
                if (fit := _fit(phrase.stems, asked[start:]))
            ]
            if not found:
                start += 1
                continue
            longest, fit, _ = max(found, key=lambda one: one[:2])
            yield from ((start, phrase, fit) for length, f, phrase in found if (length, f) == (longest, fit))
            start += longest

    def _likeness(self, asked: Sequence[Asked]) -> dict[int, float]:
        """How nearly the query is a name of a document: 0 not at all, 5 the very name. Only those that share a word."""
        shared: dict[int, float] = {}
        for one in asked:
            fits: dict[int, float] = {}
            for stem, fit in one.stems.items():
                for number in self._named.get(stem, ()):
                    if fit > fits.get(number, 0.0):
                        fits[number] = fit
            for number, fit in fits.items():
                shared[number] = shared.get(number, 0.0) + fit
        best: dict[int, float] = {}
        for number, fit in shared.items():
            name = self._names[number]
            alike = fit * fit / (len(asked) * len(name.stems))
            likeness = 1.5 * min(alike, 1.0) * name.strength
            if alike > 0.3 and len(name.stems) == len(asked):
                likeness += 4.0 * _fit(name.stems, asked) * name.strength
            if likeness > best.get(name.place, 0.0):
                best[name.place] = likeness
        return best


def _fit(stems: tuple[str, ...], asked: Sequence[Asked]) -> float:
    """How well the query goes on with these stems; where it ends among them, less; 0 where it does not."""
    said = min(len(stems), len(asked))
    return min(one.stems.get(stem, 0.0) for stem, one in zip(stems, asked, strict=False)) * said / len(stems)
