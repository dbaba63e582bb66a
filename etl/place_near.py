"""Words that are spelled nearly alike, as one word: Riverside, Riversdie, River side (rapidfuzz)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from etl.place_signs import Sign

SHORTEST = 6
"""Letters from which on one wrong letter is taken for a slip: Mill and Hill are two places."""
LONG = 10
"""Letters from which on two are."""


class Spelling:
    """One spelling for all that are near each other, of the words of some signs."""

    def __init__(self, signs: Iterable[Sign]) -> None:
        often = Counter(word for sign in signs for word in {*sign.words, *sign.street})
        self._words = frozenset(often)
        self._one = _one_spelling(often)

    def of(self, sign: Sign) -> Sign:
        """The sign in that spelling; two words that are written as one elsewhere are one (`river side`)."""
        words: list[str] = []
        for word in sign.words:
            if words and words[-1] + word in self._words and len(words[-1] + word) >= SHORTEST:
                words[-1] += word
            else:
                words.append(word)
        return replace(sign, words=tuple(dict.fromkeys(map(self.word, words))), street=tuple(map(self.word, sign.street)))

    def word(self, word: str) -> str:
        """The spelling that stands for this one."""
        return self._one.get(word, word)


def _one_spelling(often: Mapping[str, int]) -> Mapping[str, str]:
    """Each word's spelling; of near ones the one that most texts have. Only words of one first letter are near."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(often, key=lambda word: (-often[word], word)):
        if len(word) >= SHORTEST and " " not in word:
            by_letter.setdefault(word[0], []).append(word)
    one: dict[str, str] = {}
    for alike in by_letter.values():
        slips = process.cdist(alike, alike, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
        for at, other in zip(*np.nonzero(np.triu(slips <= 2, 1)), strict=True):
            if slips[at, other] == 1 or min(len(alike[at]), len(alike[other])) >= LONG:
                first, second = sorted((_head(one, alike[at]), _head(one, alike[other])), key=alike.index)
                if first != second:
                    one[second] = first
    return {word: _head(one, word) for word in one}


def _head(one: Mapping[str, str], word: str) -> str:
    while word in one:
        word = one[word]
    return word
