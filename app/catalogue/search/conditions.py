"""Words for health conditions in a query: they do not rank records, they keep only those that no rule restricts."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.catalogue.search.model import Document, Synonym
from app.catalogue.search.spelling import Lexicon, SpellingCorrector
from app.catalogue.search.tokenizer import Term, Token, tokenize


class ConditionMatch(NamedTuple):
    """A query without its words for conditions, and what these words leave."""

    tokens: list[Token]
    """The other words, in order."""
    scores: Mapping[int, float] | None
    """Document id -> score where the query has no other word; None if the query names no condition."""


class ConditionWords:
    """The words for conditions, each with the documents that the rules neither bar nor caution against."""

    def __init__(self, documents: Sequence[Document], synonyms: Sequence[Synonym]) -> None:
        self._scores_by_terms: dict[tuple[Term, ...], dict[int, float]] = {}
        words: dict[str, Term] = {}
        for synonym in synonyms:
            scores = _unrestricted_documents(documents, synonym)
            tokens = tokenize(synonym.term)
            if scores and tokens:
                self._scores_by_terms[tuple(token.term for token in tokens)] = scores
                words |= {token.text: token.term for token in tokens}
        lexicon = Lexicon(words, {}, dict.fromkeys(words.values(), 0.0))
        self._terms = lexicon.known_terms
        self._spelling = SpellingCorrector(lexicon, Lexicon({}, {}, {}))
        self._max_length = max(map(len, self._scores_by_terms), default=0)

    def take_out(self, tokens: Sequence[Token], spelling: SpellingCorrector) -> ConditionMatch:
        """Return the query without its words for conditions. `spelling` knows the other words of the index.

        A misspelt or half-typed word is taken for a condition only where no other word is as near to it.
        """
        meant = [self._meant_term(token, spelling) for token in tokens] if self._max_length else []
        others: list[Token] = []
        scores: dict[int, float] | None = None
        start = 0
        while start < len(tokens):
            found = self._longest_phrase(meant[start : start + self._max_length])
            if found is None:
                others.append(tokens[start])
                start += 1
                continue
            length, of_phrase = found
            scores = of_phrase if scores is None else _intersect(scores, of_phrase)
            start += length
        return ConditionMatch(others, scores)

    def _longest_phrase(self, terms: Sequence[Term | None]) -> tuple[int, dict[int, float]] | None:
        """Return the length and the scores of the longest words for a condition that the terms begin with."""
        for length in range(len(terms), 0, -1):
            scores = self._scores_by_terms.get(tuple(term for term in terms[:length] if term is not None))
            if scores is not None and None not in terms[:length]:
                return length, scores
        return None

    def _meant_term(self, token: Token, spelling: SpellingCorrector) -> Term | None:
        if token.term in self._terms:
            return token.term
        matches = self._spelling.resolve([token])[0]
        if not matches:
            return None
        term, quality = max(matches.items(), key=lambda match: match[1])
        return term if quality > max(spelling.resolve([token])[0].values(), default=0.0) else None


def _unrestricted_documents(documents: Sequence[Document], synonym: Synonym) -> dict[int, float]:
    """Return the documents that have every facet which the synonym requires, with the least of their strengths."""
    required = synonym.required_facets
    return {
        doc_id: min(document.facets[facet] for facet in required)
        for doc_id, document in enumerate(documents)
        if required and all(facet in document.facets for facet in required)
    }


def _intersect(first: Mapping[int, float], second: Mapping[int, float]) -> dict[int, float]:
    return {doc_id: min(score, second[doc_id]) for doc_id, score in first.items() if doc_id in second}
