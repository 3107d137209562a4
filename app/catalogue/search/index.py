"""The search index of one kind of record: an inverted index with tf-idf weights, synonyms and name matching.

Pure: built once from documents and synonyms, never changed. A query costs as much as the postings that it touches.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log

from app.catalogue.search.builder import IndexBuilder
from app.catalogue.search.conditions import ConditionWords
from app.catalogue.search.model import Document, QueryTerm, Synonym
from app.catalogue.search.spelling import SpellingCorrector
from app.catalogue.search.tokenizer import GENERIC_TERMS, Term, Token, normalize, tokenize

MIN_RELATIVE_SCORE = 0.1
"""Share of the best score below which a document is left out."""
NEGATION_PENALTY = 0.3
"""Factor for a document that is, needs or is called what the query negates."""
NEGATION_MIN_WEIGHT = 2.5
"""Weight that a word must have in a document for a negation of it to count against the document."""
EXACT_NAME_FACTOR = 2.0
"""A document whose name is the query scores so many times the best score, so that it comes first."""
PARTIAL_NAME_BONUS = 1.5
"""Most that a document gains, in shares of its score, from words that the query has in common with its name."""
FULL_NAME_BONUS = 4.0
"""What a document gains further if the query is its name, word by word; each word may be half typed or misspelt."""
MIN_NAME_OVERLAP = 0.3
"""Overlap of query and name from which the query is compared with the name word by word."""


class SearchIndex:
    """An index of documents of one kind."""

    def __init__(self, documents: Iterable[Document], synonyms: Sequence[Synonym] = ()) -> None:
        builder = IndexBuilder(documents, synonyms)
        self._slugs = tuple(document.slug for document in builder.documents)
        self._phrases, self._names = builder.phrases, builder.names
        self._doc_ids_by_name = builder.doc_ids_by_name
        # Inverse document frequency: a term that few documents have tells more.
        self._idf = {term: log(1 + len(self._slugs) / len(weights)) for term, weights in builder.postings.items()}
        self._postings = {
            term: {doc_id: self._idf[term] * weight for doc_id, weight in weights.items()}
            for term, weights in builder.postings.items()
        }
        self._name_ids: dict[Term, list[int]] = defaultdict(list)
        for name_id, name in enumerate(self._names):
            for term in set(name.terms):  # a set: a name may have a word twice
                self._name_ids[term].append(name_id)
        self._spelling = SpellingCorrector(
            builder.build_lexicon(False), builder.build_lexicon(True), builder.synonym_terms
        )
        self._condition_words = ConditionWords(builder.documents, synonyms)

    def search(self, query: str) -> tuple[str, ...]:
        """Return the slugs of the documents that match, the best first; none if no word of the query is known.

        Documents of equal score are in the order of their slugs.
        """
        words, tokens = normalize(query), tokenize(query)
        if not tokens and not GENERIC_TERMS.isdisjoint(words):
            return self._slugs
        if not tokens:
            tokens = _lone_stop_word(words)
        tokens, unrestricted = self._condition_words.take_out(tokens, self._spelling)
        terms = [self._to_query_term(matches) for matches in self._spelling.resolve(tokens) if matches]
        if unrestricted is not None and not terms:
            return self._rank(unrestricted, 0.0)
        scores = self._score_terms(terms) if terms else {}
        if unrestricted is not None:
            scores = {doc_id: score for doc_id, score in scores.items() if doc_id in unrestricted}
        self._lower_negated(scores, tokens)
        min_score = MIN_RELATIVE_SCORE * max(scores.values(), default=0.0)
        self._raise_similar_names(scores, words, terms)
        return self._rank(scores, min_score)

    def _rank(self, scores: Mapping[int, float], min_score: float) -> tuple[str, ...]:
        """Return the slugs of the documents by descending score, without those below `min_score`."""
        # Rounded, so that documents do not change places by the last bit of a sum.
        ranked = sorted((-round(score, 6), doc_id) for doc_id, score in scores.items() if score >= min_score)
        return tuple(self._slugs[doc_id] for _, doc_id in ranked)

    def _raise_similar_names(self, scores: dict[int, float], words: Sequence[str], terms: Sequence[QueryTerm]) -> None:
        """Raise the scores of documents that are called nearly so, and most of all of those that are called just so."""
        for doc_id, similarity in self._name_similarity(terms).items():
            if doc_id in scores:  # a condition that the query names may bar it
                scores[doc_id] *= 1 + similarity
        max_score = max(scores.values(), default=1.0)
        for doc_id in self._doc_ids_by_name.get(" ".join(words), ()):
            scores[doc_id] = EXACT_NAME_FACTOR * max_score

    def _to_query_term(self, matches: dict[Term, float]) -> QueryTerm:
        weight = max(self._idf[term] for term in matches)
        if len(matches) == 1 and 1.0 in matches.values():
            return QueryTerm(matches, weight, self._postings[next(iter(matches))])
        scores: dict[int, float] = {}
        for term, quality in matches.items():
            for doc_id, score in self._postings[term].items():
                if quality * score > scores.get(doc_id, 0.0):
                    scores[doc_id] = quality * score
        return QueryTerm(matches, weight, scores)

    def _score_terms(self, terms: Sequence[QueryTerm]) -> dict[int, float]:
        """Return document id -> sum of its scores, times the square of the share of the query that it covers."""
        scores = dict(terms[0].scores)
        covered = dict.fromkeys(scores, terms[0].weight)
        for term in terms[1:]:
            weight = term.weight
            for doc_id, score in term.scores.items():
                scores[doc_id] = scores.get(doc_id, 0.0) + score
                covered[doc_id] = covered.get(doc_id, 0.0) + weight
        for start, length, phrase_scores in self._matching_phrases(terms):
            _add_phrase(phrase_scores, terms[start : start + length], scores, covered)
        # Squared: a document with all words comes before one that has only the word that tells most.
        total = sum(term.weight for term in terms)
        return {doc_id: score * (covered[doc_id] / total) ** 2 for doc_id, score in scores.items()}

    def _matching_phrases(self, terms: Sequence[QueryTerm]) -> Iterator[tuple[int, int, dict[int, float]]]:
        """Yield the longest phrases of the query from left to right: start, length, document id -> score.

        Of several phrases at one place (three begin with "shoulder"), each document counts the best one.
        """
        start = 0
        while start < len(terms):
            rest = terms[start:]
            candidates = [
                (min(len(phrase.terms), len(rest)), quality, phrase)
                for term in rest[0].matches
                for phrase in self._phrases.get(term, ())
                if (quality := _prefix_match(phrase.terms, rest))
            ]
            if not candidates:
                start += 1
                continue
            best = max((length, quality) for length, quality, _ in candidates)
            scores: dict[int, float] = {}
            for length, quality, phrase in candidates:
                if (length, quality) == best:
                    for doc_id, score in phrase.scores.items():
                        scores[doc_id] = max(scores.get(doc_id, 0.0), score * quality)
            yield start, best[0], scores
            start += best[0]

    def _lower_negated(self, scores: dict[int, float], tokens: Sequence[Token]) -> None:
        """Lower the scores of documents that the query negates."""
        for doc_id in scores.keys() & self._negated_documents(tokens):
            scores[doc_id] *= NEGATION_PENALTY

    def _negated_documents(self, tokens: Sequence[Token]) -> set[int]:
        """Return the documents that are, need or are called what the query negates.

        A negation that is found in the texts ("without kit") is searched for like any other term, and counts against
        nothing.
        """
        negated = [Term(token.term.stem) for token in tokens if token.is_negated and token.term not in self._postings]
        return {
            doc_id
            for term in negated
            for doc_id, score in self._postings.get(term, {}).items()
            if score >= NEGATION_MIN_WEIGHT * self._idf[term]
        }

    def _name_similarity(self, terms: Sequence[QueryTerm]) -> dict[int, float]:
        """Return document id -> how similar the query is to a name of it: 5.5 for the very name.

        Only documents with a word of the query in a name are listed.
        """
        best: dict[int, float] = {}
        for name_id, matched in self._matched_name_terms(terms).items():
            name = self._names[name_id]
            overlap = matched * matched / (len(terms) * len(name.terms))
            similarity = PARTIAL_NAME_BONUS * min(overlap, 1.0) * name.strength
            if overlap > MIN_NAME_OVERLAP and len(name.terms) == len(terms):
                similarity += FULL_NAME_BONUS * _prefix_match(name.terms, terms) * name.strength
            if similarity > best.get(name.doc_id, 0.0):
                best[name.doc_id] = similarity
        return best

    def _matched_name_terms(self, terms: Sequence[QueryTerm]) -> dict[int, float]:
        """Return name id -> sum of the match qualities of the query's words that are in the name."""
        matched: dict[int, float] = {}
        for query_term in terms:
            qualities: dict[int, float] = {}
            for term, quality in query_term.matches.items():
                for name_id in self._name_ids.get(term, ()):
                    if quality > qualities.get(name_id, 0.0):
                        qualities[name_id] = quality
            for name_id, quality in qualities.items():
                matched[name_id] = matched.get(name_id, 0.0) + quality
        return matched


def _lone_stop_word(words: Sequence[str]) -> list[Token]:
    """Return the only word of a query as a token: a stop word may be the beginning of another word."""
    return [Token(words[0], Term(words[0]))] if len(words) == 1 else []


def _add_phrase(
    phrase_scores: Mapping[int, float],
    terms: Sequence[QueryTerm],
    scores: dict[int, float],
    covered: dict[int, float],
) -> None:
    """Raise the scores of the phrase's documents to its score, where their words alone bring less."""
    factor = sum(term.weight for term in terms)
    for doc_id, phrase_score in phrase_scores.items():
        present = missing = 0.0
        for term in terms:
            if doc_id in term.scores:
                present += term.scores[doc_id]
            else:
                missing += term.weight
        scores[doc_id] = scores.get(doc_id, 0.0) + max(0.0, phrase_score * factor - present)
        covered[doc_id] = covered.get(doc_id, 0.0) + missing


def _prefix_match(terms: tuple[Term, ...], query: Sequence[QueryTerm]) -> float:
    """Return how well the query begins with these terms (0 to 1); less if it ends before they do, 0 if it differs."""
    length = min(len(terms), len(query))
    qualities = (query_term.matches.get(term, 0.0) for term, query_term in zip(terms, query, strict=False))
    return min(qualities) * length / len(terms)
