"""How easy a text is to read: the Flesch-Kincaid grade, in years of school, with anatomical terms left out.

Formula: 0.39 x words a sentence + 11.8 x syllables a word - 15.59 (Kincaid and others, 1975). Syllables are counted
by the rules of spelling, with a short list of words that break them.
"""

import re
from collections.abc import Iterable

IGNORED_ANATOMY_TERMS = frozenset(
    [
        *("abdomen", "abdominal", "abdominals", "biceps", "breastbone", "cervical", "clavicle", "collarbone"),
        *("deltoid", "deltoids", "diaphragm", "glute", "glutes", "gluteal", "gluteals", "hamstring", "hamstrings"),
        *("intercostal", "intercostals", "latissimus", "lats", "levator", "lumbar", "obliques", "pectoral"),
        *("pectorals", "pecs", "pelvis", "quadriceps", "rhomboid", "rhomboids", "sacrum", "scapula", "scapulae"),
        *("scapular", "serratus", "shoulder", "shoulders", "spinal", "sternum", "thoracic", "trapezius", "triceps"),
        *("vertebra", "vertebrae", "abs", "torso", "forearm", "forearms"),
    ]
)
"""Words for which there is no easier one; they are not counted, neither as words nor by their syllables."""
SYLLABLE_EXCEPTIONS = {
    "area": 3,
    "being": 2,
    "couldnt": 2,
    "didnt": 2,
    "doesnt": 2,
    "every": 2,
    "everything": 3,
    "everywhere": 3,
    "evening": 2,
    "exercise": 3,
    "forehead": 2,
    "hadnt": 2,
    "hundred": 2,
    "idea": 3,
    "isnt": 2,
    "minute": 2,
    "quiet": 2,
    "quietly": 3,
    "shouldnt": 2,
    "something": 2,
    "sometimes": 2,
    "wasnt": 2,
    "wouldnt": 2,
}
"""Syllables of words that the rules of spelling get wrong."""
VOWEL_GROUP = re.compile(r"[aeiouy]+")
"""Letters that are one syllable together, as the rule."""
VOWEL_HIATUS = re.compile(
    r"i[aou](?<!tio)(?<!sio)(?<!gio)(?<!cia)(?<!tia)(?<!cio)(?<!hio)|eo(?!u)(?<!peo)|[aeiouy]ing$|ua(?<!qua)"
)
"""Neighbouring vowels that are two syllables, as in "radial" or "going", except in endings such as -tion."""


def count_syllables(word: str) -> int:
    """Return the number of syllables of an English word; of a number, one for each digit."""
    letters = re.sub(r"[^a-z0-9]", "", word.lower())
    if letters in SYLLABLE_EXCEPTIONS:
        return SYLLABLE_EXCEPTIONS[letters]
    if letters.isdigit():
        return len(letters)
    count = len(VOWEL_GROUP.findall(letters)) + len(VOWEL_HIATUS.findall(letters)) - _count_silent_e(letters)
    return max(count, 1)


def _count_silent_e(letters: str) -> int:
    """Return 1 where the last e is written and not spoken: hope, hopes, hoped; 0 in little, boxes, lifted."""
    if re.search(r"[^aeiouy]les?$", letters):
        return 0
    if re.search(r"([^aeiouy]|[gq]u)e$", letters):
        return 1
    if re.search(r"[^aeiouy]es$", letters):
        return 0 if re.search(r"(s|x|z|c|g|ch|sh)es$", letters) else 1
    return 1 if re.search(r"[^aeiouytd]ed$", letters) else 0


def flesch_kincaid_grade(texts: Iterable[str]) -> float:
    """Return the school grade of texts read one after another, each at least one sentence; 0 where they are empty."""
    words: list[str] = []
    sentence_count = 0
    for text in texts:
        text_words = [word for word in re.findall(r"[A-Za-z0-9'’]+", text) if word.lower() not in IGNORED_ANATOMY_TERMS]
        if text_words:
            words += text_words
            sentence_count += max(1, len(re.findall(r"[.!?]+(?=\s|$)", text.strip())))
    if not words:
        return 0.0
    syllable_count = sum(count_syllables(word) for word in words)
    return 0.39 * len(words) / sentence_count + 11.8 * syllable_count / len(words) - 15.59
