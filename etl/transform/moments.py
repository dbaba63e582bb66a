"""When it was, as a line says it: `10:20`, `2pm`, `-20m`, `an hour ago`, `yesterday 17:05`, `monday 9:30`, `2026-09-14 10:20`."""

import re
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta

from etl.transform.lengths import in_line, length_at, only_lengths
from etl.transform.line_words import Unclear, fold, is_word

FIRST_YEAR = 1990
_AGO = re.compile(r"[-−–](?=\d)")
_CLOCK = re.compile(r"@?([01]?\d|2[0-3])[:.]([0-5]\d)")
_HOURS = re.compile(r"([01]?\d|2[0-3])h([0-5]\d)")
_HALF_DAY = re.compile(r"@?(0?[1-9]|1[0-2])(?:[:.]([0-5]\d))?([ap])\.?m\.?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = {"tues": 1, "thur": 3, "thurs": 3} | {name[:3]: nth for nth, name in enumerate(_WEEKDAYS)}
_MONTH = re.compile(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_OF_MONTH = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|\.)?")
_LIKE_A_TIME = re.compile(r".*(?<!\d)\d{1,2}:\d\d(?!\d).*|@?\d{1,2}(?:[:.]\d\d)?[ap]\.?m\.?|[-−–]\d+(?:[.,]\d+)?|ago")
_LIKE_A_DAY = re.compile(r"(?!24/7$)\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}([.-])\d{1,2}\1\d{2,4}|\d{4}[-./]\d{1,2}[-./]\d{1,2}")
_TWO = "Write when it began, and how many minutes it took, as in 10:20 6 min"

Found = tuple[datetime | None, set[int]]


def before(now: datetime, length: timedelta) -> datetime:
    """The moment that lies so long before `now`, on the same clock, also where that was changed in between."""
    return (now.astimezone(UTC) - length).astimezone(now.tzinfo)


def read_when(words: Sequence[str], left: Collection[int], now: datetime) -> Found:
    """The moment that these words say, if any, and the places of the words that say it; `left` are those to be read.

    Raises Unclear where it is still to come, cannot have been or is said twice, and where a time or a day cannot be read.
    """
    open_words = set(left)
    ago, gone = _ago(words, open_words)
    open_words -= gone
    clock, at = _clock(words, open_words)
    open_words -= at
    day, days = _day(words, open_words, clock, at, now)
    open_words -= days
    _refuse_rest(words, open_words, timed=clock is not None)
    too_long_ago = Unclear("That day is too long ago", f"Write a day from {FIRST_YEAR} on")
    if ago is not None:
        if clock is not None:
            raise Unclear("The line says two times of day", _TWO)
        moment = before(now, ago)
        if moment.year < FIRST_YEAR:
            raise too_long_ago
        if day is not None and day != moment.date():
            raise Unclear("The line says two days", "Write the time of day, as in yesterday 10:20")
        return moment, gone | days
    if day is not None and day.year < FIRST_YEAR:
        raise too_long_ago
    still_to_come = Unclear("That is still to come", "Write when it was, as in 10:20 or -20m, or leave the time out")
    if day is not None and day > now.date():
        raise still_to_come
    if clock is None:
        if day is not None:
            raise Unclear("The line names a day and no time of day", "Add the time, as in 10:20")
        return None, gone
    moment = _moment(datetime.combine(day or now.date(), clock), now)
    if moment.astimezone(UTC) > now.astimezone(UTC):  # of two times on one clock Python compares the wall alone
        raise still_to_come
    return moment, gone | at | days


def no_words(words: Sequence[str]) -> bool:
    """Whether these words, folded, are numbers, lengths, days or hold a time, and so can be no role and no topic."""
    days = {"today", "yesterday", "tomorrow", *_WEEKDAYS}
    alike = [_LIKE_A_TIME.fullmatch(word) or _CLOCK.fullmatch(word) for word in words]
    return any(alike) or all(word in days or _DAY.fullmatch(word) or only_lengths([word]) for word in words)


def _ago(words: Sequence[str], left: set[int]) -> tuple[timedelta | None, set[int]]:
    """`-20m`, `-1h30`, `-20 min`, `20 min ago`"""
    found: list[tuple[timedelta, set[int]]] = []
    after = 0
    for at in sorted(left):
        back = _AGO.match(words[at])
        plain = [*words[:at], words[at][1:], *words[at + 1 :]] if back else words
        if at < after or not (length := length_at(plain, left, at)):
            continue
        after = length.end
        said = after in left and fold(words[after]) == "ago"
        if said or (back and length.unit):
            found.append((timedelta(minutes=length.minutes), set(range(at, after + said))))
    if len(found) > 1:
        raise Unclear("The line says two times of day", _TWO)
    return found[0] if found else (None, set())


def _clock(words: Sequence[str], left: set[int]) -> tuple[time | None, set[int]]:
    """The one time of day; `14h30` is one where the line says besides how long it was, or could be no length."""
    found: dict[int, tuple[time, int]] = {}
    for at in sorted(left):
        word, after = words[at].casefold(), words[at + 1].casefold() if at + 1 in left else ""
        half = after if re.fullmatch(r"[ap]\.?m\.?", after) else ""
        if match := _HALF_DAY.fullmatch(word) or _HALF_DAY.fullmatch(word + half):
            hour = int(match[1]) % 12 + (12 if match[3] == "p" else 0)
            found[at] = time(hour, int(match[2] or 0)), at + 1 + bool(half)
        elif (match := _CLOCK.fullmatch(word)) and not ((length := length_at(words, left, at)) and length.unit):
            found[at] = time(int(match[1]), int(match[2])), at + 1
    if not found:
        for at in sorted(left):
            if match := _HOURS.fullmatch(words[at].casefold()):
                length, rest = length_at(words, left, at), in_line(words, left - {at})
                if (rest and (rest.unit or rest.start == 0 or _bounded(words, left - {at}, rest.end))) or not (
                    length and length.can_be
                ):
                    found[at] = time(int(match[1]), int(match[2])), at + 1
    if len({clock for clock, _ in found.values()}) > 1:
        raise Unclear("The line says two times of day", _TWO)
    places = {place for at, (_, end) in found.items() for place in range(at, end)}
    places |= {at - 1 for at in found if at - 1 in left and words[at - 1].casefold() in ("at", "@")}
    return next((clock for clock, _ in found.values()), None), places


def _bounded(words: Sequence[str], left: Collection[int], end: int) -> bool:
    return end not in left or not is_word(words[end])


def _day(
    words: Sequence[str], left: set[int], clock: time | None, places: set[int], now: datetime
) -> tuple[date | None, set[int]]:
    """The one day. The name of a weekday is one beside the time of day, and where no other word of a topic follows it."""
    found: dict[int, date] = {}
    for at in sorted(left):
        word, beside = fold(words[at]), bool({at - 1, at + 1} & places)
        follows = at + 1 in left and is_word(words[at + 1]) and not words[at + 1][0].isdigit()
        if word in ("today", "yesterday"):
            found[at] = now.date() - timedelta(days=word == "yesterday")
        elif word == "tomorrow" and (beside or not follows):
            found[at] = now.date() + timedelta(days=1)
        elif _DAY.fullmatch(word):
            try:
                found[at] = date.fromisoformat(word)
            except ValueError:
                raise Unclear("There is no such day", "Write it as in 2026-09-14") from None
        elif (word in _WEEKDAYS and (beside or not follows)) or (word in _SHORT and beside):
            weekday = _WEEKDAYS.index(word) if word in _WEEKDAYS else _SHORT[word]
            back = (now.weekday() - weekday) % 7
            again = back == 0 and (clock is not None and clock > now.time())  # monday 17:00, said on a Monday at noon
            found[at] = now.date() - timedelta(days=7 if again else back)
    if len(set(found.values())) > 1:
        raise Unclear("The line says two days", "Write one of them")
    return next(iter(found.values()), None), found.keys() | {
        at - 1 for at in found if at - 1 in left and words[at - 1].casefold() == "on"
    }


def _refuse_rest(words: Sequence[str], left: set[int], timed: bool) -> None:
    """What is left must be no time and no day. A number beside a month is one where the length is another, or a time is said."""
    for at in sorted(left):
        word = fold(words[at])
        if _LIKE_A_TIME.fullmatch(word):
            raise Unclear("This looks like a time", "Write it as 14:00, as 20 min ago or as -20m")
        dated = _OF_MONTH.fullmatch(word) and any(
            _MONTH.fullmatch(fold(words[at + side])) for side in (-1, 1) if at + side in left
        )
        if _LIKE_A_DAY.fullmatch(word) or (dated and (timed or in_line(words, left - {at}))):
            raise Unclear("This looks like a day", "Write it as 2026-09-14, with the time of day")


def _moment(wall: datetime, now: datetime) -> datetime:
    """A time on the wall clock as it was: of one that came twice the later that is not still to come."""
    zone = now.tzinfo
    moments = [wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (1, 0)]
    past = [moment for moment in moments if moment <= now.astimezone(UTC)]
    return (past[0] if past else moments[-1]).astimezone(zone)
