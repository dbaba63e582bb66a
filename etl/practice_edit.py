"""practice.toml with other settings or more rules: text in, text out, the owner's remarks kept (`tomlkit`).

Remarks move with the heading below them; a [[rule]] or [[location]] that stands apart from its kind is gathered with it.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import tomlkit

from etl.model import CsvShape, Refused
from etl.practice import COLUMN_KEYS, CONDITIONS, FILE_NAME, CalendarDefault, Location, Practice, Rule, parse
from etl.practice_checks import folded
from etl.toml_edit import document, finished, put, set_values, tables
from etl.toml_lines import line_of


def with_settings(
    text: str,
    *,
    name: str,
    time_zone: str,
    week_starts: str,
    owner_emails: Sequence[str],
    working_hours: str,
    country: str,
    days_off: Sequence[str],
    leadership_target: float | None,
    locations: Sequence[Location],
) -> str:
    """The text with these settings; a target of None takes the target out. Blanks at the ends of texts are cut.

    `Refused` if the text is not valid, if a setting is not, or if a rule or a calendar names a location that is
    no longer among `locations`. A location that is there under the same name (in any case) keeps its remarks.
    """
    before = parse(text)
    _check_still_used(before, locations)
    edited = document(before)
    said = {"name": name, "time_zone": time_zone, "week_starts": week_starts, "working_hours": working_hours}
    values: dict[str, Any] = {key: value.strip() for key, value in said.items()} | {"owner_emails": _words(owner_emails)}
    values |= {"country": country or None} if country != before.country else {}
    values |= {"days_off": _words(days_off)} if list(days_off) != days_in_words(before.days_off) else {}
    set_values(edited.setdefault("practice", tomlkit.table()), values)
    if leadership_target is not None or "targets" in edited:
        set_values(edited.setdefault("targets", tomlkit.table()), {"leadership": leadership_target})
    old, above = tables(edited, "location")
    known = {folded(location.name): table for location, table in zip(before.locations, old, strict=True)}
    new = [known.get(folded(location.name)) or tomlkit.table() for location in locations]
    for location, table in zip(locations, new, strict=True):
        set_values(table, {"name": location.name.strip(), "aliases": _words(location.aliases)})
    put(edited, "location", old, above, new)
    return finished(edited, before)


def days_in_words(days: Sequence[tuple[date, date]]) -> list[str]:
    """Days off as the file has them: `2026-12-25`, `2026-12-28..2027-01-02`."""
    return [str(first) if first == last else f"{first}..{last}" for first, last in days]


def with_places(text: str, also: Mapping[str, Sequence[str]], practice_wide: Sequence[str] = ()) -> str:
    """The text with more words for its locations (`also`: name, in any case, → aliases; one that is not there is added),
    and more words for places that belong to none. What is said already is not said twice. `Refused` if it is not valid."""
    before = parse(text)
    edited = document(before)
    old, above = tables(edited, "location")
    known = {folded(location.name): (table, location) for location, table in zip(before.locations, old, strict=True)}
    new = list(old)
    for name, aliases in also.items():
        if folded(name) not in known:
            known[folded(name)] = (tomlkit.table(), Location(name.strip()))
            new.append(known[folded(name)][0])
        table, location = known[folded(name)]
        words = _more((location.name, *location.aliases), aliases)[1:]
        set_values(table, {"name": location.name} | ({"aliases": words} if words else {}))
    put(edited, "location", old, above, new)
    wide = _more(before.practice_wide, practice_wide)
    if wide != list(before.practice_wide):
        if "places" not in edited:
            edited["places"] = tomlkit.table()
            if not re.search(r"(?:\A|\n\n)\[places\]", tomlkit.dumps(edited)):
                edited["places"].trivia.indent = "\n"
        set_values(edited["places"], {"practice_wide": wide})
    return finished(edited, before)


def with_rules(text: str, new_rules: Sequence[Rule], changed: Mapping[int, Rule | None] | None = None) -> str:
    """The text with these rules before all others, so that the newest answer wins.

    An existing rule with the very same conditions moves there with its remarks and is changed to the new one; of new
    rules with the same conditions the last counts. Their `number` is not looked at. Existing rules whose numbers are in
    `changed` become what it says where they stand, or go (None). `Refused` if the text or a rule is not valid.
    """
    before = parse(text)
    edited = document(before)
    wanted = {_conditions(rule): rule for rule in new_rules}
    old, above = tables(edited, "rule")
    known = {_conditions(rule): table for rule, table in zip(before.rules[::-1], old[::-1], strict=True)}
    new = [known.get(conditions) or tomlkit.table() for conditions in wanted]
    for rule, table in zip(wanted.values(), new, strict=True):
        _set_rule(table, rule)
    for rule, table in zip(before.rules, old, strict=True):
        now = changed.get(rule.number, rule) if changed else rule
        if now is not None and _conditions(rule) not in wanted:
            if now is not rule:
                _set_rule(table, now)
            new.append(table)
    put(edited, "rule", old, above, new)
    return finished(edited, before)


def with_order(text: str, order: Sequence[int]) -> str:
    """The text with its rules in this order, by their numbers; those that are not named go. `Refused` if it is not valid."""
    before = parse(text)
    edited = document(before)
    old, above = tables(edited, "rule")
    put(edited, "rule", old, above, [old[number - 1] for number in order])
    return finished(edited, before)


def with_otherwise(text: str, calendar: str, role: str | None) -> str:
    """The text with this role for what nothing else files on a calendar, which is added where it is not there yet; None
    takes it out. `Refused` if the text or the role is not valid."""
    before = parse(text)
    edited = document(before)
    old, above = tables(edited, "calendar")
    same = [table for each, table in zip(before.calendars, old, strict=True) if folded(each.name) == folded(calendar)]
    new = same or [tomlkit.table()]
    for table in new:
        set_values(table, ({} if same else {"name": calendar.strip()}) | {"otherwise": role})
    put(edited, "calendar", old, above, old if same else [*old, *new])
    return finished(edited, before)


def with_interruptions(
    text: str, *, marker: str, usual_minutes: float, logs: Collection[str], locations: Sequence[Location]
) -> str:
    """The text with what makes an event an interruption (`marker`, and the calendars that are `logs`), the usual length of one
    in minutes, and of each location named its telephones, open hours and team. `Refused` if any of it is not valid."""
    before = parse(text)
    edited = document(before)
    said = {"marker": marker.strip(), "usual_minutes": usual_minutes}
    if (before.marker, before.usual_minutes) != tuple(said.values()):
        set_values(edited.setdefault("interruptions", tomlkit.table()), said)
    old, above = tables(edited, "location")
    for table, location in zip(old, before.locations, strict=True):
        for now in locations:
            if folded(now.name) == folded(location.name):
                set_values(table, {"phones": list(now.phones) or None, "open": now.open.strip() or None, "team": now.team})
    put(edited, "location", old, above, old)
    old, above = tables(edited, "calendar")
    known = {folded(each.name) for each in before.calendars}
    wanted = {folded(name): name for name in logs}
    for table, each in zip(old, before.calendars, strict=True):
        kind = "interruptions" if folded(each.name) in wanted else None
        if kind != (each.kind or None):
            set_values(table, {"kind": kind})
    new = [tomlkit.table() for name in wanted if name not in known]
    for table, name in zip(new, (name for key, name in wanted.items() if key not in known), strict=True):
        set_values(table, {"name": name.strip(), "kind": "interruptions"})
    put(edited, "calendar", old, above, [*old, *new])
    return finished(edited, before)


def with_csv(text: str, shape: CsvShape, calendar: CalendarDefault | None = None) -> str:
    """The text with this [[csv]], in the place of one with the same name and columns in any case, else behind the others;
    and with this [[calendar]], unless one of its name is there already. `Refused` if the text or either is not valid."""
    before = parse(text)
    edited = document(before)
    old, above = tables(edited, "csv")
    known = {(folded(each.name), _columns(each)): table for each, table in zip(before.csv, old, strict=True)}
    table = known.get((folded(shape.name), _columns(shape)), tomlkit.table())
    values: dict[str, Any] = {"name": shape.name.strip()}
    for key in COLUMN_KEYS:
        values[key] = getattr(shape, key) or None
        if key in ("provider", "status"):  # what it says of the owner stands below its column
            words = "owner" if key == "provider" else "cancelled"
            values[words] = _words(getattr(shape, words)) or None
    set_values(table, {key: value for key, value in values.items() if value or key in table})
    put(edited, "csv", old, above, old if any(table is each for each in old) else [*old, table])
    if calendar and folded(calendar.name) not in map(folded, (each.name for each in before.calendars)):
        old, above = tables(edited, "calendar")
        new = tomlkit.table()
        said = {"name": calendar.name.strip(), "role": calendar.role, "location": calendar.location}
        set_values(new, {key: value for key, value in said.items() if value})
        put(edited, "calendar", old, above, [*old, new])
    return finished(edited, before)


def _columns(shape: CsvShape) -> tuple[str, ...]:
    return tuple(folded(getattr(shape, key)) for key in COLUMN_KEYS)


def _conditions(rule: Rule) -> tuple[str | tuple[str, ...] | None, ...]:
    return tuple(getattr(rule, condition) for condition in CONDITIONS)


def _set_rule(table: Any, rule: Rule) -> None:
    values = {condition: getattr(rule, condition) for condition in CONDITIONS}
    listed = {condition: list(value) or None for condition, value in values.items() if isinstance(value, tuple)}
    set_values(
        table, {"role": rule.role, "activity": rule.activity.strip() or None} | values | listed | {"location": rule.location}
    )


def _words(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(text.strip() for text in texts))


def _more(words: Sequence[str], others: Sequence[str]) -> list[str]:
    """These words, and those of the others that are new in any case."""
    found = list(words)
    for word in others:
        if folded(word) not in map(folded, found):
            found.append(word.strip())
    return found


def _check_still_used(before: Practice, locations: Sequence[Location]) -> None:
    kept = {folded(location.name) for location in locations}
    gone = {name for name in before.location_names if folded(name) not in kept}
    users: list[tuple[str, Sequence[CalendarDefault | Rule]]] = [("calendar", before.calendars), ("rule", before.rules)]
    for section, entries in users:
        for nth, entry in enumerate(entries):
            if entry.location in gone:
                what = f"the location '{entry.location}' is still used by [[{section}]] number {nth + 1}"
                mend = "Name another location there or take that entry out, then change the locations again"
                raise Refused(FILE_NAME, what, mend, line_of(before.text, (section, nth, "location")))
