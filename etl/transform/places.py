"""Which location a text names: names and aliases as whole words, in any case."""

import re
from collections.abc import Iterable

from etl.model import PRACTICE_WIDE
from etl.practice import Practice


class Places:
    """The practice's locations, ready to be found in texts."""

    def __init__(self, practice: Practice) -> None:
        named = [(alias, location.name) for location in practice.locations for alias in (location.name, *location.aliases)]
        # Not case-folded, which makes two letters of a German ß: they are not found in it any more.
        by_alias = {" ".join(alias.split()).lower(): (alias, name) for alias, name in [(PRACTICE_WIDE, PRACTICE_WIDE), *named]}
        # The longest first, so that 'North Shore' is not read as 'North'.
        order = sorted((alias for alias in by_alias if alias), key=len, reverse=True)
        self._named = [by_alias[alias][1] for alias in order]  # in the order of the pattern's groups
        self._pattern = re.compile(_whole_words(f"({_blanks(by_alias[alias][0])})" for alias in order), re.IGNORECASE)
        wide = sorted({" ".join(text.split()) for text in practice.practice_wide}, key=lambda text: (-len(text), text))
        self._wide = re.compile(_whole_words(map(_blanks, wide)), re.IGNORECASE) if wide else None

    def named_in(self, text: str) -> str | None:
        """The one location a text names; Practice-wide where it names several, None where it names none."""
        found = {self._named[(m.lastindex or 1) - 1] for m in self._pattern.finditer(text)} if text else set()
        if len(found) > 1:
            return PRACTICE_WIDE
        return found.pop() if found else None

    def without(self, text: str) -> str:
        """The text without the locations it names."""
        return self._pattern.sub(" ", text)

    def none_in(self, place: str) -> str | None:
        """The words of an event's place that say it belongs to no location ([places] practice_wide); None where a
        location is named in it too, or nothing of the kind."""
        found = self._wide.search(place) if self._wide and place else None
        return None if found is None or self.named_in(place) else found[0]

    def settles(self, place: str) -> str | None:
        """The location of an event's place, Practice-wide where it belongs to none; None where it waits for an answer."""
        return self.named_in(place) or (PRACTICE_WIDE if self.none_in(place) else None)


def _whole_words(patterns: Iterable[str]) -> str:
    return rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)"


def _blanks(text: str) -> str:
    return r"\s+".join(re.escape(part) for part in text.split())
