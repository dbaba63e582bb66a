"""The half minute in words: a row of the mart half_minute as a sentence, the same on every page and on paper.

Which facts are told, in which order, and when the data is too thin for one, says the mart; this only writes.
"""

from collections.abc import Mapping
from typing import Any, Protocol

ROUNDING = 0.05
"""Hours that no number on a page shows."""
_NUMBERS = ("No", "One", "Two", "Three", "Four")


class Writing(Protocol):
    """How numbers and names are written where the sentence will stand, as the module pages.parts.format does it."""

    def number(self, value: float, /) -> str: ...
    def short(self, value: float, /) -> str: ...
    def hours(self, value: float, /) -> str: ...
    def between(self, low: float, high: float, /) -> str: ...
    def percent(self, value: float, /) -> str: ...
    def label(self, text: str, /) -> str: ...


def sentence(row: Mapping[str, Any], write: Writing, when: str = "", before: str = "") -> str:
    """ "Last week you led 3.5 of your 52 hours; your target is 8."

    `when` begins the first sentence ("Last week"; "" says nothing of the period); `before` names the time that changes are held
    against ("the week before").
    """
    each = " a week" if row["days"] > 7 else ""
    match row["fact"]:
        case "nothing":
            return "No counted hours in these days."
        case "unfiled":
            return _unfiled(row, write, each)
        case "led":
            return _led(row, write, when, each)
        case "thin":
            return f"{write.hours(row['hours'])} in {_days(row['days'])} is too little to say more."
        case "location":
            most = f"the most of {row['amount']:.0f} locations"
            return f"{write.label(row['name'])} took {write.percent(row['share'])} of your management hours, {most}."
        case "managed":
            return _managed(row, write, before, each)
        case "topics":
            verb = "comes" if row["amount"] == 1 else "come"
            range_ = write.between(row["least_hours"], row["hours"])
            return f"{_some(row['amount'], 'topic')} you could hand over {verb} to {range_}{each}."
        case "series":
            events, verb, which = ("events", "take", "one") if row["amount"] > 1 else ("event", "takes", "it")
            again = "come again" if row["amount"] > 1 else "comes again"
            took = f"{verb} {write.hours(row['hours'])} of management{each}"
            return f"{_NUMBERS[int(row['amount'])]} {events} that {again} {took}: could somebody else have {which}?"
        case "log_thin":
            return f"Your log has entries on {_days(row['amount'])}: too few to say what you could hand over."
        case "not_marked":
            return "What your log marks as the team's comes to less than a quarter of an hour a week."
        case "no_log":
            return "No interruption is logged in these days: log a week of them to see what you could hand over."
    raise LookupError(f"no words for {row['fact']}")


def _unfiled(row: Mapping[str, Any], write: Writing, each: str) -> str:
    whole = f"your {write.short(row['of_hours'])} hours{each}"
    if row["share"] == 1:
        return f"None of {whole} has a role yet."
    return f"{write.percent(row['share'])} of {whole} have no role yet."


def _led(row: Mapping[str, Any], write: Writing, when: str, each: str) -> str:
    amount = write.short(row["hours"]) if row["hours"] >= ROUNDING else "none"
    said = f"{f'{when} you' if when else 'You'} led {amount} of your {write.short(row['of_hours'])} hours{each}"
    if row["target"] is None:
        return f"{said}."
    off = f", with {row['days_off']:.0f} day{'s' * (row['days_off'] != 1)} off" if row["days_off"] else ""
    target = f"{write.number(row['target'])}{off}{',' * bool(off)}"
    met = row["hours"] >= row["target"] - ROUNDING
    return f"{said}; your target of {target} is met." if met else f"{said}; your target is {target.rstrip(',')}."


def _managed(row: Mapping[str, Any], write: Writing, before: str, each: str) -> str:
    if row["hours"] < ROUNDING:
        return "None of it was management."
    said = f"Management took {write.hours(row['hours'])}{each}"
    if row["change"] is None or not before:
        return f"{said}, {write.percent(row['share'])} of your hours."
    more = "more" if row["change"] > 0 else "less"
    than = before if before.startswith("the same") else f"in {before}"
    return f"{said}, {write.hours(abs(row['change']))} {more} than {than}."


def _some(amount: float, one: str) -> str:
    return f"{_NUMBERS[int(amount)]} {one}{'' if amount == 1 else 's'}"


def _days(amount: float) -> str:
    return "1 day" if amount == 1 else f"{amount:.0f} days"
