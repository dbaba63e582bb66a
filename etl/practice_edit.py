"""practice.toml with other settings or more rules: text in, text out, the owner's remarks and order kept."""

import re
from collections.abc import Sequence

from etl.model import Refused
from etl.practice import CONDITIONS, FILE_NAME, CalendarDefault, Location, Practice, Rule, parse
from etl.practice_checks import folded
from etl.toml_edit import Block, Value, blocks, replaced, table, with_headings, with_section, with_values
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
    text = with_headings(_unix(before.text))
    practice: dict[str, Value] = {
        "name": name.strip(),
        "time_zone": time_zone.strip(),
        "week_starts": week_starts.strip(),
        "owner_emails": [address.strip() for address in owner_emails],
        "working_hours": working_hours.strip(),
    }
    text = with_section(text, "practice", practice)
    text = with_section(text, "targets", {"leadership": leadership_target})
    return _finish(_with_locations(text, before, locations), before.text)


def with_rules(text: str, new_rules: Sequence[Rule]) -> str:
    """The text with these rules before all others, so that the newest answer wins.

    An existing rule with the very same conditions moves there with its remarks and is changed to the new one; of new
    rules with the same conditions the last counts. `number` is not looked at. `Refused` if the text or a rule is
    not valid.
    """
    before = parse(text)
    text = with_headings(_unix(before.text))
    old = blocks(text, "rule")
    wanted = {_conditions(rule): rule for rule in new_rules}
    same: dict[tuple[str | None, ...], Block] = {}
    for rule, block in zip(before.rules, old, strict=True):
        if _conditions(rule) in wanted:
            same.setdefault(_conditions(rule), block)
    new = []
    for conditions, rule in wanted.items():
        values: dict[str, Value] = {"role": rule.role, "activity": rule.activity.strip() or None}
        values |= dict(zip(CONDITIONS, conditions, strict=True))
        values["location"] = rule.location
        new.append(_written(same.get(conditions), "rule", values))
    edits = [(block.start, block.end, "") for rule, block in zip(before.rules, old, strict=True) if _conditions(rule) in wanted]
    return _finish(replaced(text, edits + _inserted(text, old[:1], new)), before.text)


def exact(title: str) -> str:
    """A regular expression that, searched in any case, finds this title and no other (but for a line end behind it).

    Only signs with a meaning are escaped, so that an owner can read it in the file.
    """
    return "^" + re.sub(r"[\\.^$*+?{}\[\]|()]", r"\\\g<0>", title).replace("\b", r"\x08") + "$"


def literal_of(pattern: str) -> str | None:
    """The title a pattern finds, if it has the form that `exact` gives (or `re.escape` between ^ and $), else None."""
    body = re.fullmatch(r"\^((?:\\x08|\\[^A-Za-z0-9]|[^\\.^$*+?{}\[\]|()])*)\$", pattern, re.DOTALL)
    if not body:
        return None
    return re.sub(r"\\(x08|.)", lambda sign: "\b" if sign[1] == "x08" else sign[1], body[1], flags=re.DOTALL)


def _unix(text: str) -> str:
    text = text.replace("\r\n", "\n")
    return text if text.endswith("\n") or not text else text + "\n"


def _finish(text: str, before: str) -> str:
    """The text as it goes into the file, or `Refused`: what the reader would not take is never written."""
    try:
        text.encode()
        parse(text)
    except UnicodeEncodeError:
        raise Refused(FILE_NAME, "a text holds a sign that no file can hold", "Type it anew") from None
    except Refused as refused:  # its line would be one of a text that nobody has seen
        raise Refused(FILE_NAME, refused.what, refused.mend) from None
    return text.replace("\n", "\r\n") if "\r\n" in before else text


def _conditions(rule: Rule) -> tuple[str | None, ...]:
    return tuple(getattr(rule, condition) for condition in CONDITIONS)


def _check_still_used(before: Practice, locations: Sequence[Location]) -> None:
    kept = {folded(location.name) for location in locations}
    for name in before.location_names:
        sections: list[tuple[str, Sequence[CalendarDefault | Rule]]]
        sections = [("calendar", before.calendars), ("rule", before.rules)]
        for section, users in sections:
            for nth, user in enumerate(users):
                if user.location == name and folded(name) not in kept:
                    what = f"the location '{name}' is still used by [[{section}]] number {nth + 1}"
                    mend = "Name another location there or take that entry out, then change the locations again"
                    raise Refused(FILE_NAME, what, mend, line_of(before.text, (section, nth, "location")))


def _with_locations(text: str, before: Practice, locations: Sequence[Location]) -> str:
    """The locations in their new order in the places of those that stay, further ones behind them."""
    kept = {folded(location.name) for location in locations}
    old = {folded(location.name): block for location, block in zip(before.locations, blocks(text, "location"), strict=True)}
    new = []
    for location in locations:
        values: dict[str, Value] = {
            "name": location.name.strip(),
            "aliases": [alias.strip() for alias in location.aliases],
        }
        new.append(_written(old.get(folded(location.name)), "location", values))
    slots = [block for name, block in old.items() if name in kept]
    edits = [(block.heading, block.end, "") for name, block in old.items() if name not in kept]
    if slots:
        new[len(slots) - 1 :] = ["\n\n".join(new[len(slots) - 1 :])]
        edits += [(block.start, block.end, block_text) for block, block_text in zip(slots, new, strict=True)]
    else:
        first = [*old.values(), *blocks(text, "calendar"), *blocks(text, "rule")]
        edits += _inserted(text, sorted(first, key=lambda block: block.start)[:1], new)
    return replaced(text, edits)


def _written(found: Block | None, section: str, values: dict[str, Value]) -> str:
    """A block with these values: the one found, changed where it says something else, or a new one."""
    if not found:
        return table(f"[[{section}]]", values)
    return with_values(found.text + "\n", (section, 0), values).rstrip("\n")


def _inserted(text: str, before: Sequence[Block], new: Sequence[str]) -> list[tuple[int, int, str]]:
    """The edit that puts new blocks in front of a block, or at the end of the text if there is none."""
    if not new:
        return []
    if before:
        return [(before[0].start, before[0].start, "".join(f"{block}\n\n" for block in new))]
    return [(len(text), len(text), "".join(f"\n{block}\n" for block in new))]
