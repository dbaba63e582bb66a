"""How long it was, as a line or a title says it: `6`, `6 min`, `1h30`, `half an hour`."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from etl.model import MOST_MINUTES
from etl.transform.line_words import Unclear, is_word

_HOUR, _MINUTE = r"(?:h|hrs?|hours?)", r"(?:m|mins?|minutes?|['′’])"
_NUMBER = re.compile(rf"(\d{{1,6}}(?:[.,]\d{{1,2}})?)(?:({_HOUR})|({_MINUTE}))?\.?")
_BOTH = re.compile(rf"(\d{{1,2}}){_HOUR}([0-5]?\d){_MINUTE}?\.?")
_UNIT = re.compile(rf"(?:({_HOUR})|({_MINUTE}))\.?")
_IN_WORDS = {
    ("an", "hour", "and", "a", "half"): 90, ("a", "quarter", "of", "an", "hour"): 15, ("quarter", "of", "an", "hour"): 15,
    ("half", "an", "hour"): 30, ("half", "hour"): 30, ("an", "hour"): 60, ("one", "hour"): 60,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Length:
    """A length and the words that say it, from the first to before `end`; `unit` is "h", "min", or "" for a bare number."""

    minutes: float
    start: int
    end: int
    unit: str

    @property
    def can_be(self) -> bool:
        """Whether an interruption that nobody measured may be so long."""
        return 0 < self.minutes <= MOST_MINUTES


def in_line(words: Sequence[str], left: Collection[int]) -> Length | None:
    """The length that a line says with these words that are `left`: with its unit, else the number that stands alone, first,
    last, or beside what is understood. Raises Unclear where it says two, or where each of two numbers may be the one."""
    found = list(_all(words, left))
    named = [each for each in found if each.unit]
    bare = [each for each in found if not each.unit and _at_edge(each, words, left)]
    alone = [each for each in bare if _alone(each, words, left)]
    sure = [each for each in named if each.can_be or not bare or _alone(each, words, left)] + alone
    doubtful = [
        each for each in found if not each.unit and each.can_be and (each in bare or any(one.end == each.start for one in bare))
    ]
    if len({each.minutes for each in sure or doubtful}) > 1:
        raise Unclear(
            "The line says two lengths, and cannot have taken both",
            "Write one of them, as in 6 min; when it was is written -20m, 20 min ago or 10:20",
        )
    ends = [each for each in bare if each.start == 0] + [each for each in bare if each.end == len(words)]
    return next(iter([*sure, *ends, *bare]), None)


def in_title(words: Sequence[str], left: Collection[int], places: Collection[int], measured: bool) -> Length | None:
    """The length that a title says. Where the event's own was `measured`, a number takes its place only where it can be no other:
    with its unit as a piece of its own or at the end, minutes also at an end of a piece; bare, as a piece of its own or right
    before the location (its words are `places`) that the title begins with. Two lengths are none."""
    found = [each for each in _all(words, left) if each.can_be]
    if measured:
        sure = [
            each
            for each in found
            if (_alone(each, words, left) or each.end == len(words) or (each.unit == "min" and _at_edge(each, words, left)))
            and (each.unit or _stands_for_itself(each, words, places))
        ]
    else:
        named = [each for each in found if each.unit]
        sure = named or [each for each in found if each.start == 0]
    return sure[0] if len({each.minutes for each in sure}) == 1 else None


def length_at(words: Sequence[str], left: Collection[int], at: int) -> Length | None:
    """The length that begins with this word."""
    for phrase, minutes in _IN_WORDS.items():
        end = at + len(phrase)
        if tuple(word.casefold() for word in words[at:end]) == phrase and all(place in left for place in range(at, end)):
            return Length(minutes, at, end, "min")
    if both := _BOTH.fullmatch(words[at].casefold()):
        return Length(int(both[1]) * 60 + int(both[2]), at, at + 1, "h")
    if not (found := _NUMBER.fullmatch(words[at].casefold())):
        return None
    amount, hours, minutes_said, end = float(found[1].replace(",", ".")), bool(found[2]), bool(found[3]), at + 1
    if not (hours or minutes_said) and end in left and (unit := _UNIT.fullmatch(words[end].casefold())):
        hours, minutes_said, end = bool(unit[1]), bool(unit[2]), end + 1
    if not hours:
        return Length(amount, at, end, "min" if minutes_said else "")
    more = length_at(words, left, end) if end in left and amount.is_integer() else None
    if more and more.minutes < 60 and (more.unit == "min" or re.fullmatch(r"\d\d", words[end])):  # 1 h 30, 1 hour 5 min
        return Length(amount * 60 + more.minutes, at, more.end, "h")
    return Length(amount * 60, at, end, "h")


def only_lengths(words: Sequence[str]) -> bool:
    """Whether all of these words are numbers or units."""
    return all(_NUMBER.fullmatch(word) or _BOTH.fullmatch(word) or _UNIT.fullmatch(word) for word in words)


def _all(words: Sequence[str], left: Collection[int]) -> Iterator[Length]:
    at = 0
    while at < len(words):
        found = length_at(words, left, at) if at in left else None
        if found:
            yield found
        at = found.end if found else at + 1


def _borders(found: Length, words: Sequence[str], left: Collection[int]) -> tuple[bool, bool]:
    """Whether a piece begins with it, and whether one ends with it."""
    sides = (found.start - 1, found.end)
    first, last = (at not in left or not is_word(words[at]) for at in sides)
    return first, last


def _alone(found: Length, words: Sequence[str], left: Collection[int]) -> bool:
    return all(_borders(found, words, left))


def _at_edge(found: Length, words: Sequence[str], left: Collection[int]) -> bool:
    return found.end == len(words) or any(_borders(found, words, left))


def _stands_for_itself(found: Length, words: Sequence[str], places: Collection[int]) -> bool:
    """A bare number between commas, or the first word before a location."""
    whole = range(len(words))
    before = found.start - 1 not in whole or not is_word(words[found.start - 1])
    after = found.end not in whole or not is_word(words[found.end])
    return before and (after or (found.start == 0 and found.end in places))
