"""practice.toml: the practice as a file, read and checked; each mistake is refused with its line and key."""

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from etl import practice_checks as check
from etl.model import PRACTICE_WIDE, ROLES, CsvShape, Refused
from etl.toml_lines import KeyPath, line_of, tables

FILE_NAME = "practice.toml"
CONDITIONS = ("titles", "title_keys", "title", "title_key", "calendar", "place", "category")
COLUMN_KEYS = ("date", "start", "end_date", "end", "minutes", "title", "place", "provider", "status")
"""The keys of [[csv]] that name a column."""


@dataclass(frozen=True, slots=True)
class Location:
    """A place of the practice, and the other words for it: whole words, any case, in place, title or calendar name.

    `phones` are its telephone numbers, `open` says when it is open, `team` how many work there.
    """

    name: str
    aliases: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    open: str = ""
    team: int | None = None

    @property
    def open_spans(self) -> tuple[tuple[int, int, int], ...]:
        """When it is open, as `Practice.working_spans`; nothing where the practice does not say."""
        return check.working_spans(self.open) if self.open else ()


@dataclass(frozen=True, slots=True)
class CalendarDefault:
    """What everything on one calendar is, where no rule says otherwise; `otherwise` is the role of what nothing else files.

    `kind` is "interruptions" where its events are no plan but a log.
    """

    name: str
    role: str | None = None
    location: str | None = None
    otherwise: str | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One [[rule]]; all its conditions must hold. `number` counts from 1, as in the file.

    `titles` finds every title that means the same as one of them (transform/titles.py); `title_keys` does so by keyed
    hashes (hex), written for titles filed as clinical so that no patient's name is in the file. Only the program that
    holds the key can make one. `title`, `calendar`, `place` and `category` are regular expressions, searched in any case;
    `title_key` is the keyed hash of one exact title, as earlier versions wrote it.
    """

    role: str
    activity: str = ""
    titles: tuple[str, ...] = ()
    title_keys: tuple[str, ...] = ()
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

    `country` is an ISO 3166 code ("" where it is not said), `days_off` the first and last day of each stretch.
    `leadership_target` is in hours a week. An event whose title begins with `marker` is an interruption ("" for none);
    `usual_minutes` are those of an interruption that nobody timed. `text` is the file as it was read, without a byte order mark.
    """

    name: str = ""
    time_zone: str = "UTC"
    week_starts: str = "monday"
    owner_emails: tuple[str, ...] = ()
    working_hours: str = "Mon-Fri 08:00-18:00"
    country: str = ""
    days_off: tuple[tuple[date, date], ...] = ()
    leadership_target: float | None = None
    marker: str = ""
    usual_minutes: float = 5.0
    locations: tuple[Location, ...] = ()
    calendars: tuple[CalendarDefault, ...] = ()
    rules: tuple[Rule, ...] = ()
    csv: tuple[CsvShape, ...] = ()
    practice_wide: tuple[str, ...] = ()  # words in a place that say it belongs to no location: home, zoom.us
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
    def working_spans(self) -> tuple[tuple[int, int, int], ...]:
        """The working hours: weekday (0 is Monday), first minute of the day, end minute."""
        return check.working_spans(self.working_hours)

    @property
    def phones(self) -> tuple[tuple[str, str], ...]:
        """The telephone numbers, each with its location's name."""
        return tuple((phone, location.name) for location in self.locations for phone in location.phones)

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
    data = tables(text, file_name)
    try:
        return _practice(data, text)
    except check.Mistake as mistake:
        raise Refused(file_name, mistake.what, mistake.mend, line_of(text, mistake.path)) from None


_Checks = dict[str, check.Check]
_role = check.one_of(*ROLES)
_SECTIONS: dict[str, _Checks] = {
    "practice": {
        "name": check.any_text,
        "time_zone": check.time_zone,
        "week_starts": check.one_of("monday", "sunday"),
        "owner_emails": check.list_of(check.mail_address),
        "working_hours": check.working_hours,
        "country": check.country,
        "days_off": check.list_of(check.days_off),
    },
    "targets": {"leadership": check.hours_a_week},
    "interruptions": {"marker": check.marker, "usual_minutes": check.minutes_of_one},
    "places": {"practice_wide": check.list_of(check.some_text)},
    "privacy": {"clinical_titles": check.one_of("drop", "keep")},
}
_LISTS: dict[str, _Checks] = {
    "location": {
        "name": check.some_text,
        "aliases": check.list_of(check.some_text),
        "phones": check.list_of(check.phone),
        "open": check.working_hours,
        "team": check.people,
    },
    "calendar": {
        "name": check.some_text,
        "role": _role,
        "location": check.some_text,
        "otherwise": _role,
        "kind": check.one_of("calendar", "interruptions"),
    },
    "rule": {
        "role": _role,
        "activity": check.any_text,
        "titles": check.list_of(check.any_text),
        "title_keys": check.list_of(check.hashed),
        "title": check.pattern,
        "calendar": check.pattern,
        "place": check.pattern,
        "category": check.pattern,
        "title_key": check.hashed,
        "location": check.some_text,
    },
    "csv": {"kind": check.one_of("appointments", "calls")}
    | dict.fromkeys(("name", *COLUMN_KEYS, "number", "seconds"), check.some_text)
    | dict.fromkeys(("owner", "cancelled"), check.list_of(check.some_text)),
}
_NEEDED = {"location": ("name",), "calendar": ("name",), "rule": ("role",), "csv": ("name", "start")}


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
    wide = one["places"].get("practice_wide", ())
    known = check.known_places([(location.name, location.aliases) for location in locations], wide)
    for section in ("calendar", "rule"):
        for nth, table in enumerate(many[section]):
            if "location" in table:
                table["location"] = _known_location(table["location"], known, (section, nth, "location"))
    for nth, table in enumerate(many["rule"]):
        if not any(table.get(condition) not in (None, ()) for condition in CONDITIONS):
            what = f"this [[rule]] has no condition: none of {', '.join(CONDITIONS)}"
            raise check.Mistake(what, "Say what it is to match, as in title = 'strategy|vision'", ("rule", nth))
    for nth, table in enumerate(many["csv"]):
        check.columns_of_a_table(table, ("csv", nth))
    return Practice(
        **one["practice"],
        **one["interruptions"],
        leadership_target=one["targets"].get("leadership"),
        keep_clinical_titles=one["privacy"].get("clinical_titles") == "keep",
        locations=locations,
        practice_wide=wide,
        calendars=tuple(CalendarDefault(**table) for table in many["calendar"]),
        rules=tuple(Rule(**table, number=number) for number, table in enumerate(many["rule"], 1)),
        csv=tuple(CsvShape(**table) for table in many["csv"]),
        text=text,
    )


def _checked(table: object, checks: _Checks, path: KeyPath) -> dict[str, Any]:
    """The values of one table by key, each through its check."""
    heading = f"[[{path[0]}]]" if len(path) > 1 else f"[{path[0]}]"
    if not isinstance(table, dict):
        mend = f"Write {heading} on a line of its own and its keys below"
        raise check.Mistake(f"'{path[0]}' is a section that comes once", mend, path)
    values = {}
    for key, value in table.items():
        if key not in checks:
            raise check.Mistake(
                f"{check.quoted(key)} is not known under {heading}", check.known_key(key, tuple(checks)), (*path, key)
            )
        try:
            values[key] = checks[key](value)
        except check.Mistake as mistake:
            what = f"the key '{key}' under {heading} {mistake.what}"
            raise check.Mistake(what, mistake.mend, (*path, key, *mistake.path)) from None
    for needed in _NEEDED.get(str(path[0]), ()):
        if needed not in values:
            raise check.Mistake(f"this {heading} has no '{needed}'", f'Add a line {needed} = "…" below it', path)
    return values


def _list(found: object, name: str) -> list[object]:
    if not isinstance(found, list):
        mend = f"Write its heading in two pairs of brackets: [[{name}]]"
        raise check.Mistake(f"'{name}' may come more than once", mend, (name,))
    return found


def _known_location(name: str, known: dict[str, str], path: KeyPath) -> str:
    try:
        return known[check.folded(name)]
    except KeyError:
        raise check.Mistake(
            f"the key 'location' under [[{path[0]}]] names a location that is not in this file",
            f"Write the name of one of its [[location]] sections, or '{PRACTICE_WIDE}'",
            path,
        ) from None


def _unknown_section(name: str, value: object) -> check.Mistake:
    homes = [f"[{section}]" for section, checks in _SECTIONS.items() if name in checks]
    if not isinstance(value, dict | list) and homes:
        return check.Mistake(f"the key '{name}' stands under no heading", f"Move it below {homes[0]}", (name,))
    sections = (*_SECTIONS, *_LISTS)
    return check.Mistake(f"{check.quoted(name)} is not a known section", check.known_key(name, sections), (name,))


def default_text(time_zone: str) -> str:
    """A first practice.toml with every setting explained, for an owner without one; UTC for an unknown zone."""
    text = files("etl").joinpath("first_practice.toml").read_text("utf-8")
    return text.replace('"UTC"', f'"{time_zone}"', 1) if time_zone in check.zones() else text
