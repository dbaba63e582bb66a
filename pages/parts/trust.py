"""How far the log can be trusted: a sentence and a row of days under every picture that is made from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from pages.parts import charts_log, data, frames
from pages.parts.format import between, brief, count, day, hours, percent, span, tight
from pages.parts.picture import numbers, picture
from pages.parts.view import View

ENOUGH = 10
"""Logged days from which on a range is given."""


def question(view: View) -> data.Question:
    """What `line` and `draw` ask: a page asks it along with its own, to open the file once."""
    return "log_trust", view.where


def line(view: View, whole: bool = True) -> None:
    """The sentence, for the chosen days and locations; its beginning alone where the page has said the whole."""
    facts = _asked(view, question(view))
    st.caption(tight(in_words(facts)) if whole else f"{kept_on(facts)}.")


def of_days(view: View, first: date, last: date) -> None:
    """The sentence for other days than the chosen ones, and all locations."""
    alone = {"from_day": first, "to_day": last, "locations": None}
    st.caption(f"{span(first, last)}: {in_words(_asked(view, ('log_trust', alone)))}")


def draw(view: View, key: str = "log_days") -> None:
    """The sentence and the days: which of them have entries, and where the gaps are."""
    trusted, marked = data.ask(view.db, question(view), ("log_days", view.span))
    facts, days = frames.records(trusted)[0], frames.records(marked)
    st.markdown(tight(in_words(facts)))
    picture(
        charts_log.days(days, view.ink),
        key,
        f"{count(facts['logged_days'], 'working day')} of {facts['working_days']} have entries in the log.",
    )
    st.caption("A bar for each working day, as high as its interruptions are many; a ring: no entry.")
    numbers([_row(each) for each in days if each["working"]], key, note=RULE)


RULE = (
    "A working day is one of your working hours on which your calendar has work, or any day with an entry. "
    "A day without an entry may have had no interruption, or none that was written down: nothing is added for it."
)


def in_words(facts: Mapping[str, Any]) -> str:
    """`The log was kept on 14 of 20 working days. Measured or typed, none estimated.` and the range where there is one."""
    logged, working = int(facts["logged_days"]), int(facts["working_days"])
    said = [kept_on(facts)]
    if not logged:
        return f"{said[0]}."
    share = facts["estimated_share"]
    said.append(f"{percent(share)} of its hours are estimated" if share else "none of its hours are estimated")
    text = ", ".join(said) + "."
    if logged == working:
        return text
    if facts["high_hours_a_week"] is None:
        return f"{text} Hours are as logged, nothing is added for the other days; from {ENOUGH} logged days on a range is given."
    low, high = float(facts["low_hours_a_week"]), float(facts["high_hours_a_week"])
    if brief(low) == brief(high):
        return text
    return f"{text} As logged {hours(low)} a week; {between(low, high)} if unlogged days were alike."


def kept_on(facts: Mapping[str, Any]) -> str:
    """`The log was kept on 14 of 20 working days`, without a full stop."""
    logged, working = int(facts["logged_days"]), int(facts["working_days"])
    if logged:
        return f"The log was kept on {logged} of {count(working, 'working day')}"
    if working < 2:
        return "The log has no entry" + ("" if working else ", and no working day to have one on")
    return f"The log has no entry on any of {count(working, 'working day')}"


def _asked(view: View, what: data.Question) -> dict[str, Any]:
    return frames.records(data.ask(view.db, what)[0])[0]


def _row(each: Mapping[str, Any]) -> dict[str, str]:
    return {
        "Day": day(each["day"]),
        "Interruptions": str(each["pulls"]) if each["pulls"] else "no entry",
        "Minutes": f"{each['minutes']:.0f} min",
        "Estimated": f"{each['estimated_minutes']:.0f} min",
    }


def gaps(days: Sequence[Mapping[str, Any]]) -> int:
    """Working days without an entry."""
    return sum(bool(each["working"]) and not each["pulls"] for each in days)
