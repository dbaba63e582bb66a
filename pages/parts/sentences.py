"""What a page's heading says, by fixed rules from the numbers below it: the finding, never a label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pages.parts.format import between, count, hours, in_words, number, percent, short
from pages.parts.period import Period, before_in_words

ROUNDING = 0.05
"""Hours that no number on a page shows."""
CLEARLY = 1.1
"""How many times the next one a location has before it is said to have most."""
STANDS_OUT = 1.25
"""How many times its even part a location takes before it is said to take most."""


def led(
    period: Period,
    leading: float,
    work: float,
    leading_a_week: float,
    work_a_week: float,
    target: float | None,
    places: Sequence[str] = (),
) -> str:
    """ "You led 3.5 of your 52 hours a week. Your target is 8."

    Hours of leadership and of all work, in the period and a week. Less than a week is told in its own hours, without
    the target, which is for a week. `places` are names of chosen locations, escaped already.
    """
    at = f"For {in_words(list(places))}, you" if places else "You"
    if work <= 0:
        return "No counted hours in these days."
    if period.days < 7:
        lead_in = "So far this week, you" if period.so_far and not places else at
        days = "" if period.so_far and not places else f" in {count(period.days, 'day')}"
        return f"{lead_in} led {short(leading)} of {short(work)} hours{days}."
    said = f"{at} led {short(leading_a_week)} of your {short(work_a_week)} hours a week."
    if target is None or places or not period.share:
        return said
    off = f", with {count(period.days_off, 'day')} off" if period.share < 1 else ""
    aim = target * period.share
    met = leading_a_week >= aim - ROUNDING
    return said + (
        f" Your target of {number(aim)}{off}, is met."
        if met and off
        else f" Your target of {number(aim)} is met."
        if met
        else f" Your target is {number(aim)}{off}."
    )


def managed(
    period: Period,
    managing: float,
    change_a_week: float | None,
    shares: Mapping[str, float],
    low: float | None,
    high: float | None,
) -> str:
    """The next facts: how much managing, more or less than before, who takes most of it, how much the team could carry.

    `managing`, `low` and `high` are hours a week; `shares` maps a location (escaped) to its share of the managing that was
    for one location.
    """
    if managing <= 0:
        return "None of it was managing."
    said = f"Management took {hours(managing)}{period.each_week}"
    if change_a_week is not None and period.before_from is not None:
        if abs(change_a_week) < ROUNDING:
            said += f", the same as {_than(period)}"
        else:
            more = "more" if change_a_week > 0 else "less"
            said += f", {hours(abs(change_a_week))} {more} than {_than(period)}"
    said += "."
    if len(shares) > 1:
        name, most = max(shares.items(), key=lambda item: item[1])
        if most >= STANDS_OUT / len(shares):
            said += f" {name} alone took {percent(most)} of the managing that was for one location."
    if high is not None and low is not None and high > 0:
        said += f" Of all managing, {between(low, high)}{period.each_week} may not need you."
    return said


def _than(period: Period) -> str:
    before = before_in_words(period)
    return f"in {before}" if before.startswith("the ") and before.endswith("before") else before


def asks_most(hours_of_managing: Mapping[str, float], pulls: Mapping[str, float]) -> str:
    """ "Riverside asks most, and gets most of your managing." Maps are by location, escaped, without Practice-wide."""
    managed_most = stands_out(hours_of_managing)
    asked_most = stands_out(pulls)
    if asked_most and managed_most:
        if asked_most == managed_most:
            return f"{asked_most} asks most, and gets most of your managing."
        return f"{asked_most} asks most; {managed_most} gets most of your managing."
    if managed_most:
        return f"{managed_most} gets most of your managing."
    if asked_most:
        return f"{asked_most} asks most."
    if any(hours_of_managing.values()) or any(pulls.values()):
        return "No location asks more of you than the others."
    return "No managing was for one location in these days."


def one_place(weekly: Mapping[str, float], named: bool) -> str:
    """ "Riverside gets 9.1 of your hours a week." for a single one; asks for names where no location has one yet."""
    name, value = next(iter(weekly.items()))
    return f"{name} gets {short(value)} of your hours a week." if named else "No location has a name yet."


def stands_out(values: Mapping[str, float]) -> str:
    """The one with the largest value; "" where the next one is nearly as large, or where there is none."""
    (name, most), (_, next_one) = sorted([*values.items(), ("", 0.0), ("", 0.0)], key=lambda item: -item[1])[:2]
    return name if most > CLEARLY * next_one and number(most) != number(next_one) else ""


def counted_of(steps: Sequence[tuple[str, float]]) -> str:
    """ "207 h counted of 231 h in the calendars: less 12 h all-day, plus 1 h interruptions outside the calendar."

    `steps` are the waterfall's (words, signed hours), the whole first and what was counted last.
    """
    if len(steps) < 2:
        return ""
    between = [
        f"{'less' if value < 0 else 'plus'} {hours(abs(value))} {name[:1].lower()}{name[1:]}"
        for name, value in steps[1:-1]
        if abs(value) >= 0.05
    ]
    said = f"{hours(steps[-1][1])} counted of {hours(steps[0][1])} {steps[0][0][:1].lower()}{steps[0][0][1:]}"
    return f"{said}: {', '.join(between)}." if between else f"{said}."


def loaded(calendars: int, logs: int) -> str:
    """How many calendars and logs are loaded, as a sentence."""
    parts = [count(calendars, "calendar")] * bool(calendars) + [count(logs, "log")] * bool(logs)
    if not parts:
        return "Nothing is loaded yet."
    return f"{in_words(parts)} {'is' if calendars + logs == 1 else 'are'} loaded."
