"""Which words of practice.toml make some places those of one location, and move no other place."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from etl import place_signs
from etl.model import PRACTICE_WIDE
from etl.place_signs import HOST, SCREENS
from etl.practice import Location, Practice
from etl.practice_checks import folded
from etl.transform.places import Places

SHORTEST = 4
"""Letters of a word that may stand for a place alone."""
_PART = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Words:
    """Words for a location of this name (a new one where the practice has none such), or for none of them
    (Practice-wide); and how many titles, names of calendars and of what the log is about now name it too."""

    location: str
    words: tuple[str, ...]
    also: int = 0


class Texts:
    """All texts in which locations are looked for: of places, and others. `waiting` are the places that wait, all of them if
    not given: what their titles or calendars locate does not go by words for no location."""

    def __init__(self, places: Iterable[str], others: Iterable[str], waiting: Iterable[str] | None = None) -> None:
        self.places = frozenset(places)
        self.waiting = self.places if waiting is None else frozenset(waiting)
        self.others = frozenset(others)
        self._holding: dict[str, set[str]] = {}
        for text in self.places | self.others:
            for part in _parts(text):
                self._holding.setdefault(part, set()).add(text)

    def heard(self, location: str) -> frozenset[str]:
        """Those that words for this location may move."""
        return self.waiting if location == PRACTICE_WIDE else self.places

    def with_words(self, words: str) -> set[str]:
        """Those that hold these words, as a location's are found."""
        parts = _parts(words)
        near = set.intersection(*(self._holding.get(part, set()) for part in parts)) if parts else self.places | self.others
        finder = Places(Practice(practice_wide=(words,)))
        return {text for text in near if finder.none_in(text)}


def words_for(asked: Collection[str], location: str, practice: Practice, texts: Texts) -> Words | None:
    """The words that make the places asked for those of this location: the fewest and shortest that are sure, else the
    whole texts. None where no words do it without moving another place."""
    now, known = Places(practice), with_words(practice, Words(location, ()))
    then = Places(known)
    if any(now.settles(text) not in (None, location) for text in asked):
        return None
    left = sorted(text for text in asked if then.settles(text) != location)
    for chosen in (_short(left, set(asked), location, then, texts), _whole(left)):
        words = Words(location, tuple({folded(word): word for word in chosen}.values()))
        after = Places(with_words(practice, words))
        if all(after.settles(text) == location for text in asked) and not _moved(texts.heard(location) - set(asked), now, after):
            also = sum(now.named_in(text) != after.named_in(text) for text in texts.others)
            return replace(words, also=also)
    return None


def in_the_way(asked: Collection[str], location: str, practice: Practice, texts: Texts) -> tuple[str, ...]:
    """The places that would move too, whatever words are taken for those asked for."""
    now, known = Places(practice), with_words(practice, Words(location, ()))
    left = [text for text in asked if Places(known).settles(text) != location]
    return tuple(
        sorted(_moved(texts.heard(location) - set(asked), now, Places(with_words(practice, Words(location, _whole(left))))))
    )


def with_words(practice: Practice, words: Words) -> Practice:
    """The practice with these words more; its text is as it was."""
    if words.location == PRACTICE_WIDE:
        return replace(practice, practice_wide=(*practice.practice_wide, *words.words))
    found = [place for place in practice.locations if folded(place.name) == folded(words.location)]
    location = found[0] if found else Location(words.location)
    more = replace(location, aliases=(*location.aliases, *words.words))
    others = tuple(more if place is location else place for place in practice.locations)
    return replace(practice, locations=others if found else (*others, more))


def _moved(places: Iterable[str], now: Places, then: Places) -> list[str]:
    return [text for text in places if now.settles(text) != then.settles(text)]


def _whole(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(text.split()) for text in sorted(texts))


def _short(left: Collection[str], asked: set[str], location: str, then: Places, texts: Texts) -> tuple[str, ...]:
    """The fewest and shortest words that are in the places left, whole texts where none are, and in no text but those asked
    for that does not name the location by its name."""
    wide = location == PRACTICE_WIDE
    reach: dict[str, set[str]] = {}
    for text in left:
        for phrase, alone in _screen_words(text) if wide else _sure_words(text):
            found = texts.with_words(phrase) if phrase not in reach else set()
            heard = found & texts.heard(location) if wide else found  # words for none are looked for in places alone
            if found and (alone or len(found & asked) > 1) and all(then.named_in(text) == location for text in heard - asked):
                reach[phrase] = found & asked
    left, chosen = set(left), []
    while left:
        best = min(
            reach, key=lambda phrase: (-len(reach[phrase] & left), not phrase[0].isdigit(), len(phrase), phrase), default=""
        )
        if not best or not reach[best] & left:
            break
        chosen.append(best)
        left -= reach[best]
    return (*chosen, *_whole(left))


def _sure_words(text: str) -> Iterable[tuple[str, bool]]:
    """Street with its number, the street without, and runs of the words that tell a place from others, as they are written;
    and whether one may stand for this text alone: a part of a run is surer where several places share it."""
    sign = place_signs.read(text)
    if address := place_signs.address_in(text, sign):
        yield address, True
        yield address.removeprefix(sign.number).strip(), False
    telling = {part for word in sign.words for part in word.split()}
    runs: list[list[re.Match[str]]] = [[]]
    for part in _PART.finditer(text):
        if runs[-1] and re.search(r"[,;:/]", text[runs[-1][-1].end() : part.start()]):
            runs.append([])
        if _plain(part.group()) in telling:
            runs[-1].append(part)
        elif runs[-1]:
            runs.append([])
    for run in runs:
        for start in range(len(run)):
            for end in range(start, len(run)):
                phrase = " ".join(text[run[start].start() : run[end].end()].split())
                if sum(sign.isalpha() for sign in phrase) >= SHORTEST:
                    yield phrase, end - start + 1 == len(run)


def _screen_words(text: str) -> Iterable[tuple[str, bool]]:
    """The site of a link, and words such as Zoom."""
    for host in HOST.finditer(text):
        yield ".".join(host[1].lower().split(".")[-2:]), True
        yield host[1].lower(), True
    yield from ((part.group(), True) for part in _PART.finditer(HOST.sub(" ", text)) if _plain(part.group()) in SCREENS)


def _plain(part: str) -> str:
    return part.casefold().replace("’", "'")


def _parts(text: str) -> set[str]:
    return {part for token in place_signs.tokens(text) for part in re.split(r"['\-]", token)}
