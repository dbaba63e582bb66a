"""What was left out: the way from a calendar's hours to the counted ones, as a picture, and the events behind each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from pandas import DataFrame

from pages.parts import charts_steps, data, frames, sentences
from pages.parts.country import here
from pages.parts.data import Question
from pages.parts.format import count, exact, span
from pages.parts.overview_words import RULE, step_frame
from pages.parts.picture import picture
from pages.parts.view import View

WHY = {
    "all-day": "A whole day says where you were, not how long you worked.",
    "cancelled": "Events that were called off.",
    "declined": "Invitations that you said no to.",
    "marked free": "Events that do not block time in your calendar.",
    "free": "Events that do not block time in your calendar.",
    "longer than 31 days": "Nobody is in one meeting for a month.",
    "no length": "They end when they begin.",
    "on two calendars": "The same event on two calendars is counted on one of them.",
    "on another calendar": "The same event is counted on another of your calendars.",
    "at the same time as another": f"The part of an event during which another one owns the minute. {RULE}",
}
"""Why a step leaves out what it does, by the step's words."""
_STEP, _PICTURE = "step", "waterfall"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which hours: the question for its steps, the one for what a step left out, and what to say under the picture."""

    steps: Question
    events: Question
    note: str


def draw(view: View) -> None:
    """The picture, its numbers, and the list behind one of its steps."""
    found = scopes(view)
    chosen = found[str(st.selectbox("Which hours?", list(found), key="which_hours", width=480))]
    steps = data.ask(view.db, chosen.steps)[0]
    rows = [row for row in frames.records(steps) if row["hours"] or row["occurrences"] or row["step_order"] == 1]
    bars = [(_words(row["step"]), float(row["hours"])) for row in rows]
    open_ = {_words(row["step"]): row for row in rows if _words(row["step"]).casefold() in WHY}
    if st.session_state.get(_STEP) not in open_:
        st.session_state[_STEP] = next(iter(open_), None)
    drawn = charts_steps.steps(bars, view.ink, clickable=list(open_), chosen=st.session_state[_STEP])
    picture(drawn, _PICTURE, sentences.counted_of(bars), on_select=lambda: _clicked(list(open_)))
    st.caption(chosen.note)
    with st.expander("The numbers", key="numbers_waterfall"):
        st.table(step_frame(steps), border="horizontal", hide_index=True)
    if not open_:
        st.caption("Nothing was left out.")
        return
    st.subheader("Which events are they?", anchor=False)
    name = st.selectbox("Left out as", list(open_), key=_STEP, help="Or click a step of the picture.", width=480)
    _events(view, chosen, open_[str(name)])


def scopes(view: View) -> dict[str, Scope]:
    """All calendars in all days first, then in the days chosen above, then each calendar on its own."""
    facts, these = view.facts, view.days
    if facts is None or facts.covered_from is None or facts.covered_to is None:
        raise LookupError("no days while nothing is loaded")
    note = "Hours, {}, of all calendars and for all locations: what is not counted has no location."
    periods = [("All days", facts.covered_from, facts.covered_to)]
    if (these.from_day, these.to_day) != periods[0][1:]:
        periods.append(("The days chosen above", these.from_day, these.to_day))
    found = {}
    for name, first, last in periods:
        days = {"from_day": first, "to_day": last}
        days_in_words = span(first, last)
        found[f"{name}: {days_in_words}"] = Scope(("waterfall", days), ("left_out", days), note.format(days_in_words))
    for row in frames.records(data.ask(view.db, ("sources_list", {}))[0]):
        if row["kind"] == "calendar":
            one = {"source_id": str(row["source_id"])}
            reach = span(row["covers_from"], row["covers_to"]) if row["covers_from"] and row["covers_to"] else "no days"
            said = f"Hours of this calendar alone, {reach}, with what is still to come."
            found[f"Calendar {row['name']}"] = Scope(("source_waterfall", one), ("source_left_out", one), said)
    return found


def _events(view: View, scope: Scope, step: dict[str, Any]) -> None:
    mart, parameters = scope.events
    listed = data.ask(view.db, (mart, {**parameters, "step": step["step"]}))[0]
    st.markdown(f"{count(len(listed), 'event')}, {exact(abs(float(step['hours'])))} in all. {WHY[step['step'].casefold()]}")
    column = st.column_config
    st.dataframe(
        shown(listed),
        hide_index=True,
        height=min(38 + 35 * max(len(listed), 1), 420),
        key="left_out",
        alt=f"The events left out as {step['step'].lower()}, the newest first",
        column_config={
            "Start": column.DatetimeColumn(format=here().column, width=150),
            "Left out": column.TextColumn(width=110),
            "Title": column.TextColumn(width="medium"),
        },
    )


def shown(listed: DataFrame) -> DataFrame:
    """The events of a step as a table. Titles are strangers' words: they stand in cells only."""
    newest_first = listed.sort_values("starts_at", ascending=False, kind="stable")
    rows = frames.records(newest_first)
    return DataFrame(
        {
            "Start": newest_first["starts_at"].astype("datetime64[us]"),
            "Left out": [exact(row["hours"]) for row in rows],
            "Title": [row["title"] or "(title not kept)" for row in rows],
            "Calendar": [str(row["calendar"]) for row in rows],
            "Reason": [str(row["reason"]) for row in rows],
        }
    )


def _clicked(names: Sequence[str]) -> None:
    """A click on a bar of the picture opens its step."""
    points = st.session_state[_PICTURE].selection.points
    name = points[0]["customdata"] if points else None
    if name in names:
        st.session_state[_STEP] = name


def _words(step: str) -> str:
    return step[:1].upper() + step[1:]
