"""Which location a text names: names and aliases as whole words, in any case."""

import re

from etl.model import PRACTICE_WIDE
from etl.practice import Practice


class Places:
    """The practice's locations, ready to be found in texts."""

    def __init__(self, practice: Practice) -> None:
        self._by_alias = {
            _plain(alias): location.name for location in practice.locations for alias in (location.name, *location.aliases)
        }
        self._by_alias.setdefault(_plain(PRACTICE_WIDE), PRACTICE_WIDE)
        # The longest first, so that 'North Shore' is not read as 'North'.
        longest_first = sorted(self._by_alias, key=len, reverse=True)
        words = (r"\s+".join(re.escape(part) for part in alias.split()) for alias in longest_first if alias)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)

    def named_in(self, text: str) -> str | None:
        """The one location a text names; Practice-wide where it names several, None where it names none."""
        found = {self._by_alias[_plain(m.group())] for m in self._pattern.finditer(text)} if text else set()
        if len(found) > 1:
            return PRACTICE_WIDE
        return found.pop() if found else None


def _plain(alias: str) -> str:
    return " ".join(alias.casefold().split())
