"""Where the owner is: when they ask, on which weekday, and on the way between two locations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from pandas import DataFrame, Series

from etl.model import PRACTICE_WIDE as WIDE
from pages.parts import behind, charts_pairs, charts_places, filters, frames, locations_words, trust
from pages.parts.behind import Behind
from pages.parts.charts_places import WEEKDAYS
from pages.parts.format import brief, clock, count, day, exact, hours, label, tight
from pages.parts.period import Period
from pages.parts.picture import numbers, picture
from pages.parts.view import View

PAGE = "locations"
MOST = 10
"""Pairs of locations that are drawn."""
Rows = Sequence[Mapping[str, Any]]


def asked(view: View, pulls: DataFrame, summary: Series) -> None:
    """Which location asked while the owner was where, of the marts pulls_by_location and pulls_summary."""
    st.subheader("Where were you when they asked?", anchor=False)
    if pulls.empty:
        st.markdown(
            "No interruptions in these days. A log of them, or a line now and then on Log, shows who asks while you are where."
        )
        return
    about, was = frames.names(pulls, "about_location", "about_order"), frames.names(pulls, "was", "was_order")
    cells = {
        (str(row["about_location"]), str(row["was"])): (float(row["pulls"]), float(row["hours"])) for row in frames.records(pulls)
    }
    said = locations_words.asked_while(summary)
    st.markdown(tight(said))
    st.caption("Columns: which location it was about. Rows: what it took you from. Hours in these days.")
    behind.opening(
        charts_pairs.heat(about, was, cells, view.ink), "heat", said,
        view, PAGE, lambda of: Behind(locations=(about[of[0]],), pulls=True, was=(was[of[1]],)),
    )  # fmt: skip
    trust.line(view)
    numbers(
        lambda: locations_words.pull_rows(pulls),
        "pulls",
        note=f"{count(summary['pulls'], 'interruption')}, {filters.days_in_words(view.days)}. "
        "One that ran across two events is counted where it began; its time is where it fell.",
        below=lambda: behind.link("pulls", view, PAGE, Behind(pulls=True)),
    )


def presence(view: View, rows: Rows, order: Sequence[str]) -> None:
    """Hours at each location by weekday; `rows` are those of the mart presence, `order` is that of the page."""
    st.subheader("Where are you on which weekday?", anchor=False)
    st.markdown(tight(most_at(rows)))
    sunday = view.facts is not None and view.facts.week_starts == "sunday"
    worked = {row["weekday"] for row in rows if row["seconds"] or row["weekday"] < 5}  # a short period has not all of them
    weekdays = [weekday for weekday in ([6, 0, 1, 2, 3, 4, 5] if sunday else range(7)) if weekday in worked]
    cells = {(str(row["location"]), row["weekday"]): (row["hours_a_day"], row["days"], row["all_days"]) for row in rows}
    together = {str(row["location"]): row["location_hours"] for row in rows}
    shown = [(name, hours(together.get(name, 0.0))) for name in order]
    behind.opening(
        charts_places.presence(shown, weekdays, cells, view.ink), "presence", most_at(rows, str),
        view, PAGE,
        lambda of: Behind(locations=(), there=(order[of[1]],), weekdays=(WEEKDAYS[weekdays[of[0]]][:3],)),
    )  # fmt: skip
    st.caption(
        "Beside a location, your hours there in these days; in its cells, those of an average day. During an interruption you "
        f"were at the location it took you from, whatever it was about. {WIDE} work is at no location."
    )
    numbers(
        lambda: presence_rows(rows, order, weekdays),
        "presence",
        note="Hours in these days, and on how many days you were there.",
        below=lambda: behind.link("presence", view, PAGE, Behind(locations=(), there=tuple(order))),
    )


def most_at(rows: Rows, named: Callable[[str], str] = label) -> str:
    """ "You are most at North on Mondays: 2.5 h on an average Monday, there on 11 of 13.\""""
    placed = [row for row in rows if row["location"] != WIDE and row["seconds"]]
    if not placed:
        return "None of these days says that you were at a location."
    most = max(placed, key=lambda row: float(row["hours_a_day"]))
    name = WEEKDAYS[most["weekday"]]
    return (
        f"You are most at {named(most['location'])} on {name}s: {brief(most['hours_a_day'])} on an average {name}, "
        f"there on {most['days']} of {most['all_days']}."
    )


def presence_rows(rows: Rows, order: Sequence[str], weekdays: Sequence[int]) -> list[dict[str, str]]:
    """A row a location, a column a weekday: hours in these days, and days there."""
    found = {(row["location"], row["weekday"]): row for row in rows}
    return [
        {"Location": label(name)}
        | {
            WEEKDAYS[weekday]: f"{exact(cell['hours'])} ({count(cell['days'], 'day')})" if cell["seconds"] else ""
            for weekday in weekdays
            for cell in [found[name, weekday]]
        }
        for name in order
    ]


def travel(view: View, sums: Rows, trips: DataFrame) -> None:
    """Time on the way, apart from all counted hours; `sums` are of the mart travel_sums, `trips` of travel."""
    st.subheader("How long are you on the way between them?", anchor=False)
    said = on_the_way(sums, view.days)
    st.markdown(tight(said))
    if not sums:
        return
    drawn = [(f"{row['one']} – {row['other']}", row["hours_a_week"], row["trips"]) for row in sums[:MOST]]
    picture(charts_places.ways(drawn, view.ink, each=view.days.each_week), "travel", said)
    st.caption(
        ("" if len(sums) <= MOST else f"The {MOST} ways with most time. ")
        + "Between the end at one location and the next beginning at another, on one day and at most 3 hours apart, without what "
        "is counted in between. It may hold a break, too. No other number has these hours in it."
    )
    numbers(
        [
            {
                "Between": f"{label(row['one'])} and {label(row['other'])}",
                "Time in these days": exact(row["hours"]),
                "Trips": str(row["trips"]),
                "Days": str(row["days"]),
            }
            for row in sums
        ],
        "travel",
    )
    numbers(lambda: [trip_row(trip) for trip in reversed(frames.records(trips))], "trips", title="When was that?")


def on_the_way(sums: Rows, these: Period) -> str:
    """How much time it is, and how often; that there is none where there is none."""
    if not sums:
        return "Your calendar has you at no two locations on one day, at most three hours apart, with time between."
    first = sums[0]
    return (
        f"About {brief(first['all_hours_a_week'])}{these.each_week}: {count(first['all_trips'], 'trip')} between two locations "
        "in these days. This time has no role."
    )


def trip_row(trip: Mapping[str, Any]) -> dict[str, str]:
    """One trip."""
    return {
        "Day": day(trip["day"]),
        "From": label(trip["from_place"]),
        "To": label(trip["to_place"]),
        "Left": clock(trip["left_at"]),
        "Came": clock(trip["came_at"]),
        "On the way": exact(trip["hours"]),
    }
