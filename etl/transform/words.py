"""The built-in word list, data/rules.toml: role and activity of a title by the words in it."""

import functools
import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

RULES_FILE = Path(__file__).parents[2] / "data" / "rules.toml"


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words that mean one activity of one role, and why."""

    role: str
    activity: str
    why: str
    words: tuple[str, ...]


class WordList:
    """Finds the group whose words a text holds: the phrase of most words wins, then the earlier group."""

    def __init__(self, groups: tuple[WordGroup, ...]) -> None:
        self.groups = groups
        phrases = [(len(_parts(word)), -number, word) for number, group in enumerate(groups) for word in group.words]
        by_weight: dict[tuple[int, int], list[str]] = {}
        for size, order, word in phrases:
            by_weight.setdefault((size, order), []).append(word)
        self._ranked = [(_Words(words), groups[-order]) for (_, order), words in sorted(by_weight.items(), reverse=True)]

    def find(self, text: str) -> WordGroup | None:
        """The group that decides; None where no word of the list is found."""
        # Beyond ASCII one letter may stand for another in any case (the Kelvin sign for a k): only the pattern knows.
        lowered = text.lower() if text.isascii() else None
        return next((group for words, group in self._ranked if words.found_in(text, lowered)), None)


class _Words:
    """Phrases of one weight. Their pattern is made when a text first holds the beginning of one: most never are."""

    def __init__(self, phrases: list[str]) -> None:
        self._phrases = phrases
        self._beginnings = {_parts(phrase)[0].removesuffix("*").lower() for phrase in phrases}
        self._made: re.Pattern[str] | None = None

    def found_in(self, text: str, lowered: str | None) -> bool:
        if lowered is not None and not any(beginning in lowered for beginning in self._beginnings):
            return False
        if self._made is None:
            self._made = re.compile(rf"(?<!\w)(?:{'|'.join(_pattern(p) for p in self._phrases)})(?!\w)", re.IGNORECASE)
        return self._made.search(text) is not None


@functools.cache
def built_in() -> WordList:
    """The list that comes with the program."""
    groups = tomllib.loads(RULES_FILE.read_text("utf-8"))["group"]
    return WordList(tuple(WordGroup(g["role"], g["activity"], g["why"], tuple(g["words"])) for g in groups))


def mark() -> str:
    """Tells one version of the built-in list from another."""
    return hashlib.sha256(RULES_FILE.read_bytes()).hexdigest()[:16]


def _parts(word: str) -> list[str]:
    return re.split(r"[\s\-]+", word.strip())


def _pattern(word: str) -> str:
    return r"[\s\-]+".join(re.escape(p.removesuffix("*")) + (r"\w*" if p.endswith("*") else "") for p in _parts(word))
