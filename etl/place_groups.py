"""Places that name no location yet, in groups that mean one place: what one answer of the owner can settle.

Wrong is worse than apart: places are one where they share a street and its number, or a word that tells it from others;
never where their addresses differ, and never by a word that stands at several addresses.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass

from etl import place_signs, place_suggestions
from etl.place_near import Spelling
from etl.place_signs import Sign
from etl.place_suggestions import Suggestion
from etl.practice import Practice


@dataclass(frozen=True, slots=True)
class WaitingPlace:
    """A row of the mart places_waiting: the text of a place, its counted hours, its events, and where it comes from."""

    place: str
    hours: float
    times: int
    weekday: str = ""
    calendars: str = ""


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Places that seem to be one, the most hours first, and what they seem to be."""

    places: tuple[WaitingPlace, ...]
    suggestion: Suggestion

    @property
    def hours(self) -> float:
        """Counted hours of all of them."""
        return sum(place.hours for place in self.places)

    @property
    def times(self) -> int:
        """Events of all of them."""
        return sum(place.times for place in self.places)

    @property
    def texts(self) -> tuple[str, ...]:
        """The places as the calendars write them."""
        return tuple(place.place for place in self.places)

    @property
    def weekday(self) -> str:
        """The weekday of most hours."""
        by_day: Counter[str] = Counter()
        for place in self.places:
            by_day[place.weekday] += place.hours  # type: ignore[assignment]  # a Counter of hours
        return min(by_day, key=lambda day: (-by_day[day], day))


def groups(
    rows: Sequence[WaitingPlace], practice: Practice, located: Collection[str] = (), apart: Collection[str] = ()
) -> tuple[PlaceGroup, ...]:
    """All waiting places, each in one group, the most hours first; the order of the rows does not matter.

    `located` are the place texts that name a location already: a new name is suggested only where it is in none of them.
    Each of `apart` is a group of its own, as the owner wants to answer for it alone.
    """
    by_text = {row.place: row for row in rows}
    noise = place_suggestions.own_words(practice)
    read = {text: place_signs.read(text, noise) for text in by_text}
    known = place_suggestions.known_signs(practice, noise)
    spelling = Spelling([*read.values(), *(sign for _, sign in known.values())])
    signs = {text: spelling.of(sign) for text, sign in read.items()}
    places = {word: (name, spelling.of(sign)) for word, (name, sign) in known.items()}
    signs = _screens_settled(signs, {word for _, sign in places.values() for word in sign.words})
    suggest = place_suggestions.Suggester(practice, places, [*by_text, *located])
    found = []
    for texts in _clusters({text: signs[text] for text in by_text if text not in apart}, by_text):
        found.append(_group(texts, by_text, signs, suggest))
    found += [_group([text], by_text, signs, suggest) for text in by_text if text in apart]
    return tuple(sorted(found, key=lambda group: (-group.hours, group.texts)))


def _group(
    texts: Collection[str], by_text: Mapping[str, WaitingPlace], signs: Mapping[str, Sign], suggest: place_suggestions.Suggester
) -> PlaceGroup:
    rows = sorted((by_text[text] for text in texts), key=lambda row: (-row.hours, row.place))
    suggestion = suggest({row.place: signs[row.place] for row in rows}, sum(row.times for row in rows))
    return PlaceGroup(tuple(rows), suggestion)


def _screens_settled(signs: Mapping[str, Sign], known: Collection[str]) -> dict[str, Sign]:
    """Zoom with a word beside it is an online meeting, unless the word or an address says a place: "Riverside / Zoom"."""
    words = {word for sign in signs.values() if not sign.screens for word in (*sign.words, *sign.street)} | set(known)
    return {
        text: Sign("online") if sign.screens and not sign.street and words.isdisjoint(sign.words) else sign
        for text, sign in signs.items()
    }


def _clusters(signs: Mapping[str, Sign], rows: Mapping[str, WaitingPlace]) -> list[list[str]]:
    """The texts that are one place."""
    by_key: dict[Hashable, list[str]] = {}
    for text, key in _addresses_and_names(signs).items():
        by_key.setdefault(key, []).append(text)
    for text, sign in signs.items():
        if sign.kind == "room":  # a room of which place? The calendar it comes from is all there is to tell
            words = tuple(word for word in place_signs.tokens(text) if not any(mark.isdigit() for mark in word))
            by_key.setdefault(("room", words or text, rows[text].calendars), []).append(text)
        elif sign.kind == "elsewhere":
            by_key.setdefault(("elsewhere", frozenset(sign.words), sign.number, sign.street), []).append(text)
        elif sign.kind != "place":
            by_key.setdefault(sign.kind, []).append(text)
    return list(by_key.values())


def _addresses_and_names(signs: Mapping[str, Sign]) -> dict[str, Hashable]:
    """For each text of a place, what it is known by: its address, or the fewest words that names of it share."""
    places = {text: sign for text, sign in signs.items() if sign.kind == "place"}
    at: dict[Hashable, set[str]] = {}
    for sign in places.values():
        if sign.street:
            at.setdefault((sign.number, sign.street), set()).update(sign.words, sign.street)
    often = Counter(word for words in at.values() for word in words)
    telling = {address: {word for word in words if often[word] == 1} for address, words in at.items()}
    names = {frozenset(sign.words) for sign in places.values() if not sign.street}
    cores = [name for name in names if not any(other < name for other in names)]
    keys: dict[str, Hashable] = {}
    home = {core: _address_of(core, telling) for core in cores}
    for text, sign in places.items():
        if sign.street:
            keys[text] = (sign.number, sign.street)
            continue
        name = frozenset(sign.words)
        within = [core for core in cores if core <= name]
        keys[text] = home[within[0]] if len(within) == 1 else name
    return keys


def _address_of(core: frozenset[str], telling: Mapping[Hashable, set[str]]) -> Hashable:
    """The one address at which a name stands; the name itself where it stands at none or at several."""
    found = [address for address, words in telling.items() if words & core and (core <= words or words <= core)]
    return found[0] if len(found) == 1 else core
