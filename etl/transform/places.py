"""Which location a text names: names and aliases as whole words, in any case."""

import re

from etl.model import PRACTICE_WIDE
from etl.practice import Practice


class Places:
    """The practice's locations, ready to be found in texts."""

    def __init__(self, practice: Practice) -> None:
        by_alias = {
            _plain(alias): location.name for location in practice.locations for alias in (location.name, *location.aliases)
        }
        by_alias.setdefault(_plain(PRACTICE_WIDE), PRACTICE_WIDE)
        # The longest first, so that 'North Shore' is not read as 'North'.
        aliases = sorted((alias for alias in by_alias if alias), key=len, reverse=True)
        self._named = [by_alias[alias] for alias in aliases]  # in the order of the pattern's groups
        groups = "|".join("(" + r"\s+".join(re.escape(part) for part in alias.split()) + ")" for alias in aliases)
        self._pattern = re.compile(rf"(?<!\w)(?:{groups})(?!\w)", re.IGNORECASE)

    def named_in(self, text: str) -> str | None:
        """The one location a text names; Practice-wide where it names several, None where it names none."""
        found = {self._named[(m.lastindex or 1) - 1] for m in self._pattern.finditer(text)} if text else set()
        if len(found) > 1:
            return PRACTICE_WIDE
        return found.pop() if found else None

    def without(self, text: str) -> str:
        """The text without the locations it names."""
        return self._pattern.sub(" ", text)


def _plain(alias: str) -> str:
    return " ".join(alias.casefold().split())
