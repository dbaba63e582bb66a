"""Pages that have nothing to show: one sentence that says so, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Never

import streamlit as st

from pages.parts import sample
from pages.parts.format import in_words, label, span
from pages.parts.period import ALL
from pages.parts.view import View


def nothing_loaded(title: str, about: str, below: Callable[[], None] = lambda: None) -> Never:
    """A page while nothing is loaded: `about` is what it will show, `below` draws what stays all the same. Ends the page."""
    st.title(title, anchor=False)
    st.markdown(about)
    ways("nothing")
    below()
    st.stop()


def ways(key: str) -> None:
    """Load a calendar, or look around first."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="ways"):
        st.page_link("pages/start.py", label="Load a calendar", icon=":material/upload_file:", query_params={})
        st.button(
            "Look around with the sample practice", icon=":material/science:", key=f"sample_{key}", type="tertiary",
            on_click=sample.enter,
        )  # fmt: skip


def need_hours(view: View, hours: Iterable[float | None]) -> None:
    """A page of nothing but these hours ends here where all of them are none."""
    if not any(hours):
        st.title("No hours in these days.", anchor=False)
        no_hours(view)


def no_hours(view: View) -> Never:
    """A page for days in which nothing is counted. Ends the page."""
    where = f" at {in_words([label(name) for name in view.locations])}" if view.locations else ""
    st.markdown(f"Not one hour is counted{where} in these days: {span(view.days.from_day, view.days.to_day)}.")
    show_all()
    st.stop()


def show_all() -> None:
    """The way to what is there."""
    st.button("Show all days and locations", icon=":material/date_range:", key="show_all", on_click=_all)


def _all() -> None:
    st.session_state["period"] = ALL
    st.session_state["at"] = []
