"""Builds the parts of a search index from documents and synonyms."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from app.catalogue.search.model import ALIAS_WEIGHT, NAME_WEIGHT, Document, NameEntry, Phrase, Synonym
from app.catalogue.search.spelling import Lexicon
from app.catalogue.search.tokenizer import Term, Token, normalize, tokenize

SYNONYM_WEIGHT = 9.0
"""Weight of a synonym for the first record that it names, and of two words of a name written as one."""
SYNONYM_RANK_DECAY = 0.93
"""Factor for each further record that a synonym names."""
FACET_FACTOR = 0.3
"""Factor for a record that a synonym reaches by a facet only, beside one that it names."""
PHRASE_WORD_FACTOR = 0.15
"""Factor for a single word of a synonym of several words."""
SYNONYM_NAME_STRENGTH = 0.9
"""Strength of a synonym as a name of the first record that it names; a name of its own has strength 1."""
REPETITION_FACTOR = 0.1
"""Share of the weights of a word's further places in a document; its heaviest place counts in full."""
MAX_REPETITION_BONUS = 1.0
"""Most that the further places of a word add to its weight."""


class IndexBuilder:
    """Collects postings, words, names and phrases. A document's id is its place in the order of slugs."""

    def __init__(self, documents: Iterable[Document], synonyms: Iterable[Synonym]) -> None:
        self.documents = sorted(documents, key=lambda document: document.slug)
        self.doc_ids = {document.slug: doc_id for doc_id, document in enumerate(self.documents)}
        self.postings: dict[Term, dict[int, float]] = defaultdict(dict)
        """Term -> document id -> weight of the term in the document."""
        self.names: list[NameEntry] = []
        self.doc_ids_by_name: dict[str, list[int]] = defaultdict(list)
        """Normalised name -> the documents that have it."""
        self.phrases: dict[Term, list[Phrase]] = defaultdict(list)
        """First term -> the synonyms of several words that begin with it."""
        self.synonym_terms: set[Term] = set()
        """Every word of a synonym, also of one that leads to no document here."""
        self._words: dict[bool, dict[str, Term]] = {False: {}, True: {}}
        self._compounds: dict[bool, dict[str, Term]] = {False: {}, True: {}}
        for doc_id, document in enumerate(self.documents):
            self._add_document(doc_id, document)
        for synonym in synonyms:
            self._add_synonym(synonym)

    def build_lexicon(self, is_negated: bool) -> Lexicon:
        """Return the lexicon of the words that are negated, or of those that are not."""
        max_weights = {
            term: max(weights.values()) for term, weights in self.postings.items() if term.is_negated == is_negated
        }
        return Lexicon(self._words[is_negated], self._compounds[is_negated], max_weights)

    def _add_document(self, doc_id: int, document: Document) -> None:
        weights: dict[Term, list[float]] = defaultdict(list)
        named = [(ALIAS_WEIGHT if rank else NAME_WEIGHT, name) for rank, name in enumerate(document.names)]
        for weight, text in (*named, *document.fields):
            for token in dict.fromkeys(tokenize(text)):  # once for each text, so that long texts gain nothing
                self._add_word(token)
                weights[token.term].append(weight)
        for name in document.names:
            self.doc_ids_by_name[" ".join(normalize(name))].append(doc_id)
            tokens = tokenize(name)
            for compound in self._add_compounds(tokens):
                weights[compound].append(SYNONYM_WEIGHT)
            if tokens:
                self.names.append(NameEntry(doc_id, tuple(token.term for token in tokens), 1.0))
        for term, places in weights.items():
            heaviest = max(places)
            bonus = min(REPETITION_FACTOR * (sum(places) - heaviest), MAX_REPETITION_BONUS)
            self.postings[term][doc_id] = heaviest + bonus

    def _add_word(self, token: Token) -> None:
        self._words[token.is_negated][token.text] = token.term

    def _add_compounds(self, tokens: Sequence[Token]) -> list[Term]:
        """Add each two neighbouring words of a name written as one: "dead hang" is found by "deadhang"."""
        compounds = []
        for first, second in pairwise(tokens):
            # "office (no) chair" must not count as "officechair": a blank, which no typed word has, tells them apart.
            separator = " " if second.is_negated and not first.is_negated else ""
            text = first.text + separator + second.text
            compound = Term(text, first.is_negated)
            self._compounds[first.is_negated][text] = compound
            compounds.append(compound)
        return compounds

    def _add_synonym(self, synonym: Synonym) -> None:
        tokens = tokenize(synonym.term)
        self.synonym_terms.update(token.term for token in tokens)
        scores = self._synonym_scores(synonym)
        if not tokens or not scores:
            return
        for token in tokens:
            self._add_word(token)
        terms = tuple(token.term for token in tokens)
        for rank, doc_id in enumerate(self._find_targets(synonym)):
            self.names.append(NameEntry(doc_id, terms, SYNONYM_NAME_STRENGTH * SYNONYM_RANK_DECAY**rank))
        if len(tokens) > 1:
            self.phrases[terms[0]].append(Phrase(terms, scores))
            scores = _single_word_scores(scores)
        for term in terms:
            self._raise_weights(self.postings[term], scores)

    def _find_targets(self, synonym: Synonym) -> list[int]:
        """Return the documents that a synonym names; those of another kind of record are not in this index."""
        return [self.doc_ids[slug] for slug in synonym.targets if slug in self.doc_ids]

    @staticmethod
    def _raise_weights(weights: dict[int, float], scores: dict[int, float]) -> None:
        for doc_id, score in scores.items():
            weights[doc_id] = max(weights.get(doc_id, 0.0), score)

    def _synonym_scores(self, synonym: Synonym) -> dict[int, float]:
        """Return the scores of the documents that a synonym names, and of those that have one of its facets."""
        targets = enumerate(self._find_targets(synonym))
        scores = {doc_id: SYNONYM_WEIGHT * SYNONYM_RANK_DECAY**rank for rank, doc_id in targets}
        for doc_id, document in enumerate(self.documents):
            strength = max((document.facets.get(facet, 0.0) for facet in synonym.facets), default=0.0)
            if strength and doc_id not in scores:
                scores[doc_id] = SYNONYM_WEIGHT * FACET_FACTOR * strength
        return scores


def _single_word_scores(scores: dict[int, float]) -> dict[int, float]:
    """Return what a single word of a phrase scores: it says little, and speaks first of the records that are named."""
    named = {doc_id: PHRASE_WORD_FACTOR * score for doc_id, score in scores.items() if score > SYNONYM_WEIGHT / 2}
    return named or scores
