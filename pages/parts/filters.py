"""The filters above every page, kept in the address: which days, held against which, and which locations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts import data
from pages.parts.country import here
from pages.parts.format import count, day, label, number, span
from pages.parts.period import (
    AGAINST,
    BEFORE,
    BETWEEN,
    DEFAULT,
    FURTHEST,
    PRESETS,
    YEAR_AGO,
    Period,
    before_in_words,
    finished_until,
    moved,
    period,
)
from pages.parts.period import ALL as EVERYTHING
from pages.parts.view import Facts, View

ALL = "All locations"


def draw(view: View, places: bool = True) -> View:
    """Draw the filters where there is something to filter; the view with the days and locations that are chosen.

    `places`: whether locations can be chosen, too.
    """
    if view.facts is None:
        return view
    names = _names(view)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="periods"):
        preset = st.segmented_control(
            "Period", PRESETS, default=DEFAULT, required=True, key="period", bind="query-params", wrap=True,
            label_visibility="collapsed", on_change=_now, width="content",
        )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="filters"):
        arrows = st.container(horizontal=True, gap=None, key="arrows", width="content")
        between = _between(view.facts) if preset == BETWEEN else None
        in_short = st.container(key="period_in_words", width="content")
        against = BEFORE
        if preset != EVERYTHING:
            against = st.segmented_control(
                "Compare with", AGAINST, default=BEFORE, required=True, key="against", bind="query-params",
                label_visibility="collapsed", width="content",
            )  # fmt: skip
        with arrows:  # the address keeps how far back: in a field that nobody sees, so that it is found as the other filters are
            ago = st.number_input("Periods back", 0, FURTHEST, key="ago", bind="query-params", label_visibility="collapsed")
        these = averaged(view, _period(view.facts, preset, between, ago, against))
        _arrows(arrows, these)
        in_short.caption(in_words(these))
        written = {label(name): name for name in names}  # as the address has them: what the buttons say
        asked = st.query_params.get_all("at")
        unknown = [name for name in asked if name not in names and name not in written]
        if places and len(names) > 1:
            if "at" not in st.session_state and any(name in names and name not in written for name in asked):
                st.query_params["at"] = [label(name) for name in names if name in asked or label(name) in asked]
                st.rerun()  # the buttons take what the address has when a run begins
            st.pills(
                "Locations", names, selection_mode="multi", key="at", bind="query-params",
                format_func=label, label_visibility="collapsed", wrap=True,
            )  # fmt: skip
            if st.session_state.get("at"):
                st.button(ALL, key="all_locations", type="tertiary", icon=":material/close:", on_click=_all_locations)
        if ended := calendars_end(view.facts, these):
            st.caption(ended, width="content")
        if places and unknown:
            st.caption("The address names a location that is not here: it is left out.", width="content")
    chosen = tuple(name for name in st.session_state.get("at") or () if places and name in names)
    return replace(view, period=these, locations=chosen or None, all_locations=tuple(names))


def unfiltered(view: View) -> View:
    """The view of a page that is about all days and all locations, which it knows."""
    return replace(view, all_locations=tuple(_names(view))) if view.facts else view


def _names(view: View) -> list[str]:
    return [str(name) for name in data.ask(view.db, ("location_names", {}))[0]["location"]]


def whole(facts: Facts) -> str:
    """`1 Nov 2024 – 20 Nov 2026`: all days that are covered, up to today."""
    first, last = _covered(facts)
    return span(first, min(last, facts.today))


def in_words(these: Period) -> str:
    """`26 Oct – 22 Nov 2026, against the 4 weeks before`, and what days off make of its weeks."""
    before = before_in_words(these)
    nothing = f"nothing {'a year ' * (these.against == YEAR_AGO)}before to compare with"
    return _less_days_off(f"{span(these.from_day, these.to_day)}, " + (f"against {before}" if before else nothing), these)


def days_in_words(these: Period) -> str:
    """`26 Oct – 22 Nov 2026`, for what compares nothing."""
    return _less_days_off(span(these.from_day, these.to_day), these)


def _less_days_off(said: str, these: Period) -> str:
    if not these.days_off:
        return said
    off = count(these.days_off, "day") + " off"
    return f"{said}; an average of {number(these.weeks)} weeks: {off}" if these.weeks > 1 else f"{said}; {off}"


def calendars_end(facts: Facts, these: Period) -> str:
    """That the last week of these days or more is of the log alone; empty where it is not, or where there is no calendar."""
    last = facts.calendar_last_day
    if last is None or these.to_day - last < timedelta(days=7):
        return ""
    return f"Your calendars end on {day(last)}: what is newer is of the log alone. Load a newer export on Data."


def averaged(view: View, these: Period) -> Period:
    """The period with what its days off make of it."""
    (weeks,) = data.ask(view.db, ("weeks", {"from_day": these.from_day, "to_day": these.to_day}))
    row = weeks.iloc[0]
    return replace(these, weeks=float(row["weeks"]), days_off=int(row["days_off"]), share=float(row["share"]))


def _arrows(place: DeltaGenerator, these: Period) -> None:
    for name, steps, there in (("Earlier", -1, these.earlier), ("Later", 1, these.later)):
        side = "Left" if steps < 0 else "Right"
        place.button(
            name, key=f"step_{name.lower()}", icon=f":material/chevron_{side.lower()}:", type="tertiary", disabled=not there,
            shortcut=f"Alt+Shift+{side}", on_click=_step, args=(these, steps),
            help=f"The days {'before' if steps < 0 else 'after'} these. Keys: Alt, Shift and {'←' if steps < 0 else '→'}.",
        )  # fmt: skip


def _step(these: Period, steps: int) -> None:
    """In a callback: to the days before or after, as the arrows were drawn for."""
    if these.preset == BETWEEN:
        st.session_state["from"], st.session_state["to"] = moved(these, steps)
    else:
        st.session_state["ago"] = these.ago - steps


def _now() -> None:
    st.session_state["ago"] = 0


def _period(facts: Facts, preset: str, between: tuple[date, date] | None, ago: int, against: str) -> Period:
    first, last = _covered(facts)
    return period(
        preset, today=facts.today, covered_from=first, covered_to=last, week_starts=facts.week_starts, between=between,
        ago=ago, against=against,
    )  # fmt: skip


def _covered(facts: Facts) -> tuple[date, date]:
    if facts.covered_from is None or facts.covered_to is None:
        raise LookupError("no days while nothing is loaded")
    return facts.covered_from, facts.covered_to


def _between(facts: Facts) -> tuple[date, date]:
    """The two days, asked for; what the address says of them holds where it can."""
    first, last = _covered(facts)
    end = max(finished_until(facts.today, last, facts.week_starts), first)
    earliest, latest = min(first, facts.today), facts.today
    start = max(end - timedelta(days=27), earliest)
    outside = False
    for name, value in (("from", start), ("to", min(end, latest))):
        asked = st.query_params.get(name)
        unknown = asked is not None and not _is_day(asked, earliest, latest)
        outside = outside or unknown
        if unknown or (name not in st.session_state and asked is None):
            st.session_state[name] = value  # the fields show the days,
            st.query_params[name] = value.isoformat()  # and the address has them from the start
    days = [
        st.date_input(
            name.capitalize(), None, min_value=earliest, max_value=latest, key=name, bind="query-params",
            format=here().field, width=175,
        )
        for name in ("from", "to")
    ]  # fmt: skip
    between = (days[0] or start, days[1] or end)
    if between[0] > between[1]:
        st.caption("The first day is after the last: they are taken the other way round.", width="content")
    if outside:
        st.caption(f"The address names a day that is not within {span(earliest, latest)}: another is shown.", width="content")
    return between


def _is_day(text: str, earliest: date, latest: date) -> bool:
    try:
        return earliest <= date.fromisoformat(text) <= latest
    except ValueError:
        return False


def _all_locations() -> None:
    st.session_state["at"] = []
