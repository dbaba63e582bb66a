"""What each value of practice.toml must be: one small check a kind, value in, tidied value out, or `Mistake`."""

import difflib
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from etl.model import LEAST_MINUTES, MOST_MINUTES, PRACTICE_WIDE
from etl.toml_lines import KeyPath

Check = Callable[[object], Any]
_TOGETHER = (("provider", "owner"), ("owner", "provider"), ("cancelled", "status"), ("end_date", "date"), ("end_date", "end"))
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Mistake(Exception):  # noqa: N818 - a step on the way to Refused, which knows file and line
    """What is wrong with a value, what to do, and where: `path` grows from the value to the whole file.

    Neither sentence quotes the value: it may be a name or a mail address.
    """

    def __init__(self, what: str, mend: str, path: KeyPath = ()) -> None:
        super().__init__(what)
        self.what, self.mend, self.path = what, mend, path


def any_text(value: object) -> str:
    """A text, perhaps empty, without blanks at its ends."""
    if not isinstance(value, str):
        raise Mistake("must be a text", 'Put it in quotes, as in "North"')
    return value.strip()


def some_text(value: object) -> str:
    """A text that says something."""
    if not (text := any_text(value)):
        raise Mistake("is empty", "Write something between the quotes, or take the entry out")
    return text


def list_of(check: Check) -> Check:
    """A list, each entry through `check`."""

    def checked(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Mistake("must be a list", 'Put it in square brackets, as in ["one", "two"]')
        items = []
        for position, item in enumerate(value):
            try:
                items.append(check(item))
            except Mistake as mistake:
                what = f"has an entry (number {position + 1}) that {mistake.what}"
                raise Mistake(what, mistake.mend, (position,)) from None
        return tuple(items)

    return checked


def one_of(*words: str) -> Check:
    """One of these words, in any case."""

    def checked(value: object) -> str:
        word = any_text(value).lower()
        if word not in words:
            what = f"must be {', '.join(words[:-1])} or {words[-1]}"
            raise Mistake(what, did_you_mean(word, words) or "Write one of these")
        return word

    return checked


def mail_address(value: object) -> str:
    """A bare mail address."""
    address = any_text(value)
    if not re.fullmatch(r"[^@\s<>,;:]+@[^@\s<>,;:]+", address):
        raise Mistake("is not a mail address", 'Write only the address itself, as in "owner@example.com"')
    return address


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """The names of all time zones."""
    # Asking zoneinfo walks its whole folder (50 ms) and, on Windows and macOS, takes names in any case.
    listed = resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
    return tuple(zone for zone in listed if zone != "Factory")


def time_zone(value: object) -> str:
    """An IANA time zone name, as it is written there."""
    name = any_text(value)
    if name not in zones():
        near = did_you_mean(name.replace(" ", "_"), zones(), 0.75)
        raise Mistake("is not a time zone this program knows", near or 'Write it as in "America/Toronto" or "Europe/Berlin"')
    return name


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """The names of all countries by their ISO 3166 codes of two letters."""
    lines = resources.files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text("utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if not line.startswith("#"))


def country(value: object) -> str:
    """The ISO 3166 code of a country, in capitals; empty for none."""
    text = any_text(value)
    if text and text.upper() not in countries():
        codes = {name.casefold(): code for code, name in countries().items()} | {"uk": "GB"}
        near = codes.get(text.casefold())
        mend = f"Did you mean '{near}'? Correct it and try again" if near else 'Write its two letters, as in "CA" or "GB"'
        raise Mistake("is not a country code of two letters", mend)
    return text.upper()


def days_off(value: object) -> tuple[date, date]:
    """The first and the last day of a day off, or of several in a row: "2026-12-25", "2026-12-28..2027-01-02"."""
    mend = 'Write a day as in "2026-12-25", and several in a row as in "2026-12-28..2027-01-02"'
    try:
        days = [date.fromisoformat(part.strip()) for part in any_text(str(value) if type(value) is date else value).split("..")]
    except ValueError:
        raise Mistake("is no day", mend) from None
    if len(days) > 2 or not all(1990 <= day.year <= 2100 for day in days):
        raise Mistake("is no day from 1990 to 2100", mend)
    if not 0 <= (days[-1] - days[0]).days <= 366:
        what = "ends before it begins" if days[-1] < days[0] else "is longer than a year"
        raise Mistake(what, mend)
    return days[0], days[-1]


def hours_a_week(value: object) -> float:
    """A number from 0 to 168."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Mistake("must be a number of hours a week", "Write it without quotes, as in leadership = 8")
    if not 0 <= value <= 168:
        raise Mistake("must be between 0 and 168 hours a week", "Write it as in leadership = 8")
    return float(value)


def minutes_of_one(value: object) -> float:
    """The minutes of an interruption that nobody timed."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not LEAST_MINUTES <= value <= MOST_MINUTES:
        what = f"must be a number of minutes, at least {LEAST_MINUTES} and at most {MOST_MINUTES}"
        raise Mistake(what, "Write it without quotes, as in usual_minutes = 5")
    return float(value)


def people(value: object) -> int:
    """A whole number of people, at least one."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 100_000:
        raise Mistake("must be how many people work there", "Write a whole number without quotes, as in team = 12")
    return value


def marker(value: object) -> str:
    """The signs that begin a title that is an interruption; empty for none."""
    text = any_text(value)
    if len(text) > 20:
        raise Mistake("must be at most 20 signs long", 'Write something short that begins no ordinary title, as in marker = "?"')
    return text


def phone(value: object) -> str:
    """A telephone number or an extension: at least two digits, and signs that stand between them."""
    text = any_text(value)
    if not re.fullmatch(r"\+?[\d\s()./-]{2,40}", text) or len(re.sub(r"\D", "", text)) < 2:
        raise Mistake("is not a telephone number", 'Write it as in "+1 416 555 0100", or an extension as in "204"')
    return text


def pattern(value: object) -> str:
    """A regular expression; blanks at its ends count."""
    if not isinstance(value, str):
        raise Mistake("must be a text", "Put it in quotes, as in title = 'strategy|vision'")
    if not value.strip():
        raise Mistake("is empty and would match almost anything", "Write the words to look for, or take the line out")
    if "\b" in value:
        what = r"holds \b in double quotes, which stands for a backspace there"
        raise Mistake(what, r"Put the text in single quotes, as in '\bstaff\b'")
    try:
        with warnings.catch_warnings(action="ignore", category=FutureWarning):  # of no use to an owner
            re.compile(value, re.IGNORECASE)
    except (re.error, RecursionError, OverflowError):  # what re says may quote the pattern, and that may be a name
        mend = r"Close every ( and [, and write \( \[ \? \* \+ where the sign itself is meant"
        raise Mistake("is not a regular expression", mend) from None
    return value


def hashed(value: object) -> str:
    """Hex digits, as the program itself wrote them."""
    key = any_text(value).lower()
    if not re.fullmatch(r"[0-9a-f]{8,128}", key):
        mend = "Take this rule out and file the title again on the Roles page, which writes it"
        raise Mistake("must be digits and the letters a to f", mend)
    return key


def working_hours(value: object) -> str:
    """Working hours that `working_spans` can read."""
    text = any_text(value)
    try:
        working_spans(text)
    except ValueError:
        mend = 'Write them as in "Mon-Fri 08:00-18:00" or "Mon-Thu 08:00-18:00; Sat 09:00-13:00"'
        raise Mistake("cannot be read as days and hours", mend) from None
    return text


def working_spans(text: str) -> tuple[tuple[int, int, int], ...]:
    """Weekday (0 is Monday), first minute of the day and end minute of each stretch; ValueError if it says none.

    "Mon-Fri 08:00-18:00", "Mon, Wed 8:00-12:00; Sat 09:00-13:00", "Fri-Mon 08:00-24:00".
    """
    found = []
    for part in text.lower().split(";"):
        match = re.fullmatch(r"\s*([a-z ,-]+?)\s+(\d\d?):([0-5]\d)\s*[-–]\s*(\d\d?):([0-5]\d)\s*", part, re.ASCII)
        if not match:
            raise ValueError("no days and hours")
        begin, end = int(match[2]) * 60 + int(match[3]), int(match[4]) * 60 + int(match[5])
        if not begin < end <= 24 * 60:
            raise ValueError("no stretch within one day")
        for days in match[1].split(","):
            ends = [nth for day in days.split("-") for nth, name in enumerate(_DAYS) if day.strip() in (name, name[:3])]
            if len(ends) != days.count("-") + 1 or len(ends) > 2:
                raise ValueError("no range of days")
            found += [((ends[0] + step) % 7, begin, end) for step in range((ends[-1] - ends[0]) % 7 + 1)]
    return tuple(found)


def columns_of_a_table(table: Mapping[str, Any], path: KeyPath) -> None:
    """Refuse a [[csv]] that does not say how long an appointment or a call is, or says half of what belongs together."""
    if table.get("kind") == "calls":
        _columns_of_calls(table, path)
        return
    for key in ("number", "seconds"):
        if key in table:
            what = f"this [[csv]] has '{key}', which only a list of calls has"
            raise Mistake(what, 'Add a line kind = "calls" below it, or take it out', (*path, key))
    if ("end" in table) == ("minutes" in table):
        what = "has both 'end' and 'minutes'" if "end" in table else "has no 'end' and no 'minutes'"
        raise Mistake(f"this [[csv]] {what}", "Name one column: that of the end, or that of the length in minutes", path)
    for one, other in _TOGETHER:
        if one in table and other not in table:
            raise Mistake(f"this [[csv]] has '{one}' and no '{other}'", f"Add a line {other} below it, or take {one} out", path)
    taken: dict[str, str] = {}
    for key in ("date", "start", "end_date", "end", "minutes"):
        if key in table and (other := taken.setdefault(folded(table[key]), key)) != key:
            what = f"the keys '{other}' and '{key}' of this [[csv]] name the same column"
            raise Mistake(what, "Name another column for one of them, or take it out", (*path, key))


def _columns_of_calls(table: Mapping[str, Any], path: KeyPath) -> None:
    if "number" not in table:
        raise Mistake("this [[csv]] of calls has no 'number'", 'Name the column of the number called: number = "…"', path)
    if ("minutes" in table) == ("seconds" in table):
        what = "has both 'minutes' and 'seconds'" if "minutes" in table else "has no 'minutes' and no 'seconds'"
        raise Mistake(f"this [[csv]] of calls {what}", "Name one column: that of the length of a call", path)
    for one, other in (("provider", "owner"), ("owner", "provider"), ("cancelled", "status")):
        if one in table and other not in table:
            raise Mistake(f"this [[csv]] has '{one}' and no '{other}'", f"Add a line {other} below it, or take {one} out", path)


def known_places(locations: Sequence[tuple[str, Sequence[str]]], practice_wide: Sequence[str]) -> dict[str, str]:
    """Location names by their folded form, of (name, aliases); a word that is to mean two places is refused."""
    taken: dict[str, int] = {folded(PRACTICE_WIDE): -1}
    for nth, (name, aliases) in enumerate(locations):
        words: list[tuple[KeyPath, str]] = [(("name",), name)]
        words += [(("aliases", position), alias) for position, alias in enumerate(aliases)]
        for where, word in words:
            other = taken.setdefault(folded(word), nth)
            if other != nth:
                whose = f"[[location]] number {other + 1}" if other >= 0 else f"'{PRACTICE_WIDE}', which is always there"
                raise Mistake(
                    f"the key '{where[0]}' of this [[location]] is already that of {whose}",
                    "Each name and alias may belong to one location only; change one of the two",
                    ("location", nth, *where),
                )
    for position, word in enumerate(practice_wide):
        if (other := taken.get(folded(word), -1)) >= 0:
            what = f"has an entry (number {position + 1}) that is a name or an alias of [[location]] number {other + 1}"
            mend = "A place belongs to a location or to none; take it out of one of the two"
            path = ("places", "practice_wide", position)
            raise Mistake(f"the key 'practice_wide' under [places] {what}", mend, path)
    return {folded(name): name for name in (*(name for name, _ in locations), PRACTICE_WIDE)}


def did_you_mean(word: str, known: Sequence[str], likeness: float = 0.6) -> str | None:
    """A question naming the nearest known word, by all of it or by its last part (Toronto for America/Toronto)."""
    by_form = {name.casefold().rpartition("/")[2]: name for name in reversed(known)}
    by_form |= {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), by_form, 1, likeness)
    return f"Did you mean '{by_form[near[0]]}'? Correct it and try again" if near else None


def known_key(key: str, known: Sequence[str]) -> str:
    """What to do about an unknown key."""
    return did_you_mean(key, known) or f"Take it out; known are {', '.join(known)}"


def quoted(key: str) -> str:
    """An unknown key as a message may name it: one of odd form is content that slipped out of its quotes."""
    return f"the key '{key}'" if re.fullmatch(r"[\w-]{1,40}", key) else "this key"


def folded(name: str) -> str:
    """The form in which names of locations are compared: any case, any blanks."""
    return " ".join(name.casefold().split())
