"""What a page's heading says, by fixed rules from the numbers below it: the finding, never a label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from etl.half_minute import sentence
from pages.parts import format as written
from pages.parts.format import count, day, hours, in_words, label, number, short, tight
from pages.parts.period import LAST, THIS, Period, before_in_words

CLEARLY = 1.1
"""How many times the next one a location has before it is said to have most."""
ASKS, TIMES = 10, 4 / 3
"""How many interruptions, and how many times those of the next, before a location is said to ask most: as the mart against."""
SHOWN = {
    "led": "average-week",
    "managed": "average-week",
    "location": "managing",
    "topics": "hand-over",
}
"""The picture on Overview that shows what a sentence of the half minute says, by its anchor."""
WAYS = {
    "nothing": ("data", "Load a calendar on Data", ":material/upload_file:"),
    "unfiled": ("roles", "File them on Roles", ":material/sell:"),
    "thin": ("data", "Load more on Data", ":material/upload_file:"),
    "series": ("handing_over", "See them on Handing over", ":material/handshake:"),
    "log_thin": ("log", "Write down what interrupts you", ":material/edit_note:"),
    "not_marked": ("log", "Mark what the team could carry", ":material/edit_note:"),
    "no_log": ("log", "Write down what interrupts you", ":material/edit_note:"),
}
"""Where a sentence leads that no picture on Overview shows: page, what is done there, icon."""


def half_minute(rows: Sequence[Mapping[str, Any]], these: Period, places: Sequence[str] = ()) -> list[str]:
    """The sentences of the mart half_minute as markdown, each a link to the picture that shows it. `places` are the names of
    chosen locations."""
    before = before_in_words(these)
    texts = [tight(sentence(row, written, when(these, places), before)) for row in rows]
    return [f"[{text}](#{SHOWN[row['fact']]})" if row["fact"] in SHOWN else text for row, text in zip(rows, texts, strict=True)]


def ways_on(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """What helps where the data is too thin: page, what is done there, icon."""
    return [WAYS[row["fact"]] for row in rows if row["fact"] in WAYS]


def when(these: Period, places: Sequence[str] = ()) -> str:
    """ "Last week", "Over 13 weeks, for North": how a sentence about these days begins, "" where they are no whole weeks."""
    if these.current:
        called = these.preset if these.preset in (THIS, LAST) else f"This {these.preset}"
        lead_in = f"So far {called.lower()}" if these.so_far else called.capitalize()
    elif these.days < 7:
        lead_in = f"In {count(these.days, 'day')}"
    elif these.preset in (THIS, LAST):
        lead_in = f"In the week of {day(these.from_day, year=False)}"
    else:
        lead_in = f"Over {count(these.whole_weeks, 'week')}" if these.whole_weeks else ""
    at = f"for {in_words([label(name) for name in places])}" if places else ""
    said = ", ".join(part for part in (lead_in, at) if part)
    return f"{said[:1].upper()}{said[1:]}{',' * bool(places)}"


def asks_most(hours_of_managing: Mapping[str, float], pulls: Mapping[str, float]) -> str:
    """ "Riverside asks most, and gets the most of your managing." Maps are by location, escaped, without Practice-wide;
    `pulls` are how many interruptions there were."""
    managed_most = stands_out(hours_of_managing)
    asked_most = stands_out(pulls, TIMES) if max(pulls.values(), default=0) >= ASKS else ""
    if asked_most and managed_most:
        if asked_most == managed_most:
            return f"{asked_most} asks most, and gets the most of your managing."
        return f"{asked_most} asks most; {managed_most} gets the most of your managing."
    if managed_most:
        return f"{managed_most} gets the most of your managing."
    if asked_most:
        return f"{asked_most} asks most."
    if any(hours_of_managing.values()) or any(pulls.values()):
        return "No location asks more of you than the others."
    return "No managing was for one location in these days."


def one_place(weekly: Mapping[str, float], named: bool, each: str = " a week") -> str:
    """ "Riverside gets 9.1 of your hours a week." for a single one; asks for names where no location has one yet."""
    name, value = next(iter(weekly.items()))
    return f"{name} gets {short(value)} of your hours{each}." if named else "No location has a name yet."


def stands_out(values: Mapping[str, float], times: float = CLEARLY) -> str:
    """The one with the largest value; "" where the next one is nearly as large, or where there is none."""
    (name, most), (_, next_one) = sorted([*values.items(), ("", 0.0), ("", 0.0)], key=lambda item: -item[1])[:2]
    return name if most > times * next_one and number(most) != number(next_one) else ""


def counted_of(steps: Sequence[tuple[str, float]]) -> str:
    """ "207 h counted of 231 h in the calendars: less 12 h all-day, plus 1 h interruptions outside the calendar." Where nothing
    is taken off, "24 h counted: 23 h in the calendars, plus 1 h interruptions outside the calendar."

    `steps` are the waterfall's (words, signed hours), the whole first and what was counted last.
    """
    if len(steps) < 2:
        return ""
    between = [
        f"{'less' if value < 0 else 'plus'} {hours(abs(value))} {name[:1].lower()}{name[1:]}"
        for name, value in steps[1:-1]
        if abs(value) >= 0.05
    ]
    whole = f"{hours(steps[0][1])} {steps[0][0][:1].lower()}{steps[0][0][1:]}"
    counted = f"{hours(steps[-1][1])} counted"
    if between and all(each.startswith("plus") for each in between):
        return f"{counted}: {', '.join([whole, *between])}."
    return f"{counted} of {whole}: {', '.join(between)}." if between else f"{counted} of {whole}."


def loaded(calendars: int, logs: int) -> str:
    """How many calendars and logs are loaded, as a sentence."""
    parts = [count(calendars, "calendar")] * bool(calendars) + [count(logs, "log")] * bool(logs)
    if not parts:
        return "Nothing is loaded yet."
    return f"{in_words(parts)} {'is' if calendars + logs == 1 else 'are'} loaded."
