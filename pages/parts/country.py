"""How this run writes numbers, days and the clock: as the practice's country does.

The shell says once a run whose country it is. Every session has a thread of its own, so it is kept for the thread alone.
"""

from __future__ import annotations

from contextvars import ContextVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from etl.country import WORLD as WORLD
from etl.country import Writing, country_of, writing_of
from pages.parts.view import Facts

_STATE = "_writing"
_here: ContextVar[Writing | None] = ContextVar("writing", default=None)


def here() -> Writing:
    """How this run writes. A callback comes before the shell has said so: it writes as the page it was clicked on."""
    return _here.get() or (st.session_state.get(_STATE, WORLD) if get_script_run_ctx(suppress_warning=True) else WORLD)


def write_as(writing: Writing) -> None:
    """From now on, in this run and in the callbacks of the next."""
    _here.set(writing)
    if get_script_run_ctx(suppress_warning=True):
        st.session_state[_STATE] = writing


def of(facts: Facts) -> Writing:
    """Of the practice's country, which it says itself or its time zone tells."""
    return writing_of(facts.country or country_of(facts.time_zone))
