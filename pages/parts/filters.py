"""The filters above every page, kept in the address: which days, which locations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from pages.parts import data
from pages.parts.country import here
from pages.parts.format import label, span
from pages.parts.period import BETWEEN, DEFAULT, PRESETS, Period, before_in_words, finished_until, period
from pages.parts.view import Facts, View

ALL = "All locations"


def draw(view: View) -> View:
    """Draw the filters where there is something to filter; the view with the days and locations that are chosen."""
    if view.facts is None:
        return view
    names = _names(view)
    st.segmented_control(
        "Period", PRESETS, default=DEFAULT, required=True, key="period", bind="query-params", wrap=True,
        label_visibility="collapsed",
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="filters"):
        these = _period(view.facts)
        written = {label(name): name for name in names}  # as the address has them: what the buttons say
        asked = st.query_params.get_all("at")
        unknown = [name for name in asked if name not in names and name not in written]
        if len(names) > 1:
            if "at" not in st.session_state and any(name in names and name not in written for name in asked):
                st.session_state["at"] = [name for name in names if name in asked or label(name) in asked]
            st.pills(
                "Locations", names, selection_mode="multi", key="at", bind="query-params",
                format_func=label, label_visibility="collapsed", wrap=True,
            )  # fmt: skip
            if st.session_state.get("at"):
                st.button(ALL, key="all_locations", type="tertiary", icon=":material/close:", on_click=_all_locations)
        with st.container(key="period_in_words", width="content"):
            st.caption(in_words(these))
        if unknown:
            st.caption("The address names a location that is not here: it is left out.", width="content")
    chosen = tuple(name for name in st.session_state.get("at") or () if name in names)
    return replace(view, period=these, locations=chosen or None, all_locations=tuple(names))


def unfiltered(view: View) -> View:
    """The view of a page that is about all days and all locations, which it knows."""
    return replace(view, all_locations=tuple(_names(view))) if view.facts else view


def _names(view: View) -> list[str]:
    return [str(name) for name in data.ask(view.db, ("location_names", {}))[0]["location"]]


def whole(facts: Facts) -> str:
    """`1 Nov 2024 – 20 Nov 2026`: all days that are covered, up to today."""
    if facts.covered_from is None or facts.covered_to is None:
        raise LookupError("no days while nothing is loaded")
    return span(facts.covered_from, min(facts.covered_to, facts.today))


def in_words(these: Period) -> str:
    """`26 Oct – 22 Nov 2026, against the 4 weeks before`."""
    before = before_in_words(these)
    return span(these.from_day, these.to_day) + (f", against {before}" if before else ", nothing before to compare with")


def _period(facts: Facts) -> Period:
    first, last = facts.covered_from, facts.covered_to
    if first is None or last is None:
        raise LookupError("no days while nothing is loaded")
    preset = st.session_state.get("period") or DEFAULT
    between = None
    if preset == BETWEEN:
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
    return period(preset, today=facts.today, covered_from=first, covered_to=last, week_starts=facts.week_starts, between=between)


def _is_day(text: str, earliest: date, latest: date) -> bool:
    try:
        return earliest <= date.fromisoformat(text) <= latest
    except ValueError:
        return False


def _all_locations() -> None:
    st.session_state["at"] = []
