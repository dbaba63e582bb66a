"""What a group of places seems to be: a location of the practice, a new one, or none; why, and how sure that is."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from etl import place_signs
from etl.model import PRACTICE_WIDE
from etl.place_signs import ELSEWHERE, HOST, Sign, read, tokens
from etl.practice import Practice
from etl.practice_checks import folded

SELDOM = 3
"""Events below which a new location is a guess."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`location` is one of the practice's, Practice-wide for none of them, a new name where `new`, or '' for no idea.

    `reason` is a sentence without its full stop; it may hold words of the places, which are strangers'. `sure` is 0 to 1.
    """

    location: str
    new: bool
    reason: str
    sure: float


def own_words(practice: Practice) -> frozenset[str]:
    """The words of the practice's own name that are in no location's: they stand everywhere and tell nothing."""
    named = {word for place in practice.locations for text in (place.name, *place.aliases) for word in tokens(text)}
    return frozenset(tokens(practice.name)) - named if practice.locations else frozenset()


def known_signs(practice: Practice, noise: Collection[str]) -> dict[str, tuple[str, Sign]]:
    """Each name and alias of the practice, with its location and its sign."""
    return {word: (place.name, read(word, noise)) for place in practice.locations for word in (place.name, *place.aliases)}


class Suggester:
    """Suggests for groups of one practice. `texts` are all place texts there are: a new name must be in no other's."""

    def __init__(self, practice: Practice, known: Mapping[str, tuple[str, Sign]], texts: Iterable[str]) -> None:
        self._known = known
        self._only = practice.location_names[0] if len(practice.locations) == 1 else ""
        self._taken = {folded(word) for word in (*known, *practice.practice_wide, PRACTICE_WIDE)}
        self._texts = {text: folded(text) for text in texts}

    def __call__(self, signs: Mapping[str, Sign], times: int) -> Suggestion:
        """For the signs of a group by their texts, that of most hours first, and its number of events."""
        kind = next(iter(signs.values())).kind
        if kind == "online":
            return Suggestion(PRACTICE_WIDE, False, "An online meeting or a call is at no place", 0.95)
        if kind == "home":
            return Suggestion(PRACTICE_WIDE, False, "Home is no place of the practice", 0.95)
        if location := self._location(signs.values()):
            return location
        if kind == "room":
            if self._only:
                return Suggestion(self._only, False, "Your practice has one location", 0.6)
            return Suggestion("", False, "It does not say at which location", 0.0)
        if kind == "elsewhere":
            word = next(word for sign in signs.values() for word in sign.words if word in ELSEWHERE)
            return Suggestion(PRACTICE_WIDE, False, f"“{word}” does not sound like a practice", 0.5)
        return self._new(signs, times)

    def _location(self, signs: Iterable[Sign]) -> Suggestion | None:
        """The location whose name or alias is nearest, where no other is as near."""
        best: dict[str, tuple[float, str]] = {}
        for sign in signs:
            for word, (name, known) in self._known.items():
                sure, reason = _nearness(sign, known)
                best[name] = max(best.get(name, (0.0, "")), (sure, f"{reason} “{word}”"))
        ranked = sorted(((sure, name, reason) for name, (sure, reason) in best.items() if sure), reverse=True)
        if not ranked:
            return None
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < 0.1:
            return Suggestion("", False, f"It could be {ranked[0][1]} or {ranked[1][1]}", 0.0)
        sure, name, reason = ranked[0]
        return Suggestion(name, False, reason, sure)

    def _new(self, signs: Mapping[str, Sign], times: int) -> Suggestion:
        """A new location by the words that the places share, where those stand in no other place."""
        told = [set(sign.words) for sign in signs.values() if sign.words]
        shared = set.intersection(*told) if told else set()
        for text, sign in signs.items():
            names = (_as_written(text, words) for words in ([word for word in sign.words if word in shared], sign.words))
            for name in (*names, place_signs.address_in(text, sign)):
                if name and self._free(name, signs):
                    return Suggestion(name, True, *_why_new(signs, times))
        name = " ".join(next(iter(signs)).split())
        if folded(name) in self._taken:
            return Suggestion("", False, "It does not say at which location", 0.0)
        return Suggestion(name, True, "A place of its own", 0.3)

    def _free(self, name: str, signs: Mapping[str, Sign]) -> bool:
        """Whether a name is new, and in no place but these."""
        plain = folded(name)
        pattern = re.compile(rf"(?<!\w){re.escape(plain)}(?!\w)")
        others = (other for text, other in self._texts.items() if plain in other and text not in signs)
        return plain not in self._taken and not any(map(pattern.search, others))


def _why_new(signs: Mapping[str, Sign], times: int) -> tuple[str, float]:
    addresses = any(sign.street for sign in signs.values())
    if times < SELDOM:
        return "A place of its own, and seldom", 0.3
    if len(signs) == 1:
        return ("An address", 0.5) if addresses else ("A place of its own", 0.5)
    if not addresses:
        return "The same words in all of them", 0.7
    if all(sign.street for sign in signs.values()):
        return "The same street and number in all of them", 0.75
    return "An address and a name that share a word which no other address has", 0.7


def _nearness(sign: Sign, known: Sign) -> tuple[float, str]:
    """How near a place is to a name or alias, and how."""
    words, named = set(sign.words), set(known.words)
    if known.street and (sign.number, sign.street) == (known.number, known.street):
        return 0.95, "The same street and number as"
    if sign.street and known.street:
        return 0.0, ""  # two addresses are two places, whatever the town
    if named and named <= words:
        return (0.9, "It reads like") if named == words else (0.75, "It holds words like")
    if known.street and not sign.street and set(known.street) <= words:
        return 0.6, "The same street, without the number, as"
    if words and words < named:
        return 0.5, "A part of"
    return 0.0, ""


def _as_written(text: str, words: Sequence[str]) -> str:
    """Such words as the text writes them, in its order; a capital first where it writes them small.

    The words may be in another spelling than the text's: then none are found, and '' is returned.
    """
    written = [found.group() for found in re.finditer(r"[^\W_]+(?:['’\-][^\W_]+)*", HOST.sub(" ", text))]
    plain = [word.casefold().replace("’", "'") for word in written]
    wanted = [part for word in words for part in word.split()]
    if not all(word in plain for word in wanted):
        return ""
    found = [written[plain.index(word)] for word in sorted(wanted, key=plain.index)]
    return " ".join(word[0].upper() + word[1:] if word.islower() else word for word in found)
