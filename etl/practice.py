"""practice.toml: the practice as a file, read and checked; each mistake is refused with its line and key."""

import difflib
import math
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from etl.model import PRACTICE_WIDE, ROLES, Refused
from etl.toml_lines import Path, line_of

FILE_NAME = "practice.toml"
CONDITIONS = ("title", "title_key", "calendar", "place", "category")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Location:
    """A place of the practice, and the other words for it: whole words, any case, in place, title or calendar name."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarDefault:
    """What everything on one calendar is, where no rule says otherwise."""

    name: str
    role: str | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One [[rule]]; all its conditions must hold. `number` counts from 1, as in the file.

    `title`, `calendar`, `place` and `category` are regular expressions, searched in any case.
    `title_key` is compared, not searched: the keyed hash (hex) of a title filed as clinical, written in place of
    `title` so that a patient's name is not in the file. Only the program that holds the key can make one.
    """

    role: str
    activity: str = ""
    title: str | None = None
    calendar: str | None = None
    place: str | None = None
    category: str | None = None
    title_key: str | None = None
    location: str | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Practice:
    """All of practice.toml; without arguments, what holds when the owner has said nothing yet.

    `leadership_target` is in hours a week. `text` is the file as it was read, without a byte order mark.
    """

    name: str = ""
    time_zone: str = "UTC"
    week_starts: str = "monday"
    owner_emails: tuple[str, ...] = ()
    working_hours: str = "Mon-Fri 08:00-18:00"
    leadership_target: float | None = None
    locations: tuple[Location, ...] = ()
    calendars: tuple[CalendarDefault, ...] = ()
    rules: tuple[Rule, ...] = ()
    keep_clinical_titles: bool = False
    text: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone whose days and weeks are counted."""
        return ZoneInfo(self.time_zone)

    @property
    def location_names(self) -> tuple[str, ...]:
        """The locations in the owner's order; Practice-wide, which is no location, is not among them."""
        return tuple(location.name for location in self.locations)

    @property
    def owners(self) -> frozenset[str]:
        """The owner's mail addresses in lower case."""
        return frozenset(address.lower() for address in self.owner_emails)


def read(data: bytes, file_name: str = FILE_NAME) -> Practice:
    """The practice in the bytes of a file (UTF-8, with or without a byte order mark)."""
    try:
        return parse(data.decode("utf-8-sig"), file_name)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(file_name, "this is not UTF-8 text", "Save the file again as UTF-8", line) from None


def parse(text: str, file_name: str = FILE_NAME) -> Practice:
    """The practice in the text of a file, or `Refused` with the line and the key of the first mistake."""
    text = text.removeprefix("\ufeff")
    data = _tables(text, file_name)
    try:
        return _practice(data, text)
    except _Mistake as mistake:
        raise Refused(file_name, mistake.what, mistake.mend, line_of(text, mistake.path)) from None


class _Mistake(Exception):  # noqa: N818 - a step on the way to Refused, which knows file and line
    """What is wrong with a value, what to do, and where: `path` grows from the value to the whole file."""

    def __init__(self, what: str, mend: str, path: Path = ()) -> None:
        super().__init__(what)
        self.what, self.mend, self.path = what, mend, path


_SYNTAX = {
    "Unescaped": "a backslash stands in a text in double quotes|Put the text in single quotes, as in title = '\\bstaff\\b'",
    "Illegal character": "a text is not closed, or holds a character that is not allowed|Put a quotation mark at both ends of the text",
    "Unterminated string": "a text is not closed|Put a quotation mark at both ends of the text",
    "Unclosed array": "a list is not closed|Put ] behind its last entry",
    "Unclosed inline": "a group in braces is not closed|Put } behind its last entry",
    "Cannot overwrite": "this key is there twice|Take one of the two out",
    "Duplicate inline": "this key is there twice|Take one of the two out",
    "Cannot declare": "this section is there twice|Put the lines of both under one heading, or write [[location]], [[calendar]] and [[rule]] in two pairs of brackets",
    "Cannot mutate": "this section is there twice|Put the lines of both under one heading",
    "Expected '='": "there is no = behind the key|Write the line as key = value",
    "Expected newline": "something follows behind the value|Put each key on a line of its own, and text in quotes",
    "Invalid value": 'the value cannot be read|Put text in quotes, as in name = "North"',
    "Invalid statement": "this line is neither a heading, nor a key with its value, nor a comment|Write it as key = value, or put # before it",
}


def _tables(text: str, file_name: str) -> dict[str, Any]:
    """What TOML makes of the text; its complaints in plain words, without the content they quote."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise Refused(file_name, "lists stand within lists too deep to read", "Take the innermost out") from None
    except ValueError as error:  # tomllib's own error is one; so is that of a number of thousands of digits
        said = str(error)
        where = re.search(r"\(at line (\d+), column \d+\)$", said)
        line = int(where[1]) if where else text.rstrip("\n").count("\n") + 1
        for start, sentence in _SYNTAX.items():
            if said.startswith(start):
                what, mend = sentence.split("|")
                raise Refused(file_name, what, mend, line) from None
        raise Refused(
            file_name, "this line cannot be read", "Write it as key = value, with text in quotes", line
        ) from None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _Mistake("must be a text", 'Put it in quotes, as in "North"')
    return value.strip()


def _name(value: object) -> str:
    if not (name := _text(value)):
        raise _Mistake("is empty", "Write something between the quotes, or take the entry out")
    return name


def _list_of(check: Callable[[object], str]) -> Callable[[object], tuple[str, ...]]:
    def checked(value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise _Mistake("must be a list", 'Put it in square brackets, as in ["one", "two"]')
        return tuple(_at(check, item, position) for position, item in enumerate(value))

    return checked


def _at(check: Callable[[object], str], item: object, position: int) -> str:
    try:
        return check(item)
    except _Mistake as mistake:
        raise _Mistake(f"(entry {position + 1}) {mistake.what}", mistake.mend, (position, *mistake.path)) from None


def _one_of(*words: str) -> Callable[[object], str]:
    def checked(value: object) -> str:
        word = _text(value).lower()
        if word not in words:
            raise _Mistake(f"must be one of {', '.join(words)}", _did_you_mean(word, words) or "Write one of these")
        return word

    return checked


def _mail(value: object) -> str:
    address = _text(value)
    if not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", address):
        raise _Mistake("is not a mail address", 'Write only the address itself, as in "owner@example.com"')
    return address


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    # Asking zoneinfo walks its whole folder (50 ms) and, on Windows and macOS, takes names in any case.
    listed = resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
    return tuple(zone for zone in listed if zone != "Factory")


def _zone(value: object) -> str:
    name = _text(value)
    if name not in _zones():
        mend = _did_you_mean(name.replace(" ", "_"), _zones()) or 'Write it as in "America/Toronto" or "Europe/Berlin"'
        raise _Mistake("is not a time zone this program knows", mend)
    return name


def _hours(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _Mistake("must be a number of hours a week", "Write it without quotes, as in leadership = 8")
    if not math.isfinite(value) or not 0 <= value <= 168:
        raise _Mistake("must be between 0 and 168 hours a week", "Write it as in leadership = 8")
    return float(value)


def _pattern(value: object) -> str:
    if not isinstance(value, str):
        raise _Mistake("must be a text", "Put it in quotes, as in title = 'strategy|vision'")
    if not value:
        raise _Mistake("is empty and would match everything", "Write the words to look for, or take the line out")
    if "\b" in value:
        raise _Mistake(
            r"holds \b in double quotes, which TOML reads as a backspace", r"Put it in single quotes, as in '\bstaff\b'"
        )
    try:
        re.compile(value, re.IGNORECASE)
    except (re.error, RecursionError, OverflowError):  # what re says may quote the pattern, and that may be a name
        raise _Mistake(
            "is not a regular expression",
            r"Close every ( and [, and write \( \[ \? \* \+ \. where the sign itself is meant",
        ) from None
    return value


def _key(value: object) -> str:
    key = _text(value).lower()
    if not re.fullmatch(r"[0-9a-f]{8,128}", key):
        raise _Mistake(
            "must be digits and the letters a to f",
            "The Roles page writes it; take the rule out and file the title there again",
        )
    return key


def working_spans(text: str) -> tuple[tuple[int, int, int], ...]:
    """Weekday (0 is Monday), first minute, end minute of each stretch; ValueError if the text is none.

    "Mon-Fri 08:00-18:00", "Mon, Wed 08:00-12:00; Sat 09:00-13:00", "Fri-Mon 08:00-24:00".
    """
    found = []
    for part in re.split(r"\s*;\s*", text.strip().lower()):
        match = re.fullmatch(r"([a-z ,-]+?)\s+(\d\d?):(\d\d)\s*[-–]\s*(\d\d?):(\d\d)", part)
        if not match:
            raise ValueError("not working hours")
        begin, end = int(match[2]) * 60 + int(match[3]), int(match[4]) * 60 + int(match[5])
        if not 0 <= begin < end <= 24 * 60 or int(match[3]) > 59 or int(match[5]) > 59:
            raise ValueError("not a stretch of one day")
        for days in match[1].split(","):
            names = [DAYS.index(day.strip()) for day in days.split("-")]
            if len(names) > 2:
                raise ValueError("not a range of days")
            count = (names[-1] - names[0]) % 7 + 1
            found += [((names[0] + step) % 7, begin, end) for step in range(count)]
    return tuple(found)


def _working_hours(value: object) -> str:
    text = _text(value)
    try:
        working_spans(text)
    except ValueError:
        raise _Mistake(
            "cannot be read as working hours",
            'Write them as in "Mon-Fri 08:00-18:00", further ones behind a semicolon, as in "Mon-Thu 08:00-18:00; Sat 09:00-13:00"',
        ) from None
    return text


_Checks = dict[str, Callable[[object], Any]]
_role = _one_of(*ROLES)
_SECTIONS: dict[str, _Checks] = {
    "practice": {
        "name": _text,
        "time_zone": _zone,
        "week_starts": _one_of("monday", "sunday"),
        "owner_emails": _list_of(_mail),
        "working_hours": _working_hours,
    },
    "targets": {"leadership": _hours},
    "privacy": {"clinical_titles": _one_of("drop", "keep")},
}
_LISTS: dict[str, _Checks] = {
    "location": {"name": _name, "aliases": _list_of(_name)},
    "calendar": {"name": _name, "role": _role, "location": _name},
    "rule": {
        "role": _role,
        "activity": _text,
        **dict.fromkeys(("title", "calendar", "place", "category"), _pattern),
        "title_key": _key,
        "location": _name,
    },
}
_NEEDED = {"location": "name", "calendar": "name", "rule": "role"}


def _practice(data: dict[str, Any], text: str) -> Practice:
    for section in data:
        if section not in _SECTIONS and section not in _LISTS:
            raise _unknown_section(section, data[section])
    one = {name: _checked(data.get(name, {}), checks, (name,)) for name, checks in _SECTIONS.items()}
    many = {
        name: [_checked(table, checks, (name, nth)) for nth, table in enumerate(_list(data.get(name, []), name))]
        for name, checks in _LISTS.items()
    }
    locations = tuple(Location(**table) for table in many["location"])
    known = _known_places(locations)
    for section in ("calendar", "rule"):
        for nth, table in enumerate(many[section]):
            if "location" in table:
                table["location"] = _known_location(table["location"], known, (section, nth, "location"))
    for nth, table in enumerate(many["rule"]):
        if not any(condition in table for condition in CONDITIONS):
            raise _Mistake(
                f"this [[rule]] has no condition: none of {', '.join(CONDITIONS)}",
                "Say what it is to match, as in title = 'strategy|vision'",
                ("rule", nth),
            )
    return Practice(
        **one["practice"],
        leadership_target=one["targets"].get("leadership"),
        keep_clinical_titles=one["privacy"].get("clinical_titles") == "keep",
        locations=locations,
        calendars=tuple(CalendarDefault(**table) for table in many["calendar"]),
        rules=tuple(Rule(**table, number=number) for number, table in enumerate(many["rule"], 1)),
        text=text,
    )


def _checked(table: object, checks: _Checks, path: Path) -> dict[str, Any]:
    """The values of one table by key, each through its check."""
    heading = f"[[{path[0]}]]" if len(path) > 1 else f"[{path[0]}]"
    if not isinstance(table, dict):
        raise _Mistake(
            f"'{path[0]}' must be a section", f"Write {heading} on a line of its own and its keys below", path
        )
    values = {}
    for key, value in table.items():
        if key not in checks:
            raise _Mistake(f"{_quoted(key)} is not known under {heading}", _mend_key(key, tuple(checks)), (*path, key))
        try:
            values[key] = checks[key](value)
        except _Mistake as mistake:
            what = f"the key '{key}' under {heading} {mistake.what}"
            raise _Mistake(what, mistake.mend, (*path, key, *mistake.path)) from None
    needed = _NEEDED.get(str(path[0]))
    if needed and needed not in values:
        raise _Mistake(f"this {heading} has no '{needed}'", f'Add a line {needed} = "…" below it', path)
    return values


def _list(tables: object, name: str) -> list[object]:
    if not isinstance(tables, list):
        raise _Mistake(
            f"'{name}' must be a list of sections", f"Write the heading in two pairs of brackets: [[{name}]]", (name,)
        )
    return tables


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _known_places(locations: tuple[Location, ...]) -> dict[str, str]:
    """Location names by their folded form; a name or alias that two locations share is refused."""
    taken: dict[str, int] = {_folded(PRACTICE_WIDE): -1}
    for nth, location in enumerate(locations):
        words: list[tuple[Path, str]] = [(("name",), location.name)]
        words += [(("aliases", position), alias) for position, alias in enumerate(location.aliases)]
        for where, word in words:
            other = taken.setdefault(_folded(word), nth)
            if other != nth or (where == ("name",) and other == -1):
                whose = (
                    f"that of [[location]] number {other + 1}" if other >= 0 else f"the reserved word '{PRACTICE_WIDE}'"
                )
                raise _Mistake(
                    f"the key '{where[0]}' of this [[location]] says the same as {whose}",
                    "Each name and alias may belong to one location only; change one of the two",
                    ("location", nth, *where),
                )
    return {_folded(name): name for name in (*(location.name for location in locations), PRACTICE_WIDE)}


def _known_location(name: str, known: dict[str, str], path: Path) -> str:
    try:
        return known[_folded(name)]
    except KeyError:
        raise _Mistake(
            f"the key 'location' under [[{path[0]}]] names a location that is not in this file",
            f"Write the name of one of its {len(known) - 1} [[location]] sections, or '{PRACTICE_WIDE}'",
            path,
        ) from None


def _unknown_section(name: str, value: object) -> _Mistake:
    homes = [f"[{section}]" for section, checks in _SECTIONS.items() if name in checks]
    if not isinstance(value, dict | list) and homes:
        return _Mistake(f"the key '{name}' stands under no heading", f"Move it below {homes[0]}", (name,))
    sections = (*_SECTIONS, *_LISTS)
    return _Mistake(f"{_quoted(name)} is not a known section", _mend_key(name, sections), (name,))


def _quoted(key: str) -> str:
    # A key of odd form is content that slipped out of its quotes.
    return f"the key '{key}'" if re.fullmatch(r"[\w-]{1,40}", key) else "this key"


def _mend_key(key: str, known: tuple[str, ...]) -> str:
    return _did_you_mean(key, known) or f"Take it out; known are {', '.join(known)}"


def _did_you_mean(word: str, known: tuple[str, ...]) -> str | None:
    """A question naming the nearest known word, by all of it or by its last part (Toronto for America/Toronto)."""
    by_form = {name.casefold().rpartition("/")[2]: name for name in reversed(known)}
    by_form |= {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), by_form, 1, 0.6)
    return f"Did you mean '{by_form[near[0]]}'? Correct it and load again" if near else None


def default_text(time_zone: str) -> str:
    """A first practice.toml with every setting explained, for an owner who has none."""
    return _DEFAULT.replace("$ZONE", time_zone)


_DEFAULT = """\
# Your practice. Change it here or on the Data page; both are the same file.
# What stands behind a # is a remark for you.

[practice]
name = ""
time_zone = "$ZONE"
week_starts = "monday"                   # or "sunday"
owner_emails = []                        # yours, so that meetings you declined are left out: ["me@example.com"]
working_hours = "Mon-Fri 08:00-18:00"    # more behind a semicolon: "Mon-Thu 08:00-18:00; Sat 09:00-13:00"

[targets]                                # hours a week
# leadership = 8

[privacy]
clinical_titles = "drop"                 # "keep" only if the titles of your clinical hours name no patients

# One [[location]] for each place of the practice. The name and its aliases are looked for
# as whole words, in any case, in an event's place, its title and the name of its calendar.
#
# [[location]]
# name = "Riverside"
# aliases = ["river side", "12 Mill Road"]

# What everything on one calendar is, where no rule says otherwise.
#
# [[calendar]]
# name = "Clinic schedule North"
# role = "clinical"                      # leadership, management, clinical or personal
# location = "Riverside"

# Rules: the first that matches wins. The Roles page writes them for you.
#
# [[rule]]
# role = "leadership"
# activity = "vision"
# title = 'strategy|vision'              # a regular expression; also: calendar, place, category
# location = "Practice-wide"             # if it belongs to no single place
"""
