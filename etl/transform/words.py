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
        phrases.sort(key=lambda phrase: phrase[:2], reverse=True)
        self._ranked = [(_folded(_parts(word)[0].removesuffix("*")), word, groups[-order]) for _, order, word in phrases]

    def find(self, text: str) -> WordGroup | None:
        """The group that decides; None where no word of the list is found."""
        folded = _folded(text)  # a pattern costs more than a look for the beginning, which most phrases fail
        found = (group for begins, phrase, group in self._ranked if begins in folded and _pattern(phrase).search(text))
        return next(found, None)


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


def _folded(text: str) -> str:
    """A text in which whatever a pattern finds in any case is found as it stands (test_word_list)."""
    return text.replace("\u0130", "i").casefold().replace("\u0131", "i")  # folding does not make an i of Turkish ones


@functools.cache
def _pattern(phrase: str) -> re.Pattern[str]:
    parts = (re.escape(part.removesuffix("*")) + (r"\w*" if part.endswith("*") else "") for part in _parts(phrase))
    return re.compile(r"(?<!\w)" + r"[\s\-]+".join(parts) + r"(?!\w)", re.IGNORECASE)
