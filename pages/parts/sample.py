"""The sample practice: its own file, its own address (`?sample=1`), a banner on every page, and the way out."""

from __future__ import annotations

import threading
from datetime import date, datetime
from pathlib import Path

import streamlit as st

from pages.parts import steps_back
from pages.parts.format import label
from pages.parts.picture import WAY

_KEY = "_sample"
_building = threading.Lock()


def wanted() -> bool:
    """True when the address or this session asks for the sample; keeps the address saying so."""
    asked = st.query_params.get("sample") == "1"
    if asked or steps_back.stepped():
        st.session_state[_KEY] = asked
    elif st.session_state.get(_KEY):
        st.query_params["sample"] = "1"
    return bool(st.session_state.get(_KEY))


def choose(sampled: bool) -> None:
    """In a callback: show the sample from here on, or the owner's own practice."""
    st.session_state[_KEY] = sampled
    if not sampled:
        st.query_params.pop("sample", None)


def enter() -> None:
    """In a callback: show the sample from here on."""
    choose(True)
    st.session_state[WAY] = ("pages/overview.py", {})


def leave() -> None:
    """In a callback: back to the owner's own practice."""
    choose(False)
    st.session_state["_visited"] = False
    st.session_state[WAY] = ("pages/start.py", {})


def banner() -> None:
    """Says on every page that this is the sample practice."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="sample_banner"):
        st.markdown(
            ":material/science: **Sample practice.** Invented people, places and hours; nothing of it mixes with yours.",
            width="stretch",
        )
        st.button("Leave the sample", key="leave_sample", icon=":material/logout:", on_click=leave)


def build_if_due(db: Path) -> None:
    """Make the sample where there is none, or where it was made before today: it always ends on the day it is seen."""
    today = datetime.now().astimezone().date()
    if _made_on(db) == today:
        return
    from etl.sample import load_sample  # all that reads files: not before the first page is there

    with _building:
        if _made_on(db) == today:  # another window was faster
            return
        with st.status("Making the sample practice …", expanded=True) as status:
            bar = st.progress(0.0)

            def tell(what: str, part: float) -> None:
                bar.progress(min(max(part, 0.0), 1.0), text=label(what))

            load_sample(db, today, say=tell)
            status.update(label="The sample practice is ready", state="complete", expanded=False)
    st.rerun()


def _made_on(db: Path) -> date | None:
    try:
        return datetime.fromtimestamp(db.stat().st_mtime).astimezone().date()
    except OSError:
        return None
