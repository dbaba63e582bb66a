"""What the page of handing over says, from what the marts and the ledger give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from etl.ledger import Entry, Sides
from pages.parts.format import between, brief, change, count, day, hours, label, number
from pages.parts.ink import ROLE_NAMES

WHY_NOT = {
    "holiday": "you were away: there is work on fewer than half of the days that are usual",
    "not logged": "the log has entries on fewer than two days",
    "not over": "it is not over",
    "not loaded": "what is loaded does not reach it",
}
VERDICTS = {
    "too early": ("Too early to say", ":material/hourglass_empty:"),
    "holding": ("Holding", ":material/check_circle:"),
    "bounced back": ("Bounced back", ":material/undo:"),
    "no change": ("No change seen", ":material/trending_flat:"),
}


def verdict(entry: Entry) -> tuple[str, str]:
    """The verdict in words, and its icon; of one that ended, that it did."""
    word, icon = VERDICTS[entry.verdict.word]
    return (f"Yours again; until then: {word[0].lower()}{word[1:]}" if entry.ended_on else word), icon


def speaks_for(row: Mapping[str, Any]) -> str:
    """`asked from 3 locations, you marked 8 of 10 as the team's, with patients 6 times`."""
    said = []
    if row["kind"] == "topic":
        said.append(f"{count(row['times'], 'interruption')}")
        if row["locations"] > 1:
            said.append(f"asked from {row['locations']} locations")
        if row["could"]:
            said.append(f"you marked {row['could']} of {row['times']} as the team's")
        if row["with_patients"]:
            said.append(f"{count(row['with_patients'], 'time')} with patients")
        if row["needed"]:
            said.append(f"{row['needed']} needed you")
    else:
        said.append(count(row["times"], "event"))
        if row["every_week"]:
            said.append("in every week")
        if row["locations"] > 1:
            said.append(f"at {row['locations']} locations")
        said.append("management, and it comes again")
    return ", ".join(said)


def title(rows: Sequence[Mapping[str, Any]], a_week: str) -> str:
    """The finding: how much of it could go."""
    asked, planned = (
        next((row for row in rows if row["kind"] == kind and not row["handed"]), None) for kind in ("topic", "group")
    )
    said = []
    if asked:
        said.append(f"What the team could answer takes {between(asked['open_low_a_week'], asked['open_high_a_week'])}{a_week}")
    if planned and asked:
        said.append(f"management that comes again, {hours(planned['open_high_a_week'])}")
    elif planned:
        said.append(f"Management that comes again takes {hours(planned['open_high_a_week'])}{a_week}")
    if not said:
        return "Nothing in these days asks to be handed over."
    return f"{'; '.join(said)}."


def candidate_rows(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The table under the picture."""
    return [
        {
            "What": label(str(row["label"])),
            "It is": "a topic" if row["kind"] == "topic" else "events",
            "Hours a week": between(row["low_hours_a_week"], row["high_hours_a_week"]),
            "What speaks for it": speaks_for(row),
            "Handed over": "yes" if row["handed"] else "",
        }
        for row in rows
    ]


def came_back(entry: Entry) -> str:
    """`3.5 → 0.5 h a week, 4 → 1 interruptions a week: 3 h a week came back to you.`"""
    sides = entry.together
    if sides.hours_before is None or sides.hours_after is None:
        return "There are no weeks to compare yet."
    noun = "interruptions" if entry.of == "topic" else "events"
    in_hours = f"{number(sides.hours_before)} → {hours(sides.hours_after)} a week"
    parts = f"{in_hours}, {number(sides.pulls_before)} → {number(sides.pulls_after)} {noun} a week"
    back = entry.came_back or 0.0
    if abs(back) * 60 < 1:
        return f"{parts}."
    return f"{parts}: {brief(abs(back))} a week {'less' if back > 0 else 'more'} than before."


def who(entry: Entry) -> str:
    """`Head nurse, from 2 Feb 2026, for North and Riverside`."""
    where = ", ".join(label(name) for name in entry.locations) if entry.locations else "all locations"
    until = f", yours again from {day(entry.ended_on)}" if entry.ended_on else ""
    what = "Answer written for" if entry.kind == "written answer" else "Taken by"
    lost = ", ".join(label(name) for name in entry.unknown_locations)
    gone = f" Not a location of your practice any more, so nothing of it is found there: {lost}." if lost else ""
    return f"{what} {label(entry.to_role)} from {day(entry.from_day)}, {where}{until}.{gone}"


def left_out(entry: Entry) -> list[str]:
    """Which weeks are not compared, and why."""
    runs = [(why, list(weeks)) for why, weeks in groupby(entry.weeks, lambda week: week.left_out)]
    return [
        f"{day(weeks[0].begins, year=False)} to {day(weeks[-1].ends)}: {WHY_NOT[why]}"
        for why, weeks in runs
        if why not in ("", "not over")
    ]


def week_rows(entry: Entry) -> list[dict[str, str]]:
    """All weeks as a table."""
    sides = {"before": "before", "after": "after", "": "drawn only"}
    return [
        {
            "Week": f"{day(week.begins)} to {day(week.ends)}",
            "Hours": brief(week.hours),
            "How many": str(week.pulls),
            "Compared": WHY_NOT[week.left_out] if week.left_out else sides[week.side],
        }
        for week in entry.weeks
    ]


def location_rows(entry: Entry) -> list[dict[str, str]]:
    """Before and after, by location."""
    return [
        {"Location": label(each.name), "Hours a week before": brief(each.hours_before), "After": brief(each.hours_after)}
        for each in entry.by_location
    ]


def where_went(where: Sequence[Sides]) -> str:
    """`Leadership +1.5 h, management −3 h a week in the same weeks.` No cause is claimed."""
    moved = [
        f"{ROLE_NAMES[each.name].lower()} {change(each.hours_after - each.hours_before)}"
        for each in where
        if each.hours_before is not None and each.hours_after is not None and abs(each.hours_after - each.hours_before) >= 0.05
    ]
    if not moved:
        return "In the same weeks your hours by role stayed as they were."
    return f"In the same weeks, a week: {', '.join(moved)}. Other things changed in these weeks too; this is no proof of cause."


def what_if_rows(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The week as it is and as it would be."""
    return [
        {
            "Role": ROLE_NAMES[str(row["role"])],
            "Hours a week": hours(row["hours_a_week"]),
            "Would come back": between(row["low_freed_a_week"], row["high_freed_a_week"]),
            "Would be left": hours(row["left_a_week"]),
        }
        for row in rows
        if row["hours_a_week"]
    ]
