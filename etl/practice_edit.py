"""practice.toml with other settings or more rules: text in, text out, the owner's remarks kept (`tomlkit`).

Remarks move with the heading below them; a [[rule]] or [[location]] that stands apart from its kind is gathered with it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit import TOMLDocument, items

from etl.model import CsvShape, Refused
from etl.practice import COLUMN_KEYS, CONDITIONS, FILE_NAME, CalendarDefault, Location, Practice, Rule, parse
from etl.practice_checks import folded
from etl.toml_lines import line_of


def with_settings(
    text: str,
    *,
    name: str,
    time_zone: str,
    week_starts: str,
    owner_emails: Sequence[str],
    working_hours: str,
    leadership_target: float | None,
    locations: Sequence[Location],
) -> str:
    """The text with these settings; a target of None takes the target out. Blanks at the ends of texts are cut.

    `Refused` if the text is not valid, if a setting is not, or if a rule or a calendar names a location that is
    no longer among `locations`. A location that is there under the same name (in any case) keeps its remarks.
    """
    before = parse(text)
    _check_still_used(before, locations)
    document = _document(before)
    said = {"name": name, "time_zone": time_zone, "week_starts": week_starts, "working_hours": working_hours}
    values = {key: value.strip() for key, value in said.items()} | {"owner_emails": _words(owner_emails)}
    _set(document.setdefault("practice", tomlkit.table()), values)
    if leadership_target is not None or "targets" in document:
        _set(document.setdefault("targets", tomlkit.table()), {"leadership": leadership_target})
    old, above = _tables(document, "location")
    known = {folded(location.name): table for location, table in zip(before.locations, old, strict=True)}
    new = [known.get(folded(location.name)) or tomlkit.table() for location in locations]
    for location, table in zip(locations, new, strict=True):
        _set(table, {"name": location.name.strip(), "aliases": _words(location.aliases)})
    _put(document, "location", old, above, new)
    return _finish(document, before)


def with_rules(text: str, new_rules: Sequence[Rule], changed: Mapping[int, Rule | None] | None = None) -> str:
    """The text with these rules before all others, so that the newest answer wins.

    An existing rule with the very same conditions moves there with its remarks and is changed to the new one; of new
    rules with the same conditions the last counts. Their `number` is not looked at. Existing rules whose numbers are in
    `changed` become what it says where they stand, or go (None). `Refused` if the text or a rule is not valid.
    """
    before = parse(text)
    document = _document(before)
    wanted = {_conditions(rule): rule for rule in new_rules}
    old, above = _tables(document, "rule")
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
    _put(document, "rule", old, above, new)
    return _finish(document, before)


def with_order(text: str, order: Sequence[int]) -> str:
    """The text with its rules in this order, by their numbers; those that are not named go. `Refused` if it is not valid."""
    before = parse(text)
    document = _document(before)
    old, above = _tables(document, "rule")
    _put(document, "rule", old, above, [old[number - 1] for number in order])
    return _finish(document, before)


def with_otherwise(text: str, calendar: str, role: str | None) -> str:
    """The text with this role for what nothing else files on a calendar, which is added where it is not there yet; None
    takes it out. `Refused` if the text or the role is not valid."""
    before = parse(text)
    document = _document(before)
    old, above = _tables(document, "calendar")
    same = [table for each, table in zip(before.calendars, old, strict=True) if folded(each.name) == folded(calendar)]
    new = same or [tomlkit.table()]
    for table in new:
        _set(table, ({} if same else {"name": calendar.strip()}) | {"otherwise": role})
    _put(document, "calendar", old, above, old if same else [*old, *new])
    return _finish(document, before)


def with_csv(text: str, shape: CsvShape, calendar: CalendarDefault | None = None) -> str:
    """The text with this [[csv]], in the place of one with the same name and columns in any case, else behind the others;
    and with this [[calendar]], unless one of its name is there already. `Refused` if the text or either is not valid."""
    before = parse(text)
    document = _document(before)
    old, above = _tables(document, "csv")
    known = {(folded(each.name), _columns(each)): table for each, table in zip(before.csv, old, strict=True)}
    table = known.get((folded(shape.name), _columns(shape)), tomlkit.table())
    values: dict[str, Any] = {"name": shape.name.strip()}
    for key in COLUMN_KEYS:
        values[key] = getattr(shape, key) or None
        if key in ("provider", "status"):  # what it says of the owner stands below its column
            words = "owner" if key == "provider" else "cancelled"
            values[words] = _words(getattr(shape, words)) or None
    _set(table, {key: value for key, value in values.items() if value or key in table})
    _put(document, "csv", old, above, old if any(table is each for each in old) else [*old, table])
    if calendar and folded(calendar.name) not in map(folded, (each.name for each in before.calendars)):
        old, above = _tables(document, "calendar")
        new = tomlkit.table()
        said = {"name": calendar.name.strip(), "role": calendar.role, "location": calendar.location}
        _set(new, {key: value for key, value in said.items() if value})
        _put(document, "calendar", old, above, [*old, new])
    return _finish(document, before)


def _columns(shape: CsvShape) -> tuple[str, ...]:
    return tuple(folded(getattr(shape, key)) for key in COLUMN_KEYS)


def _document(practice: Practice) -> TOMLDocument:
    return tomlkit.parse(practice.text.replace("\r\n", "\n").rstrip("\n") + "\n")


def _finish(document: TOMLDocument, before: Practice) -> str:
    """The text as it goes into the file, or `Refused`: what the reader would not take is never written."""
    text = tomlkit.dumps(document).strip("\n") + "\n"
    try:
        text.encode()
        parse(text)
    except UnicodeEncodeError:
        raise Refused(FILE_NAME, "a text holds a sign that no file can hold", "Type it anew") from None
    except Refused as refused:  # its line would be one of a text that nobody has seen
        raise Refused(FILE_NAME, refused.what, refused.mend) from None
    return text.replace("\n", "\r\n") if "\r\n" in before.text else text


def _conditions(rule: Rule) -> tuple[str | tuple[str, ...] | None, ...]:
    return tuple(getattr(rule, condition) for condition in CONDITIONS)


def _set_rule(table: Any, rule: Rule) -> None:
    values = {condition: getattr(rule, condition) for condition in CONDITIONS}
    listed = {condition: list(value) or None for condition, value in values.items() if isinstance(value, tuple)}
    _set(table, {"role": rule.role, "activity": rule.activity.strip() or None} | values | listed | {"location": rule.location})


def _words(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(text.strip() for text in texts))


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


def _set(table: Any, values: Mapping[str, Any]) -> None:
    """Let a table say this; None takes a key out.

    What says so already keeps its form; the remarks beside a key that goes, or within a list that changes, stand below.
    """
    below = _cut(table)
    for key, value in values.items():
        now = table.get(key)
        if value == now or (value == [] and now is None):
            continue
        remarks = _remarks(now)
        if value is None:
            remarks.append(now.trivia.comment)
            del table[key]
        else:
            literal = isinstance(value, str) and "\\" in value and not re.search(r"['\x00-\x1f\x7f]", value)
            table[key] = tomlkit.string(value, literal=True) if literal else value
        below = "".join(f"{remark}\n" for remark in remarks if remark) + below
    if below and isinstance(table, items.Table):  # braces hold no remarks
        table.value.body.append((None, items.Whitespace(below)))


def _remarks(value: object) -> list[str]:
    found = value._iter_items() if isinstance(value, items.Array) else ()  # no public way leads to them
    return [item.trivia.comment for item in found if isinstance(item, items.Comment)]


def _cut(table: Any) -> str:
    """Cut off, and return, what stands below the last key of a table."""
    if not isinstance(table, items.Table):
        return ""
    body = table.value.body
    end = max((at for at, (key, _) in enumerate(body, 1) if key), default=0)
    below = "".join(item.as_string() for _, item in body[end:])
    del body[end:]
    return below


def _tables(document: TOMLDocument, section: str) -> tuple[list[items.Table], list[str]]:
    """The tables of a [[section]]; what stands above each, cut off, and what stands below the last."""
    found = document.get(section)
    if not isinstance(found, items.AoT):  # none, or a list in braces
        document.pop(section, None)
        tables = [items.item(values.unwrap()) for values in found or ()]
        return tables, [""] * len(tables) + ["".join(f"{remark}\n" for remark in _remarks(found))]
    at = next(at for at, (_, item) in enumerate(document.body) if item is found)
    before: Any = document.body[at - 1][1] if at else None
    before = before[-1] if isinstance(before, items.AoT) else before
    apart, above = re.findall(r"(?s)(.*?)((?:(?<![^\n])[ \t]*#[^\n]*\n)*)\Z", _cut(before))[0]
    if apart:
        before.value.body.append((None, items.Whitespace(apart)))
    return list(found), [above, *(_cut(table) for table in found)]


def _put(document: TOMLDocument, section: str, old: Sequence[Any], above: Sequence[str], new: Sequence[Any]) -> None:
    """Let a [[section]] be the new tables, each below its remarks; those of tables that go stand below the last."""
    remarks = {id(table): text for table, text in zip(old, above, strict=False)}
    found = document.get(section, tomlkit.aot())
    found.clear()
    for table in new:
        own = remarks.pop(id(table), "").lstrip("\n")
        table.trivia.indent = ("\n" if found else "") + own + table.trivia.indent
        found.append(table)
    if not new:
        document.pop(section, None)
    elif section not in document:
        document[section] = found
    below = "".join(text for text in remarks.values() if text.strip()) + above[-1]
    (new[-1].value if new else document).body.append((None, items.Whitespace(below)))
